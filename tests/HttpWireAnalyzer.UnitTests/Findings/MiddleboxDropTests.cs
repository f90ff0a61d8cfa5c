using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-G002.</summary>
public sealed class MiddleboxDropTests
{
    private const string Rule = "HWA-G002";
    private const double Second = 1000;

    [Fact]
    public void Two_drops_on_a_living_path_bracket_the_timer_and_name_it()
    {
        var scene = new Scene();
        Survivor(scene, 0, 300);
        Dropped(scene, 0, 360);
        Dropped(scene, 10, 400);
        scene.Talk().Handshake(500 * Second).Exchange((500 * Second) + 1);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        var text = PhraseText.Of(finding.Says, finding.Measured, Language.English);
        Assert.Contains("more than 4 min 59 s and at most 5 min 59 s", text, StringComparison.Ordinal);
        Assert.Contains("[AWS NLB, AWS NAT gateway (350 s)]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_a_known_timer_is_a_warning()
    {
        var scene = new Scene();
        Dropped(scene, 0, 130);
        scene.Talk().Handshake(500 * Second).Exchange((500 * Second) + 1);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal((0, 2), (finding.Subject.Connection, finding.Subject.Exchange));
    }

    [Fact]
    public void Where_nothing_lives_afterwards_the_host_may_be_gone()
    {
        var scene = new Scene();
        Dropped(scene, 0, 130);
        var finding = scene.Finding(Rule);
        Assert.Equal(Confidence.Possible, finding.Confidence);
        Assert.False(Assert.Single(finding.Guards).Passed);
    }

    [Fact]
    public void A_path_on_which_others_survived_as_long_forgets_nothing()
    {
        var scene = new Scene();
        Dropped(scene, 0, 130);
        Survivor(scene, 0, 200);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_short_idle_time_is_no_timer()
    {
        var scene = new Scene();
        Dropped(scene, 0, 9);
        scene.Talk().Handshake(500 * Second).Exchange((500 * Second) + 1);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void One_repetition_is_chance()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(130 * Second, 130.3 * Second);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_answer_in_the_end_is_no_drop()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(130 * Second, 130.3 * Second, 130.9 * Second).Response(131 * Second);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_server_that_had_closed_or_that_resets_is_not_silent()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 60 * Second).RequestAgain(130 * Second, 130.3 * Second, 130.9 * Second);
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(130 * Second, 130.3 * Second, 130.9 * Second).Rst(Side.Server, 131 * Second);
        scene.IsQuietOn(Rule);
    }

    private static void Dropped(Scene scene, double from, double idle)
    {
        var at = (from + idle) * Second;
        scene.Talk().Handshake(from * Second).Exchange((from * Second) + 1).RequestAgain(at, at + 300, at + 900, at + 2100);
    }

    private static void Survivor(Scene scene, double from, double idle) =>
        scene.Talk().Handshake(from * Second).Exchange((from * Second) + 1).Exchange(((from + idle) * Second) + 1);
}
