using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-K020 and HWA-K021: idle timeouts, from what was survived and what was not.</summary>
public sealed class IdleTimeoutRuleTests
{
    private const string OfServer = "HWA-K020";
    private const string OfClient = "HWA-K021";

    [Fact]
    public void Three_closes_that_agree_are_certain_and_bracketed_by_what_was_survived()
    {
        var scene = Closing(Side.Server, 4980, 5000, 5040);
        scene.Talk().Handshake(0).Exchange(1).Exchange(4000).Close(4001.5);
        var finding = scene.Finding(OfServer);
        Assert.Equal((Severity.Info, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((3L, 5_000_000_000L), (finding.ValueOf("samples"), finding.ValueOf("median")));
        Assert.Equal((4_980_000_000L, 3_998_000_000L), (finding.ValueOf("shortest_close"), finding.ValueOf("survived")));
        Assert.Equal(3_000_000_000, finding.ValueOf("client_limit"));
    }

    [Fact]
    public void Of_two_closes_that_differ_none_is_in_the_middle()
    {
        Assert.DoesNotContain("median", Closing(Side.Server, 4000, 6000).Finding(OfServer).Says.English, StringComparison.Ordinal);
        Assert.Contains("median", Closing(Side.Server, 4000, 5000, 6000).Finding(OfServer).Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_idle_time_that_was_survived_is_told_and_no_preset_named()
    {
        var scene = Closing(Side.Server, 4980, 5000, 5040);
        scene.Talk().Handshake(0).Exchange(1).Exchange(9000).Close(9001.5);
        var finding = scene.Finding(OfServer);
        Assert.Equal(Confidence.Possible, finding.Confidence);
        Assert.Equal(8_998_000_000, finding.ValueOf("survived"));
        Assert.Contains("a timer alone does not explain that", finding.Says.English, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Measured, measure => measure.Name == "preset");
    }

    [Fact]
    public void An_answer_that_was_asked_for_at_once_survived_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(10).Close(5011, Side.Server);
        Assert.DoesNotContain(scene.Finding(OfServer).Measured, measure => measure.Name == "survived");
    }

    [Fact]
    public void A_RST_in_the_middle_of_idleness_tells_of_a_timer_too()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Rst(Side.Server, 60_002);
        Assert.Equal(60_000_000_000, scene.Finding(OfServer).ValueOf("shortest_close"));
    }

    [Fact]
    public void One_that_answers_a_probe_does_not()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 60_002).Rst(Side.Server, 60_002.2, TcpFlags.Rst);
        scene.IsQuietOn(OfServer);
    }

