using Xunit;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>A fact that captures: skipped, with the reason and what mends it, where that cannot be done.</summary>
public sealed class WireTapFactAttribute : FactAttribute
{
    public WireTapFactAttribute()
    {
        if (!WireTap.IsSupported)
        {
            Skip = WireTap.WhyNot;
        }
    }
}
