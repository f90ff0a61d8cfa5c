using System.Reflection;
using HttpWireAnalyzer.Capture;
using Xunit.Sdk;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>Runs a theory once for each capture that fits: its parameter is the <see cref="WireCapture"/>.</summary>
/// <remarks>A pattern that no file fits is an error, not a theory that passes for nothing.</remarks>
/// <param name="patterns">* and ? within a name, ** over folders; relative to the folder of the test's assembly.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class WireCapturesAttribute(params string[] patterns) : DataAttribute
{
    public IReadOnlyList<string> Patterns { get; } = patterns;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Patterns
        .SelectMany(pattern => CaptureGlob.Find(AppContext.BaseDirectory, pattern) is { Count: > 0 } files
            ? files
            : throw new FileNotFoundException($"no capture fits {pattern} in {AppContext.BaseDirectory}"))
        .Distinct(StringComparer.Ordinal)
        .Select(path => new object[] { WireCapture.Open(path) });
}
