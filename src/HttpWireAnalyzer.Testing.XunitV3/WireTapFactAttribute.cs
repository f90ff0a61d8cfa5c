using System.Runtime.CompilerServices;
using Xunit;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>A fact that captures: skipped, with the reason and what mends it, where that cannot be done.</summary>
public sealed class WireTapFactAttribute : FactAttribute
{
    /// <param name="sourceFilePath">The compiler's, for runners that lead to the source.</param>
    /// <param name="sourceLineNumber">The compiler's as well.</param>
    public WireTapFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!WireTap.IsSupported)
        {
            Skip = WireTap.WhyNot;
        }
    }
}
