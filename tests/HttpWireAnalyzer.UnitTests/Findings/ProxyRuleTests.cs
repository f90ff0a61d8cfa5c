using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The P rules: both sides of a proxy at 10.0.0.5 are in the capture.</summary>
public sealed class ProxyRuleTests
{
    private const string Proxy = "10.0.0.5";
    private const string Kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=100\r\n";

    [Fact]
    public void Keep_Alive_with_its_parameters_that_passes_a_proxy_has_crossed_it()
    {
        var finding = Through(fromOrigin: Kept, toClient: Kept).Finding("HWA-P001");
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal("Keep-Alive: timeout=5, max=100", finding.TextOf("field"));
    }

    [Theory]
    [InlineData(Kept, "Connection: keep-alive\r\nKeep-Alive: timeout=60\r\n")]
    [InlineData("Connection: keep-alive\r\n", "Connection: keep-alive\r\nServer: proxy\r\n")]
    [InlineData(Kept, "")]
    public void What_the_proxy_says_of_its_own_has_not(string fromOrigin, string toClient) =>
        Through(fromOrigin: fromOrigin, toClient: toClient).IsQuietOn("HWA-P001");

    [Theory]
    [InlineData("GET /a", true)]
    [InlineData("GET http://app/a", false)]
    public void A_bare_keep_alive_has_crossed_only_where_both_heads_were_passed_on_as_they_came(string toOrigin, bool expected)
    {
        // Two nginx, one as proxy and one as origin, answer with equal heads of their own.
        const string Bare = "Connection: keep-alive\r\n";
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET /a").Response(10, fields: Bare).Request(12, "GET /a").Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, toOrigin).Response(4, fields: Bare).Close(21);
        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-P001").Count);
    }

