using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The R rules: reuse, cold connections, parallel and idle ones.</summary>
public sealed class PoolRuleTests
{
    [Fact]
    public void A_client_that_opens_a_connection_for_each_request_is_told_why()
    {
        var scene = OneRequestEach(30, "Connection: close\r\n", Side.Server);
        var finding = scene.Finding("HWA-R001");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Equal((long)WhyClosed.CloseInResponse, finding.ValueOf("most_reason"));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(19, 0)]
    public void A_pool_in_use_is_told_in_one_sentence(int requests, int expected) =>
        Assert.Equal(expected, OneRequestEach(requests, "", Side.Client).Findings("HWA-R003").Count);

    [Fact]
    public void Shares_are_rounded_as_the_summary_rounds_them_and_ends_are_counted()
    {
        var scene = OneRequestEach(16, "", Side.Client);
        scene.Talk().Handshake(300).Exchange(301).Exchange(311).Exchange(321).Exchange(331).Exchange(341).Exchange(351).Exchange(361)
            .Exchange(371).Close(400, Side.Server);
        var finding = scene.Finding("HWA-R001");
        Assert.Equal(292, finding.ValueOf("reuse"));
        Assert.Contains(
            "29.2 % of 24 requests reused a connection; opened were 17 connections, 16 of them closed by the client, unannounced.",
            PhraseText.Of(finding.Says, finding.Measured, Language.English));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    public void A_pool_that_keeps_few_connections_idle_is_told_to_keep_more(int atOnce, int advice)
    {
        var scene = new Scene();
        var kept = scene.Talk().Handshake(0);
        for (var round = 0; round < 12; round++)
        {
            var at = 100.0 * (round + 1);
            kept.Exchange(at, takes: 20);
            for (var i = 1; i < atOnce; i++)
            {
                scene.Talk().Handshake(at + i).Exchange(at + i + 1, takes: 20).Close(at + i + 21.5);
            }
        }

        Assert.Equal(advice, scene.Finding("HWA-R001").Advice.Count);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void A_timeout_of_which_nothing_is_left_is_the_likely_cause_and_no_advice_contradicts_it(int announced, bool isCause)
    {
        var scene = OneRequestEach(30, $"Keep-Alive: timeout={announced}\r\n", Side.Client);
        var finding = scene.Finding("HWA-R001");
        Assert.Equal(isCause, Text(finding.Advice[0], finding).Contains($"Keep-Alive: timeout, {announced}.000 s", StringComparison.Ordinal));
        var cost = scene.Finding("HWA-R002");
        Assert.Equal(isCause, Text(cost.Advice[0], cost).Contains("The likely cause", StringComparison.Ordinal));
        Assert.InRange(cost.ValueOf("idle_limit"), 1, (announced * 1_000_000_000L) - 1);

        static string Text(Phrase phrase, Finding finding) => PhraseText.Of(phrase, finding.Measured, Language.English);
    }

    [Fact]
    public void Few_requests_are_not_flagged() => OneRequestEach(19, "", Side.Client).IsQuietOn("HWA-R001");

    [Fact]
    public void Reuse_is_not_flagged()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var i = 0; i < 40; i++)
        {
            talk.Exchange(10 + (i * 10));
        }

        talk.Close(1000);
        scene.IsQuietOn("HWA-R001");
        scene.IsQuietOn("HWA-R002");
    }

    /// <summary>The sum of the study notes: four pictures of 2 s, two at a time, 1 s to open a port.</summary>
    [Fact]
    public void Four_pictures_take_six_seconds_without_reuse_and_five_with()
    {
        var scene = new Scene();
        foreach (var begin in (double[])[0, 0, 3000, 3000])
        {
            scene.Talk().Handshake(begin, front: 999.9, back: 0.1).Request(begin + 1000).Response(begin + 3000, fields: "Connection: close\r\n")
                .Close(begin + 3000.001, Side.Server);
        }

        var finding = scene.Finding("HWA-R002");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Equal(2, finding.ValueOf("opened"));
        Assert.Equal(6_000_000_000, finding.ValueOf("end_before"));
        Assert.Equal(5_000_000_000, finding.ValueOf("end_after"));
        Assert.Equal(2_000_000_000, finding.ValueOf("saved"));
    }

    [Fact]
    public void Of_many_requests_the_first_are_replayed_and_set_against_their_own_connections()
    {
        const int Replayed = 16_384;
        var scene = new Scene();
        for (var i = 0; i < Replayed + 10; i++)
        {
            scene.Talk(port: 1024 + i).Handshake(i * 2, front: 1).Exchange((i * 2) + 1).Close((i * 2) + 1.5);
        }

        var finding = scene.Finding("HWA-R002");
        Assert.Equal((Replayed, Replayed), (finding.ValueOf("requests"), finding.ValueOf("connections")));
    }