    [Fact]
    public void One_close_is_likely_and_told_without_a_range()
    {
        var finding = Closing(Side.Server, 5000).Finding(OfServer);
        Assert.Equal(Confidence.Likely, finding.Confidence);
        Assert.DoesNotContain("{longest_close}", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Closes_that_are_alike_to_the_millisecond_are_told_without_a_range()
    {
        var finding = Closing(Side.Server, 5000, 5000.1, 5000.2).Finding(OfServer);
        Assert.Contains("5 min 00 s each", PhraseOf(Closing(Side.Server, 300_005, 300_100).Finding(OfServer)), StringComparison.Ordinal);
        Assert.Contains("5.000 s each", PhraseOf(finding), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6001, "Node http.Server, 5 s + 1 s")]
    [InlineData(66_001, "Node http.Server, 65 s + 1 s")]
    [InlineData(5020, "Uvicorn, 5 s")]
    [InlineData(5270, null)]
    [InlineData(2001, null)]
    [InlineData(75_010, null)]
    [InlineData(131_500, "Kestrel, 130 s")]
    [InlineData(60_000, "Tomcat, 60 s or AWS ALB, 60 s")]
    [InlineData(43_000, null)]
    public void A_well_known_time_is_named(double idle, string? expected)
    {
        var named = Closing(Side.Server, idle).Finding(OfServer).Measured.SingleOrDefault(measure => measure.Name == "preset");
        Assert.Equal(expected, named.Text);
    }

    [Theory]
    [InlineData(2000, "nginx/1.22.1", null)]
    [InlineData(2000, "gunicorn", "gunicorn, 2 s")]
    [InlineData(5001, "uvicorn", "Uvicorn, 5 s")]
    [InlineData(300_007, "Caddy", "Caddy, 300 s")]
    [InlineData(5020, "Apache/2.4 (Debian)", "Apache httpd, 5 s")]
    [InlineData(5020, "nginx", null)]
    [InlineData(6001, "Express", null)]
    [InlineData(60_000, "nginx", "AWS ALB, 60 s")]
    public void But_not_of_what_calls_itself_by_another_name(double idle, string software, string? expected)
    {
        var named = ClosingAs(software, idle).Measured.SingleOrDefault(measure => measure.Name == "preset");
        Assert.Equal(expected, named.Text);
    }

    [Theory]
    [InlineData("nginx", 75_010, false)]
    [InlineData("nginx", 60_000, true)]
    [InlineData(null, 6001, true)]
    public void Only_a_name_of_its_own_makes_it_more_than_a_guess(string? software, double idle, bool isGuess)
    {
        var finding = software is null ? Closing(Side.Server, idle).Finding(OfServer) : ClosingAs(software, idle);
        Assert.Equal(isGuess, PhraseOf(finding).Contains("a guess by the time alone", StringComparison.Ordinal));
        Assert.Equal(!isGuess, PhraseOf(finding).Contains("That is the usual time of", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2001, 1, null)]
    [InlineData(6001, 5, "Node http.Server, 5 s + 1 s")]
    public void Nor_of_what_announces_another_time(double idle, int announced, string? expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: $"Keep-Alive: timeout={announced}\r\n").Close(2 + idle, Side.Server);
        var named = scene.Finding(OfServer).Measured.SingleOrDefault(measure => measure.Name == "preset");
        Assert.Equal(expected, named.Text);
    }

    [Fact]
    public void Two_groups_are_told_as_two()
    {
        var finding = Closing(Side.Server, 5000, 5010, 60_000, 60_020, 60_010).Finding(OfServer);
        Assert.Equal((2L, 3L), (finding.ValueOf("low_samples"), finding.ValueOf("high_samples")));
        Assert.Contains("two groups", PhraseText.Of(finding.Says, finding.Measured, Language.English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 3300, 3750, 3600 }, 1000)]
    [InlineData(new double[] { 3300, 3500, 3400 }, 250)]
    [InlineData(new double[] { 3300, 3320, 3340 }, null)]
    [InlineData(new double[] { 3300, 3750 }, null)]
    public void A_timer_that_looks_seldom_is_known_by_how_far_the_closes_lie_apart(double[] idle, int? grain)
    {
        var scene = new Scene();
        for (var at = 0; at < idle.Length; at++)
        {
            scene.Talk().Handshake(at * 2000).Exchange((at * 2000) + 1).Close((at * 2000) + 2 + idle[at], Side.Server);
        }

        var measured = scene.Finding(OfServer).Measured.Where(measure => measure.Name == "grain").ToArray();
        Assert.Equal(grain is null ? [] : [grain.Value * 1_000_000L], measured.Select(measure => measure.Value));
    }

    [Fact]
    public void Closes_right_after_an_answer_and_announced_ones_do_not_count()
    {
        Closing(Side.Server, 100).IsQuietOn(OfServer);
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Connection: close\r\n").Close(5000, Side.Server);
        scene.IsQuietOn(OfServer);
    }

    [Fact]
    public void A_restart_does_not_count()
    {
        var scene = new Scene();
        foreach (var begin in (double[])[0, 3000, 6000])
        {
            scene.Talk().Handshake(begin).Exchange(begin + 1).Close(9000 + (begin / 1000), Side.Server);
        }

        scene.IsQuietOn(OfServer);
    }

    [Fact]
    public void Connections_that_went_idle_one_by_one_and_are_closed_at_once_tell_of_no_timer()
    {
        var scene = new Scene();
        Reloading(scene, at: 3000, idle: 1020);
        scene.Talk().Handshake(0).Exchange(2400).Close(2600, Side.Server);
        scene.IsQuietOn(OfServer);
        scene.IsQuietOn("HWA-K003");
    }

    [Fact]
    public void Unless_it_happens_again_after_as_long_as_where_a_timer_looks_seldom()
    {
        var scene = new Scene();
        Reloading(scene, at: 3000, idle: 2010);
        Reloading(scene, at: 5000, idle: 2040);
        var finding = scene.Finding(OfServer);
        Assert.Equal((10L, Confidence.Certain), (finding.ValueOf("samples"), finding.Confidence));
    }

    [Fact]
    public void Or_the_server_had_announced_it()
    {
        var scene = new Scene();
        Reloading(scene, at: 6000, idle: 5010, "Keep-Alive: timeout=5\r\n");
        Assert.Equal(5L, scene.Finding(OfServer).ValueOf("samples"));
    }

    [Fact]
    public void A_timer_of_each_connection_closes_as_far_apart_as_they_went_idle()
    {
        var scene = new Scene();
        for (var i = 0; i < 5; i++)
        {
            scene.Talk().Handshake(i).Exchange(20 + i).Close(2021 + i, Side.Server);
        }

        Assert.Equal(5L, scene.Finding(OfServer).ValueOf("samples"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(500, true)]
    public void What_is_closed_together_with_an_exchange_is_closed_by_the_server_s_own_end(double later, bool isTimer)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(1700.05 + later, Side.Server);
        scene.Talk().Handshake(10).Request(11, "GET /never").Ack(Side.Server, 11.2).Fin(Side.Server, 1700).Fin(Side.Client, 1701).Ack(Side.Server, 1701.2);
        Assert.Equal(isTimer ? 1 : 0, scene.Findings(OfServer).Count);
    }

    [Fact]
    public void A_race_with_an_idle_timer_is_no_such_end()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(5002, Side.Server);
        scene.Talk().Handshake(0).Exchange(1).Request(5001.9).Fin(Side.Server, 5002).Fin(Side.Client, 5003).Ack(Side.Server, 5003.2);
        Assert.Equal(1L, scene.Finding(OfServer).ValueOf("samples"));
    }

    [Fact]
    public void One_that_does_not_agree_with_two_others_leaves_none_certain() =>
        Assert.Equal(Confidence.Likely, Closing(Side.Client, 1796, 2972, 2978).Finding(OfClient).Confidence);

    [Fact]
    public void A_client_s_closes_are_told_apart_from_the_server_s()
    {
        var scene = Closing(Side.Client, 90_000, 90_010, 90_005);
        Assert.Equal(Confidence.Certain, scene.Finding(OfClient).Confidence);
        Assert.Equal("Go http.Transport, 90 s or Cloud Foundry gorouter, 90 s", scene.Finding(OfClient).TextOf("preset"));
        scene.IsQuietOn(OfServer);
    }

    [Fact]
    public void A_single_close_by_a_client_is_hardly_a_timer()
    {
        Assert.Equal(Confidence.Possible, Closing(Side.Client, 1500).Finding(OfClient).Confidence);
        Closing(Side.Client, 600).IsQuietOn(OfClient);
        Closing(Side.Client, 205, 210, 204).IsQuietOn(OfClient);
    }

    [Fact]
    public void Several_closes_by_a_client_in_one_second_are_its_end()
    {
        var scene = new Scene();
        foreach (var begin in (double[])[0, 100, 200])
        {
            scene.Talk().Handshake(begin).Exchange(begin + 1).Close(begin + 3000);
        }

        Assert.Equal(Confidence.Possible, scene.Finding(OfClient).Confidence);
    }

    private static Scene Closing(Side closer, params ReadOnlySpan<double> idle)
    {
        var scene = new Scene();
        var start = 0.0;
        foreach (var after in idle)
        {
            start += 2000;
            scene.Talk().Handshake(start).Exchange(start + 1).Close(start + 2 + after, closer);
        }

        return scene;
    }

    /// <summary>Became idle one millisecond after the other, and was closed within as many hundredths: told by one signal.</summary>
    private static void Reloading(Scene scene, double at, double idle, string answerFields = "")
    {
        for (var i = 0; i < 5; i++)
        {
            scene.Talk().Handshake(at - idle - 10 + i).Exchange(at - idle - 1 + i, answerFields: answerFields).Close(at + (i * 0.01), Side.Server);
        }
    }

    private static Finding ClosingAs(string software, double idle)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: $"Server: {software}\r\n").Close(2 + idle, Side.Server);
        return scene.Finding(OfServer);
    }

    private static string PhraseOf(Finding finding) => PhraseText.Of(finding.Says, finding.Measured, Language.English);
}
