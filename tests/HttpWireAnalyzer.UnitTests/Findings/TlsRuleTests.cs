using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-V004: one end speaks TLS, the other clear text.</summary>
public sealed class TlsRuleTests
{
    private const string Hello = "\u0016\u0003\u0001\0\u0005\u0001\0\0\u0001\0";
    private const string Alert = "\u0015\u0003\u0003\0\u0002\u0002\u0046";
    private const string Close = "Connection: close\r\n";

    [Fact]
    public void A_client_that_begins_with_TLS_and_is_answered_in_clear_text()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Hello).Response(2, 400, Close).Close(3, Side.Server);
        scene.Talk().Handshake(10).Send(Side.Client, 11, TcpFlags.Ack, Hello).Response(12, 400, Close).Close(13, Side.Server);
        var finding = scene.Finding("HWA-V004");
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((2L, 400L), (finding.ValueOf("count"), finding.ValueOf("status")));
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void A_request_in_clear_text_that_is_answered_with_a_TLS_alert()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Alert).Close(3, Side.Server);
        Assert.Equal(1, scene.Finding("HWA-V004").ValueOf("count"));
        scene.IsQuietOn("HWA-H010");
    }

    [Fact]
    public void TLS_on_both_sides_and_a_connection_that_a_request_leads_into_TLS_are_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Hello).Send(Side.Server, 2, TcpFlags.Ack, Hello).Close(3);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Hello).Send(Side.Server, 2, TcpFlags.Ack, Alert).Close(3);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n")
            .Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\n")
            .Send(Side.Client, 3, TcpFlags.Ack, Hello).Send(Side.Server, 4, TcpFlags.Ack, Hello).Close(5);
        scene.Talk().Handshake(0).Request(1).Response(2).Close(3);
        scene.IsQuietOn("HWA-V004");
    }
}
