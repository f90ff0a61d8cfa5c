using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Testing;
using Xunit;

namespace Examples;

public sealed class GracefulShutdown
{
    [Fact]
    public void The_server_announces_its_close_and_does_not_reset() => WireCapture.Open("captures/shutdown.pcapng")
        .Connections
        .Where("http.response")
        .ShouldFollow(
            WireStep.Response("http.response.header.connection == close"),
            WireStep.Fin(Side.Server).Within(TimeSpan.FromMilliseconds(200)),
            WireStep.No(WireStep.Rst()));
}
