using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Testing;

namespace HttpWireAnalyzer.TestingTests;

/// <summary>The captures of the repository, as a test has them.</summary>
internal static class Captures
{
    /// <param name="name">As "room/case".</param>
    public static WireCapture Open(string name) => WireCapture.Open(Repository.CaptureOf(name));
}
