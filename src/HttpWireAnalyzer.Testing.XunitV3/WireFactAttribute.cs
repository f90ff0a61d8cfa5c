using Xunit;
using Xunit.v3;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>A fact about captures: it runs once for each that fits, and is given the <see cref="WireCapture"/>.</summary>
/// <remarks>A pattern that no file fits is an error, not a fact that passes for nothing.</remarks>
/// <param name="patterns">* and ? within a name, ** over folders; relative to the folder of the test's assembly.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(WireFactDiscoverer))]
public sealed class WireFactAttribute(params string[] patterns) : FactAttribute
{
    public IReadOnlyList<string> Patterns { get; } = patterns;
}
