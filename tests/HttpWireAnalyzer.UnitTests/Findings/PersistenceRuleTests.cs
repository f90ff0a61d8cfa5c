using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-K003 to HWA-K013: timeouts that do not fit, promises that are not kept, closes that were not announced.</summary>
public sealed class PersistenceRuleTests
{
    [Fact]
    public void A_client_that_tries_as_late_as_the_server_closes_waits_for_a_race()
    {
        var scene = ClosedIdle(5000);
        scene.Talk().Handshake(0).Exchange(1).Exchange(4500).Close(4502);
        var finding = scene.Finding("HWA-K003");
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal((4_000_000_000L, 10_000_000_000L), (finding.ValueOf("client_limit"), finding.ValueOf("server_limit")));
    }

    [Fact]
    public void Requests_within_a_round_trip_of_the_timeout_are_the_share_to_expect()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0, front: 50, back: 50).Exchange(101, takes: 51).Close(5152, Side.Server);
        scene.Talk().Handshake(0, front: 50, back: 50).Exchange(101, takes: 51).Exchange(1152, takes: 51).Exchange(6123, takes: 51)
            .Exchange(6300, takes: 51).Exchange(10_800, takes: 51).Close(10_900);
        var finding = scene.Finding("HWA-K003");
        Assert.Equal((4L, 1L, 250L), (finding.ValueOf("tries"), finding.ValueOf("at_risk"), finding.ValueOf("expected")));
        Assert.Contains("{expected}", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_that_were_lost_to_it_make_it_an_error()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 5002).Ack(Side.Client, 5002.1).Request(5010).Rst(Side.Server, 5010.1);
        var finding = scene.Finding("HWA-K003");
        Assert.Equal((Severity.Error, 1L), (finding.Severity, finding.ValueOf("lost")));
    }

    [Fact]
    public void A_client_s_own_idle_limit_counts_where_it_is_known()
    {
        var scene = ClosedIdle(5000);
        scene.Talk().Handshake(0).Exchange(1).Close(4602);
        scene.Talk().Handshake(100).Exchange(101).Close(4702);
        Assert.Equal(4_600_000_000, scene.Finding("HWA-K003").ValueOf("held"));
    }

    [Fact]
    public void It_is_shown_by_the_close_that_came_after_as_long_and_no_surer_than_those_closes_are()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(1798);
        scene.Talk().Handshake(4000).Exchange(4001).Close(6974);
        scene.Talk().Handshake(8000).Exchange(8001).Close(10_980);
        foreach (var at in (double[])[20_000, 22_000, 24_000])
        {
            scene.Talk().Handshake(at).Exchange(at + 1).Close(at + 2977, Side.Server);
        }

        var finding = scene.Finding("HWA-K003");
        var close = finding.Frames.Single(frame => frame.Number == finding.ValueOf("request"));
        Assert.Equal((2_972_000_000L, 1_700_000_006_974_000_000L), (finding.ValueOf("held"), close.Time.Nanoseconds));
        Assert.Equal(Confidence.Likely, finding.Confidence);
    }

    [Fact]
    public void Requests_that_were_lost_count_in_whatever_order_the_rules_conclude()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Request(5002)
            .Fin(Side.Server, 5003).Fin(Side.Client, 5004).Ack(Side.Server, 5005);
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 5002).Ack(Side.Client, 5002.1).Request(5010).Rst(Side.Server, 5010.1);
        var backwards = RuleBook.Begin(RuleSettings.Usual).Reverse().ToList();
        var finding = Assert.Single(scene.Report(rules: backwards).Findings, finding => finding.Rule.Id == "HWA-K003");
        Assert.Equal(2, finding.ValueOf("lost"));
    }

    [Fact]
    public void A_round_trip_is_taken_of_handshakes_that_nothing_held_up()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "").Handshake(7000, front: 50, back: 50).Exchange(7101, takes: 51).Close(12_152, Side.Server);
        scene.Talk().Handshake(0, front: 50, back: 50).Exchange(101, takes: 51).Exchange(2000, takes: 51).Exchange(6900, takes: 51).Close(7000);
        Assert.Equal(0, scene.Finding("HWA-K003").ValueOf("at_risk"));
    }

    [Fact]
    public void A_server_that_is_killed_lets_nothing_be_said_of_its_timer()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1700.05).Ack(Side.Client, 1700.2).Request(3000).Rst(Side.Server, 3000.2);
        scene.Talk().Handshake(10).Request(11, "GET /never").Ack(Side.Server, 11.2).Fin(Side.Server, 1700).Fin(Side.Client, 1701).Ack(Side.Server, 1701.2);
        scene.IsQuietOn("HWA-K003");
        var advice = Assert.Single(scene.Finding("HWA-K002").Advice);
        Assert.Contains("No idle limit helps", advice.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_of_a_promise_that_it_broke()
    {
        var scene = ClosedIdle(1700, "Keep-Alive: timeout=5\r\n");
        scene.Talk().Handshake(10).Request(11, "GET /never").Ack(Side.Server, 11.2).Fin(Side.Server, 1702).Fin(Side.Client, 1703).Ack(Side.Server, 1703.2);
        scene.IsQuietOn("HWA-K004");
    }

    [Fact]
    public void Pools_beyond_the_limit_have_no_habits_and_their_connections_names()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        scene.Talk("10.0.0.8").Handshake(10).Exchange(11).Close(13, Side.Server);
        scene.Talk("10.0.0.9").Handshake(20).Exchange(21).Fin(Side.Server, 1000).Ack(Side.Client, 1040).Request(1060).Rst(Side.Server, 1060.2);
        var findings = scene.Report(limits: new FindingLimits { Pools = 1 }).Findings;
        Assert.Contains(findings, finding => finding.Rule.Id == "HWA-K002");
        Assert.DoesNotContain(findings, finding => finding.Rule.Id is "HWA-K007" or "HWA-K020");
        Assert.All(findings, finding => Assert.NotEqual(default(PoolName), finding.Subject.Pool ?? new PoolName(default, new(default, 1))));
        Assert.Equal("10.0.0.9 → 10.0.0.1:8080", findings.First(finding => finding.Rule.Id == "HWA-K002").Subject.Pool.ToString());
    }

    [Theory]
    [InlineData(3900)]
    [InlineData(2000)]
    public void A_client_that_tries_sooner_is_not_flagged(double idle)
    {
        var scene = ClosedIdle(5000);
        scene.Talk().Handshake(0).Exchange(1).Exchange(2 + idle).Close(4 + idle);
        scene.IsQuietOn("HWA-K003");
    }

    [Fact]
    public void Below_half_of_a_short_timeout_it_is_not_flagged()
    {
        var scene = ClosedIdle(900);
        scene.Talk().Handshake(0).Exchange(1).Exchange(400).Close(410);
        scene.IsQuietOn("HWA-K003");
    }

    [Fact]
    public void Without_an_idle_close_or_without_a_try_nothing_is_known()
    {
        ClosedIdle(5000).IsQuietOn("HWA-K003");
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(4500).Close(4502);
        scene.IsQuietOn("HWA-K003");
    }

    [Fact]
    public void A_close_before_the_announced_time_breaks_a_promise()
    {
        var scene = ClosedIdle(3900, "Keep-Alive: timeout=5\r\n");
        var finding = scene.Finding("HWA-K004");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((5_000_000_000L, 3_900_000_000L), (finding.ValueOf("announced"), finding.ValueOf("idle")));
        Assert.Equal(0, finding.Subject.Connection);
    }

    [Theory]
    [InlineData(4600)]
    [InlineData(6000)]
    public void One_at_that_time_or_later_does_not(double idle) => ClosedIdle(idle, "Keep-Alive: timeout=5\r\n").IsQuietOn("HWA-K004");

    [Fact]
    public void Nor_one_by_the_client_one_with_the_option_or_one_after_max()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Close(3000);
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n")
            .Exchange(10, answerFields: "Connection: close\r\n").Close(3000, Side.Server);
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5, max=1\r\n")
            .Exchange(10, answerFields: "Keep-Alive: timeout=5, max=0\r\n").Close(3000, Side.Server);
        scene.IsQuietOn("HWA-K004");
    }

    [Fact]
    public void A_restart_keeps_no_promise_and_is_not_flagged()
    {
        var scene = new Scene();
        foreach (var begin in (double[])[0, 1500, 3000])
        {
            scene.Talk().Handshake(begin).Exchange(begin + 1, answerFields: "Keep-Alive: timeout=60\r\n").Close(5000 + (begin / 100), Side.Server);
        }

        scene.IsQuietOn("HWA-K004");
    }

    [Theory]
    [InlineData(new[] { 10, 5, 20 }, Severity.Note)]
    [InlineData(new[] { 2, 2, 2 }, Severity.Note)]
    [InlineData(new[] { 100, 99, 98 }, null)]
    [InlineData(new[] { 3, 3, 3 }, null)]
    [InlineData(new[] { 100 }, null)]
    public void Max_that_jumps_or_is_exceeded_is_noted(int[] values, Severity? expected)
    {
        var scene = new Scene();
        Maxes(scene, values).Close(500);
        Assert.Equal(expected, scene.Findings("HWA-K005").SingleOrDefault()?.Severity);
    }

    [Theory]
    [InlineData(new[] { 100, 99, 98 }, 32, Severity.Warning)]
    [InlineData(new[] { 100, 99, 98 }, 4900, null)]
    [InlineData(new[] { 2, 1, 0 }, 32, null)]
    public void A_close_at_once_with_requests_left_breaks_the_contract(int[] values, double closes, Severity? expected)
    {
        var scene = new Scene();
        Maxes(scene, values).Close(closes, Side.Server);
        Assert.Equal(expected, scene.Findings("HWA-K005").SingleOrDefault()?.Severity);
    }

    [Fact]
    public void One_that_was_announced_does_not()
    {
        var scene = new Scene();
        Maxes(scene, [100, 99, 98]).Exchange(40, answerFields: "Connection: close\r\n").Close(42, Side.Server);
        scene.IsQuietOn("HWA-K005");
    }

    [Fact]
    public void An_answer_that_the_capture_lacks_is_no_jump()
    {
        var scene = new Scene();
        Maxes(scene, [100, 99]).Lose(Side.Client, 40).Lose(Side.Server, 70)
            .Exchange(50, answerFields: "Keep-Alive: timeout=5, max=97\r\n").Close(500);
        scene.IsQuietOn("HWA-K005");
    }

    [Fact]
    public void A_request_after_the_announced_time_is_a_note_where_it_is_answered()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Exchange(5500).Close(5502);
        var finding = scene.Finding("HWA-K006");
        Assert.Equal((Severity.Note, 5_000_000_000L, 4_000_000_000L), (finding.Severity, finding.ValueOf("announced"), finding.ValueOf("client_limit")));
    }

    [Fact]
    public void Lost_it_is_a_warning()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Fin(Side.Server, 5010).Request(5500).Rst(Side.Server, 5500.1);
        Assert.Equal(Severity.Warning, scene.Finding("HWA-K006").Severity);
    }

    [Fact]
    public void So_little_later_that_the_client_may_have_been_in_time_it_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0, front: 1, back: 180).Exchange(200, answerFields: "Keep-Alive: timeout=5\r\n").Exchange(5350).Close(5600);
        scene.IsQuietOn("HWA-K006");
    }

    [Fact]
    public void Within_the_announced_time_or_without_one_it_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Exchange(4900).Close(4902);
        scene.Talk().Handshake(0).Exchange(1).Exchange(9000).Close(9002);
        scene.IsQuietOn("HWA-K006");
    }

    [Fact]
    public void A_close_right_after_an_answer_that_did_not_say_so_is_flagged_once_for_the_pool()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3, Side.Server);
        scene.Talk().Handshake(10).Exchange(11).Close(13, Side.Server);
        var finding = scene.Finding("HWA-K007");
        Assert.Equal((Severity.Warning, 2L), (finding.Severity, finding.ValueOf("count")));
        Assert.Equal([5L, 7, 14, 16], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void Two_round_trips_count_as_at_once()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0, front: 150, back: 1).Exchange(200).Close(480, Side.Server);
        Assert.Single(scene.Findings("HWA-K007"));
    }

    [Fact]
    public void A_close_that_was_announced_or_came_from_the_client_or_later_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Connection: close\r\n").Close(3, Side.Server);
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        scene.Talk().Handshake(0).Exchange(1).Close(500, Side.Server);
        scene.Talk().Handshake(0).Request(1, version: "1.0").Response(2, version: "1.0").Close(3, Side.Server);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\nhello").Close(3, Side.Server);
        scene.IsQuietOn("HWA-K007");
    }

    [Fact]
    public void A_request_after_the_server_s_close_option_is_an_error()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Connection: close\r\n").Request(50).Rst(Side.Server, 50.2);
        var finding = scene.Finding("HWA-K008");
        Assert.Equal((Severity.Error, 2), (finding.Severity, finding.Subject.Exchange));
        Assert.Contains("not answered", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_after_the_client_s_own()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: close\r\n").Response(2).Ack(Side.Client, 2.1).Exchange(3).Close(5);
        Assert.Contains("client itself", scene.Finding("HWA-K008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_that_is_pipelined_behind_the_client_s_own()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: close\r\n").Request(1.5).Response(2, fields: "Connection: close\r\n")
            .Ack(Side.Client, 2.1).Close(3, Side.Server);
        var finding = scene.Finding("HWA-K008");
        Assert.Contains("client itself", finding.Says.English, StringComparison.Ordinal);
        Assert.Equal(2, finding.Subject.Exchange);
    }

    [Fact]
    public void A_request_that_was_on_its_way_is_not()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Request(50);
        var before = talk.Next(Side.Server);
        talk.Response(71, fields: "Connection: close\r\n")
            .Send(Side.Client, 80, TcpFlags.Ack | TcpFlags.Psh, "GET /2 HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before)
            .Fin(Side.Server, 81).Fin(Side.Client, 120).Ack(Side.Server, 121);
        scene.IsQuietOn("HWA-K008");
    }

    [Fact]
    public void A_request_before_the_answer_with_the_option_was_whole_is_not()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        const string answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n01234";
        var hole = talk.Send(Side.Server, 2, TcpFlags.Ack, answer).Next(Side.Server);
        talk.Lose(Side.Server, 5).Request(3).Response(4).Send(Side.Server, 5, TcpFlags.Ack, "56789", sequence: hole).Ack(Side.Client, 6).Close(7);
        scene.IsQuietOn("HWA-K008");
    }

    [Fact]
    public void A_limit_of_requests_shows_in_connections_that_end_alike()
    {
        var finding = Counted(Side.Server, 100, 100, 100, 100, 100, 7).Finding("HWA-K013");
        Assert.Equal((Severity.Warning, 100L, 5L), (finding.Severity, finding.ValueOf("requests"), finding.ValueOf("count")));
        Assert.Contains("Apache httpd", finding.TextOf("preset"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_pipelined_requests_those_that_were_answered_count()
    {
        var scene = new Scene();
        for (var i = 0; i < 5; i++)
        {
            var at = i * 100.0;
            var talk = scene.Talk().Handshake(at);
            for (var n = 1; n <= 8; n++)
            {
                talk.Exchange(at += 2);
            }

            talk.Request(at += 2).Request(at + 0.01).Request(at + 0.02).Response(at + 1, fields: "Connection: close\r\n").Close(at + 2, Side.Server);
        }

        Assert.Equal(9, scene.Finding("HWA-K013").ValueOf("requests"));
    }

    [Fact]
    public void A_client_that_ends_alike_may_have_had_no_more_to_ask()
    {
        var finding = Counted(Side.Client, 6, 6, 6, 6, 6).Finding("HWA-K013");
        Assert.Equal(Confidence.Likely, finding.Confidence);
        Assert.StartsWith("No server's limit", Assert.Single(finding.Advice).English, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_connections_few_requests_or_numbers_that_do_not_agree_are_not_flagged()
    {
        Counted(Side.Server, 100, 100, 100, 100).IsQuietOn("HWA-K013");
        Counted(Side.Server, 4, 4, 4, 4, 4, 4).IsQuietOn("HWA-K013");
        Counted(Side.Server, 10, 10, 10, 10, 10, 11, 12, 13, 14).IsQuietOn("HWA-K013");
    }

    [Fact]
    public void In_a_pool_of_many_connections_it_is_a_note()
    {
        var scene = Counted(Side.Server, 10, 10, 10, 10, 10);
        for (var i = 0; i < 60; i++)
        {
            scene.Talk().Handshake(90_000 + (i * 2)).Exchange(90_001 + (i * 2)).Close(99_000 + i);
        }

        Assert.Equal(Severity.Note, scene.Finding("HWA-K013").Severity);
    }

    [Fact]
    public void Idle_closes_after_the_same_number_are_not_counted()
    {
        var scene = new Scene();
        for (var i = 0; i < 6; i++)
        {
            var talk = scene.Talk().Handshake(i * 1000);
            for (var n = 0; n < 6; n++)
            {
                talk.Exchange((i * 1000) + 1 + (n * 2));
            }

            talk.Close((i * 1000) + 5000, Side.Server);
        }

        scene.IsQuietOn("HWA-K013");
    }

    /// <summary>Answers whose Keep-Alive field has these values of max, 10 ms apart.</summary>
    private static Talk Maxes(Scene scene, int[] values)
    {
        var talk = scene.Talk().Handshake(0);
        var at = 0;
        foreach (var max in values)
        {
            talk.Exchange(at += 10, answerFields: $"Keep-Alive: timeout=5, max={max}\r\n");
        }

        return talk;
    }

    /// <summary>Connections with so many requests, each closed at the last of them.</summary>
    private static Scene Counted(Side closer, params ReadOnlySpan<int> requests)
    {
        var scene = new Scene();
        var at = 0.0;
        foreach (var count in requests)
        {
            var talk = scene.Talk().Handshake(at);
            for (var n = 1; n <= count; n++)
            {
                talk.Exchange(at += 2, answerFields: n == count && closer == Side.Server ? "Connection: close\r\n" : "");
            }

            talk.Close(at + 1.2, closer);
            at += 10;
        }

        return scene;
    }

    private static Scene ClosedIdle(double idle, string fields = "")
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: fields).Close(2 + idle, Side.Server);
        return scene;
    }
}