    [Fact]
    public void Connections_that_are_authenticated_are_not_replayed()
    {
        var scene = new Scene();
        for (var i = 0; i < 4; i++)
        {
            scene.Talk().Handshake(i * 1000, front: 100).Request((i * 1000) + 200)
                .Response((i * 1000) + 300, 401, "WWW-Authenticate: Negotiate\r\n").Close((i * 1000) + 301);
        }

        scene.IsQuietOn("HWA-R002");
    }

    [Theory]
    [InlineData(6, null)]
    [InlineData(7, Severity.Info)]
    [InlineData(9, Severity.Note)]
    public void Parallel_connections_are_told_by_their_number(int count, Severity? expected)
    {
        var scene = new Scene();
        for (var i = 0; i < count; i++)
        {
            scene.Talk().Handshake(i).Exchange(100 + i).Close(200 + i);
        }

        Assert.Equal(expected, scene.Findings("HWA-R004").SingleOrDefault()?.Severity);
    }

    [Fact]
    public void A_connection_that_is_opened_beside_idle_ones_is_flagged()
    {
        var scene = new Scene();
        for (var i = 0; i < 4; i++)
        {
            scene.Talk().Handshake(i * 100).Exchange((i * 100) + 1).Close(5000 + i);
        }

        var finding = scene.Finding("HWA-R005");
        Assert.Equal((3L, Severity.Warning), (finding.ValueOf("count"), finding.Severity));
    }

    [Fact]
    public void One_that_is_opened_in_a_burst_is_not()
    {
        var scene = new Scene();
        for (var i = 0; i < 4; i++)
        {
            scene.Talk().Handshake(i * 3).Exchange((i * 3) + 1).Close(5000 + i);
        }

        scene.IsQuietOn("HWA-R005");
    }

    [Fact]
    public void Nor_one_of_a_proxy_that_says_for_each_whose_it_is()
    {
        var scene = new Scene();
        for (var i = 0; i < 4; i++)
        {
            scene.Talk().Handshake(i * 100)
                .Send(Side.Client, (i * 100) + 1, TcpFlags.Ack, "PROXY TCP4 192.0.2.1 192.0.2.2 56324 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
                .Response((i * 100) + 2).Close(5000 + i);
        }

        scene.IsQuietOn("HWA-R005");
        scene.IsQuietOn("HWA-R002");
    }

    [Fact]
    public void Nor_beside_one_that_has_announced_its_close()
    {
        var scene = new Scene();
        for (var i = 0; i < 4; i++)
        {
            scene.Talk().Handshake(i * 100).Exchange((i * 100) + 1, answerFields: "Connection: close\r\n").Close((i * 100) + 90, Side.Server);
        }

        scene.IsQuietOn("HWA-R005");
    }

    [Fact]
    public void Idle_time_is_what_threads_would_have_waited()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(20_000);
        scene.Talk().Handshake(0).Exchange(1).Close(20_000);
        var finding = scene.Finding("HWA-R006");
        Assert.InRange(finding.ValueOf("idle"), 39_900_000_000, 40_000_000_000);
        Assert.InRange(finding.ValueOf("threads"), 19_900, 20_000);
    }

    [Fact]
    public void An_old_connection_beside_another_server_of_the_host_is_noted()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(700_000).Close(700_010);
        scene.Talk(server: "10.0.0.2:8080", client: "10.0.0.8").Handshake(5).Exchange(10).Close(20);
        Assert.Equal("10.0.0.2:8080", scene.Finding("HWA-R008").TextOf("other"));
    }

    [Fact]
    public void An_old_connection_alone_is_not()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(700_000).Close(700_010);
        scene.IsQuietOn("HWA-R008");
    }

    private static Scene OneRequestEach(int count, string fields, Side closer)
    {
        var scene = new Scene();
        for (var i = 0; i < count; i++)
        {
            scene.Talk().Handshake(i * 10).Exchange((i * 10) + 1, answerFields: fields).Close((i * 10) + 3, closer);
        }

        return scene;
    }

    /// <summary>An answer that waits to be believed, and the request behind it; then a request that waits so itself.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_connection_is_busy_for_as_long_as_its_exchanges_take_also_behind_damaged_segments(bool head, bool body)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        talk.Damages = head ? Side.Server : null;
        talk.Send(Side.Server, 1001, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        talk.Damages = body ? Side.Server : null;
        talk.Send(Side.Server, 2001, TcpFlags.Ack, "hello");
        talk.Damages = null;
        talk.Request(8000).Response(9000).Ack(Side.Client, 9001).Close(10_000);
        Assert.Equal(3000, Assert.Single(scene.Pools().Pools).Occupancy.Busy.Mean);
    }

    [Fact]
    public void A_request_that_is_believed_only_with_its_answer_made_the_connection_busy()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        talk.Damages = Side.Client;
        talk.Request(1);
        talk.Damages = null;
        talk.Response(2001).Ack(Side.Client, 2002).Close(10_000);
        Assert.Equal(2000, Assert.Single(scene.Pools().Pools).Occupancy.Busy.Mean);
    }
}
