using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The X rules, and the forecast that they rest on.</summary>
public sealed class PortRuleTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("textbook", 500_000)]
    [InlineData("linux", 470_533)]
    [InlineData("windows", 136_533)]
    [InlineData("rfc", 68_266)]
    public void Ports_divided_by_TIME_WAIT_is_the_rate_that_they_allow(string name, long thousandths)
    {
        var profile = PortProfile.All.Single(known => known.Name == name);
        var use = new PortUse(profile.TimeWait);
        use.Add(Term(0, 0, Second));
        Assert.Equal(thousandths, PortForecast.Of(use, profile.Ports, profile.TimeWait).MostRate);
    }

    [Fact]
    public void At_twice_that_rate_the_ports_are_gone_after_half_of_TIME_WAIT()
    {
        var use = Steady(perSecond: 1000, seconds: 10, Second * 120);
        var forecast = PortForecast.Of(use, 60_000, 120 * Second);
        Assert.InRange(forecast.Rate, 990_000, 1_010_000);
        Assert.InRange(forecast.Exhausted, 59 * Second, 61 * Second);
        Assert.InRange(forecast.Peak, 9_990, 10_010);
    }

    [Fact]
    public void Below_it_they_never_are()
    {
        var forecast = PortForecast.Of(Steady(perSecond: 400, seconds: 20, Second * 60), 28_232, 60 * Second);
        Assert.Equal(-1, forecast.Exhausted);
        Assert.InRange(forecast.Steady, 23_700, 24_300);
    }

    [Fact]
    public void TIME_WAIT_ends()
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < 10; i++)
        {
            use.Add(Term(i, i * 100 * Second, (i * 100 * Second) + Second));
        }

        Assert.Equal(1, PortForecast.Of(use, 28_232, 60 * Second).Peak);
        Assert.Equal(0, use.Course().Moments[^1].Taken);
    }

    // What comes later takes nothing away from a burst.
    [Theory]
    [InlineData(0)]
    [InlineData(86)]
    [InlineData(86_400)]
    public void A_burst_is_as_great_whatever_comes_after_it(long later)
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < 8000; i++)
        {
            use.Add(Term(i, i * Second / 700, (i * Second / 700) + 1000));
        }

        use.Add(Term(9000, (12 + later) * Second, (13 + later) * Second));
        var forecast = PortForecast.Of(use, 28_232, 60 * Second);
        Assert.InRange(forecast.Peak, 8000, 8001);
        Assert.InRange(forecast.Rate, 690_000, 705_000);
        Assert.InRange(use.MostWaiting, 8000, 8001);
    }

    [Fact]
    public void A_connection_takes_its_port_while_it_is_open()
    {
        var use = new PortUse(60 * Second);
        use.Add(Term(1, 0, Second) with { HeldByClient = false, HeldByServer = true });
        use.Add(Term(2, Second / 2, 2 * Second) with { HeldByClient = false, HeldByServer = true });
        use.Add(Term(3, 3 * Second, 4 * Second) with { HeldByClient = false, HeldByServer = true });
        Assert.Equal((2L, new Timestamp(Second / 2)), (use.Most, use.MostAt));
        Assert.Equal(0, use.MostWaiting);
    }

    [Fact]
    public void A_handful_tells_of_no_rate()
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < 4; i++)
        {
            use.Add(Term(i, i, i + 1));
        }

        var forecast = PortForecast.Of(use, 28_232, 60 * Second);
        Assert.Equal((4L, 0L, 0L), (forecast.Peak, forecast.Rate, forecast.Steady));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(600)]
    public void A_port_that_is_taken_out_of_TIME_WAIT_is_taken_once(int connections)
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < connections; i++)
        {
            use.Add(Term(i % 20, i * Second / 10, (i * Second / 10) + 1000));
        }

        var forecast = PortForecast.Of(use, 28_232, 60 * Second);
        Assert.Equal((20L, connections), (forecast.Peak, use.Held));
        Assert.InRange(use.ShortestWait, 1_999_000_000, 2 * Second);
        Assert.InRange(forecast.Steady, 19, 22);
        Assert.Equal(0, use.Course().Moments[^1].Taken);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(600)]
    public void A_port_that_is_taken_again_was_not_open_any_more(int connections)
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < connections; i++)
        {
            use.Add(Open(i % 20, i * Second / 10));
        }

        Assert.Equal((20L, 20L), (use.Most, use.LeftOpen));
        Assert.Equal(20, use.Course().Moments[^1].Open);
    }

    [Theory]
    [InlineData(CloseManner.Open, TcpState.Established, -1)]
    [InlineData(CloseManner.HalfClosed, TcpState.CloseWait, -1)]
    [InlineData(CloseManner.HalfClosed, TcpState.FinWait1, -1)]
    [InlineData(CloseManner.HalfClosed, TcpState.FinWait2, 60)]
    [InlineData(CloseManner.Fin, TcpState.LastAck, -1)]
    [InlineData(CloseManner.SimultaneousFin, TcpState.Closing, -1)]
    [InlineData(CloseManner.Fin, TcpState.TimeWait, 0)]
    [InlineData(CloseManner.Fin, TcpState.Closed, 0)]
    [InlineData(CloseManner.FinThenReset, TcpState.CloseWait, 0)]
    [InlineData(CloseManner.Reset, TcpState.Established, 0)]
    [InlineData(CloseManner.Refused, TcpState.SynSent, 0)]
    [InlineData(CloseManner.Unanswered, TcpState.SynSent, 0)]
    public void A_port_is_open_until_its_client_has_closed(CloseManner how, TcpState client, int seconds) => Assert.Equal(
        seconds < 0 ? null : (Timestamp?)new Timestamp((7 + seconds) * Second), PortTerm.ClosedAt(how, client, new Timestamp(7 * Second)));

    [Fact]
    public void What_the_kernel_gives_up_later_says_nothing_of_when_packets_came()
    {
        var use = new PortUse(60 * Second);
        use.Add(Open(1, 0) with { Last = new Timestamp(2 * Second), Closed = new Timestamp(62 * Second) });
        use.Add(Open(2, Second));
        Assert.Equal((new Timestamp(2 * Second), 2L), (use.Last, use.LeftOpen));
        use.Add(Open(3, 63 * Second));
        Assert.Equal((2L, 2L), (use.Most, use.LeftOpen));
    }

    [Fact]
    public void Of_a_connection_that_only_the_server_closed_the_port_is_not_free()
    {
        var scene = new Scene();
        for (var i = 0; i < 24; i++)
        {
            scene.Talk(port: 40_000 + i).Handshake(i * 10).Exchange((i * 10) + 1).Fin(Side.Server, (i * 10) + 5).Ack(Side.Client, (i * 10) + 5.1);
        }

        var card = RuleBook.Cards.Single(card => card.Id == "HWA-X001");
        var settings = RuleSettings.Usual.With(card, card.Parameters.Single(parameter => parameter.Name == "ports"), 24);
        Assert.Equal(24, Assert.Single(scene.Findings("HWA-X001", settings)).ValueOf("peak"));
    }

    /// <summary>Before and after the course is kept in parts, and these have been merged.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(3000)]
    public void The_course_shows_the_most_that_were_taken(int others)
    {
        var use = new PortUse(60 * Second);
        for (var i = 0; i < 5; i++)
        {
            use.Add(Term(i, i, 100_000) with { HeldByClient = false });
        }

        for (var i = 0; i < others; i++)
        {
            use.Add(Term(100 + i, (1 + i) * Second, ((1 + i) * Second) + 1) with { HeldByClient = false });
        }

        var moments = use.Course().Moments;
        Assert.Equal((5L, 5L, 0L), (use.Most, moments[0].Most, moments[0].Taken));
        Assert.Equal(1, moments.Skip(1).Max(moment => moment.Most));
    }

    [Fact]
    public void What_is_taken_when_a_part_begins_is_taken_in_it()
    {
        var use = new PortUse(60 * Second);
        use.Add(Open(1, 0) with { Closed = new Timestamp(10_500_000) });
        Assert.All(use.Course().Moments, moment => Assert.Equal(1, moment.Most));
    }

    [Fact]
    public void Behind_TIME_WAIT_it_was_free_anyway()
    {
        var use = new PortUse(60 * Second);
        use.Add(Term(1, 0, Second));
        use.Add(Term(1, 61 * Second, 62 * Second));
        Assert.Equal(-1, use.ShortestWait);
    }

    [Fact]
    public void Sixty_four_ports_are_no_more_however_often_they_are_used()
    {
        var scene = new Scene();
        for (var i = 0; i < 384; i++)
        {
            scene.Talk(port: 40_000 + (i % 64)).Handshake(i * 20).Exchange((i * 20) + 1).Close((i * 20) + 5);
        }

        var card = RuleBook.Cards.Single(card => card.Id == "HWA-X001");
        var settings = RuleSettings.Usual.With(card, card.Parameters.Single(parameter => parameter.Name == "ports"), 64);
        Assert.Equal(64, Assert.Single(scene.Findings("HWA-X001", settings)).ValueOf("peak"));
    }

    [Theory]
    [InlineData(Side.Client, 500, Severity.Error)]
    [InlineData(Side.Client, 300, Severity.Warning)]
    [InlineData(Side.Client, 200, null)]
    [InlineData(Side.Server, 500, null)]
    public void A_client_is_warned_by_its_rate_and_only_where_it_closes_first(Side closer, int perSecond, Severity? expected)
    {
        var scene = ManyConnections(closer, perSecond, "10.0.0.7");
        Assert.Equal(expected, scene.Findings("HWA-X001").SingleOrDefault()?.Severity);
    }

    [Fact]
    public void Ports_that_are_all_taken_are_all_of_them_whatever_the_rate_leads_to()
    {
        var scene = new Scene();
        for (var i = 0; i < 24; i++)
        {
            scene.Talk(port: 40_000 + i).Handshake(i * 10).Exchange((i * 10) + 1).Close((i * 10) + 5);
        }

        var card = RuleBook.Cards.Single(card => card.Id == "HWA-X001");
        var settings = RuleSettings.Usual.With(card, card.Parameters.Single(parameter => parameter.Name == "ports"), 24);
        var finding = Assert.Single(scene.Findings("HWA-X001", settings));
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(1000, finding.ValueOf("utilisation"));
    }

    /// <summary>At the limits as they come: half of Linux's 28,232 ports, and four fifths.</summary>
    [Theory]
    [InlineData(14_117, Severity.Warning)]
    [InlineData(22_600, Severity.Error)]
    public void Ports_taken_at_once_are_counted_up_to_the_usual_limits(int connections, Severity expected)
    {
        var finding = OneAfterAnother(connections, over: 58_000).Finding("HWA-X001");
        Assert.Equal((expected, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(connections, finding.ValueOf("peak"));
        Assert.Equal(28_232, finding.ValueOf("limit"));
    }

    [Fact]
    public void A_generator_that_has_taken_four_fifths_of_the_usual_ports_and_fails_is_the_bottleneck()
    {
        var scene = OneAfterAnother(22_600, over: 58_000);
        scene.Talk(port: 60_000).Send(Side.Client, 58_100, TcpFlags.Syn, "").Send(Side.Client, 59_100, TcpFlags.Syn, "");
        var finding = scene.Finding("HWA-X003");
        Assert.InRange(finding.ValueOf("utilisation"), 800, 830);
    }

    [Fact]
    public void On_one_host_it_is_a_note() =>
        Assert.Equal(Severity.Note, ManyConnections(Side.Client, 500, "10.0.0.1").Finding("HWA-X001").Severity);

    [Fact]
    public void A_port_that_comes_round_within_TIME_WAIT_is_noted()
    {
        var scene = new Scene();
        scene.Talk(port: 40_000).Handshake(0).Exchange(1).Close(10);
        scene.Talk(port: 40_000).Handshake(5_000).Exchange(5_001).Close(5_010);
        var finding = scene.Finding("HWA-X002");
        Assert.InRange(finding.ValueOf("shortest"), 4 * Second, 5 * Second);
    }

    [Fact]
    public void After_it_it_is_not()
    {
        var scene = new Scene();
        scene.Talk(port: 40_000).Handshake(0).Exchange(1).Close(10);
        scene.Talk(port: 40_000).Handshake(70_000).Exchange(70_001).Close(70_010);
        scene.IsQuietOn("HWA-X002");
    }

    [Fact]
    public void A_generator_that_is_out_of_ports_and_fails_is_the_bottleneck()
    {
        var scene = ManyConnections(Side.Client, 500, "10.0.0.7");
        scene.Talk().Send(Side.Client, 900, TcpFlags.Syn, "");
        scene.Finding("HWA-X003");

        var healthy = ManyConnections(Side.Client, 100, "10.0.0.7");
        healthy.Talk().Send(Side.Client, 900, TcpFlags.Syn, "");
        healthy.IsQuietOn("HWA-X003");
        ManyConnections(Side.Client, 500, "10.0.0.7").IsQuietOn("HWA-X003");
    }

    [Fact]
    public void Where_others_fail_too_it_is_not_the_generator()
    {
        var scene = ManyConnections(Side.Client, 500, "10.0.0.7");
        scene.Talk().Send(Side.Client, 900, TcpFlags.Syn, "");
        scene.Talk("10.0.0.8").Send(Side.Client, 910, TcpFlags.Syn, "");
        scene.IsQuietOn("HWA-X003");
    }

    private static PortUse Steady(int perSecond, int seconds, long timeWait)
    {
        var use = new PortUse(timeWait);
        for (var i = 0; i < perSecond * seconds; i++)
        {
            var at = i * (Second / perSecond);
            use.Add(Term(i, at, at + (Second / 1000)));
        }

        return use;
    }

    /// <summary>A connection that the client closed first.</summary>
    private static PortTerm Term(int port, long opened, long closed) =>
        new((ushort)(1024 + port), new Timestamp(opened), new Timestamp(closed), new Timestamp(closed), HeldByClient: true, HeldByServer: false);

    /// <summary>A connection of which nothing was seen but its opening.</summary>
    private static PortTerm Open(int port, long opened) =>
        new((ushort)(1024 + port), new Timestamp(opened), new Timestamp(opened), null, HeldByClient: false, HeldByServer: false);

    /// <summary>Each is opened and closed by the client, at an even pace; all of them within one TIME_WAIT.</summary>
    private static Scene OneAfterAnother(int connections, double over)
    {
        var scene = new Scene();
        for (var i = 0; i < connections; i++)
        {
            var at = i * over / connections;
            scene.Talk(port: 32_768 + i).Handshake(at).Close(at + 1);
        }

        return scene;
    }

    /// <summary>Two seconds of connections.</summary>
    private static Scene ManyConnections(Side closer, int perSecond, string client)
    {
        var scene = new Scene();
        for (var i = 0; i < 2 * perSecond; i++)
        {
            var at = i * 1000.0 / perSecond;
            scene.Talk(client, port: 10_000 + i).Handshake(at).Exchange(at + 0.5, takes: 0.1).Close(at + 1, closer);
        }

        return scene;
    }
}