    /// <summary>RFC 9110 §3.7: an intermediary of HTTP does not have the same exchanges on one connection behind it.</summary>
    [Fact]
    public void What_forwards_TCP_passes_everything_on()
    {
        const string Announced = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET /a").Response(10, fields: Announced)
            .Request(11, "GET /b").Response(15, fields: Announced).Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, "GET /a").Response(4, fields: Announced)
            .Request(12, "GET /b").Response(13, fields: Announced).Close(21);
        scene.IsQuietOn("HWA-P001");
    }

    [Fact]
    public void An_upgrade_is_said_on_both_sides()
    {
        const string Upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET /a", fields: Upgrade).Response(10).Request(12, "GET /b").Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, "GET /a", fields: Upgrade).Response(4).Close(21);
        scene.IsQuietOn("HWA-P001");
    }

    [Fact]
    public void A_field_that_Connection_names_may_not_pass()
    {
        const string Named = "Connection: X-Secret\r\nX-Secret: 1\r\n";
        Assert.Equal("X-Secret: 1", Through(toProxy: Named, toOrigin: "X-Secret: 1\r\nVia: 1.1 proxy\r\n").Finding("HWA-P001").TextOf("field"));
        Through(toProxy: Named, toOrigin: "Via: 1.1 proxy\r\n").IsQuietOn("HWA-P001");
    }

    [Fact]
    public void Another_request_behind_the_proxy_is_not_taken_for_it()
    {
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET /a").Response(10, fields: Kept).Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, "GET /b").Response(4, fields: Kept).Close(21);
        scene.IsQuietOn("HWA-P001");
    }

    [Fact]
    public void What_a_tunnel_carries_is_between_others()
    {
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "CONNECT 10.0.0.9:80").Send(Side.Server, 2.5, TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\n")
            .Request(3, "GET /a", Kept).Response(10, fields: Kept).Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3.1, "GET /a", Kept).Response(9, fields: Kept).Close(21);
        scene.IsQuietOn("HWA-P001");
    }

    [Fact]
    public void A_second_request_that_the_proxy_never_forwards_hangs()
    {
        var finding = Hang(forwarded: false).Finding("HWA-P002");
        Assert.Equal((Confidence.Certain, 2), (finding.Confidence, finding.Subject.Exchange));
    }

    [Fact]
    public void One_that_it_forwards_is_slow_and_no_hang() => Hang(forwarded: true).IsQuietOn("HWA-P002");

    [Theory]
    [InlineData(6000, true)]
    [InlineData(3000, false)]
    public void From_one_side_it_is_a_guess_after_a_long_wait(double wait, bool expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "GET /a", "Connection: keep-alive\r\n").Response(2, fields: "Connection: keep-alive\r\n")
            .Request(3, "GET /b", "Connection: keep-alive\r\n").Ack(Side.Server, 3.1).Close(3 + wait);
        Assert.Equal(expected ? Confidence.Possible : null, scene.Findings("HWA-P002").SingleOrDefault()?.Confidence);
    }

    [Fact]
    public void Nobody_who_spoke_of_keep_alive_is_no_hang_either()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(3, "GET /b").Ack(Side.Server, 3.1).Close(9003);
        scene.IsQuietOn("HWA-P002");
    }

    [Fact]
    public void Proxy_Connection_is_noted_and_behind_a_proxy_that_is_answered_an_error()
    {
        const string Field = "Proxy-Connection: keep-alive\r\n";
        Assert.Equal(Severity.Note, Through(toProxy: Field, toOrigin: "").Finding("HWA-P003").Severity);
        Assert.Contains(
            Through(toProxy: Field, toOrigin: Field, fromOrigin: "Connection: keep-alive\r\n").Findings("HWA-P003"),
            finding => finding.Severity == Severity.Error);
        Through(toProxy: "Connection: keep-alive\r\n").IsQuietOn("HWA-P003");
    }

    [Theory]
    [InlineData(20, false, true)]
    [InlineData(60, true, false)]
    [InlineData(19, false, false)]
    public void A_proxy_that_opens_a_connection_for_each_request_is_flagged(int requests, bool reuses, bool expected)
    {
        var scene = new Scene();
        var front = scene.Talk(server: Proxy + ":80").Handshake(0);
        var back = reuses ? scene.Talk(Proxy, "10.0.0.9:80").Handshake(0.5) : null;
        for (var i = 0; i < requests; i++)
        {
            var at = 10 + (i * 10.0);
            front.Request(at, $"GET /{i}");
            (back ?? scene.Talk(Proxy, "10.0.0.9:80").Handshake(at + 0.1)).Request(at + 0.5, $"GET /{i}").Response(at + 1);
            front.Response(at + 2);
        }

        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-P005").Count);
    }

    [Theory]
    [InlineData("GET http://app/", "1.0", true)]
    [InlineData("GET /", "1.0", false)]
    [InlineData("GET http://app/", "1.1", false)]
    public void Keep_alive_for_an_HTTP_1_0_client_of_a_proxy_is_flagged(string line, string version, bool expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, line, "Connection: keep-alive\r\n", version: version)
            .Response(2, fields: "Connection: keep-alive\r\n").Close(10);
        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-P006").Count);
    }

    [Theory]
    [InlineData(12, 12, true)]
    [InlineData(12, 6, false)]
    [InlineData(5, 5, false)]
    public void Upgrade_on_every_request_is_a_setting_for_another_purpose(int requests, int upgrading, bool expected)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var i = 0; i < requests; i++)
        {
            talk.Request(1 + (i * 10), fields: i < upgrading ? "Connection: upgrade\r\n" : "").Response(2 + (i * 10));
        }

        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-P007").Count);
    }

    [Theory]
    [InlineData(true, Severity.Note)]
    [InlineData(false, Severity.Warning)]
    public void Where_connections_are_reused_all_the_same_it_is_a_note(bool reuses, Severity expected)
    {
        var scene = new Scene();
        var kept = scene.Talk().Handshake(0);
        for (var i = 0; i < 12; i++)
        {
            var talk = reuses || i == 0 ? kept : scene.Talk().Handshake(i * 10);
            talk.Request(1 + (i * 10), fields: "Connection: upgrade\r\n").Response(2 + (i * 10));
        }

        Assert.Equal(expected, scene.Finding("HWA-P007").Severity);
    }

    private static Scene Through(string toProxy = "", string toOrigin = "", string fromOrigin = "", string toClient = "")
    {
        var scene = new Scene();
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET http://app/a", toProxy).Response(10, fields: toClient).Close(20);
        scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, "GET /a", toOrigin).Response(4, fields: fromOrigin).Close(21);
        return scene;
    }

    private static Scene Hang(bool forwarded)
    {
        const string Field = "Connection: keep-alive\r\n";
        var scene = new Scene();
        var back = scene.Talk(Proxy, "10.0.0.9:80").Handshake(2).Request(3, "GET /a", Field).Response(4, fields: Field);
        scene.Talk(server: Proxy + ":80").Handshake(0).Request(1, "GET http://app/a", Field).Response(10, fields: Field)
            .Request(20, "GET http://app/b", Field).Ack(Side.Server, 20.1).Close(4020);
        if (forwarded)
        {
            back.Request(21, "GET /b", Field).Response(4050);
        }

        back.Close(5000, Side.Server);
        return scene;
    }
}
