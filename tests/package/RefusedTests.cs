using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Testing.Xunit;

namespace Contract;

/// <summary>Fails, and says why: nothing that cannot be looked at passes.</summary>
public sealed class RefusedTests
{
    [WireFact("captures/no-such-*.pcapng")]
    public void No_capture_is_there(WireCapture capture) => capture.Connections.ShouldAll("conn.reuse >= 0%");

    [WireFact("captures/broken.txt")]
    public void What_is_there_is_no_capture(WireCapture capture) => capture.Connections.ShouldAll("conn.reuse >= 0%");
}
