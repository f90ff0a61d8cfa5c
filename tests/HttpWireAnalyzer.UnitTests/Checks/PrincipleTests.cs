using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>What hwa check is trusted for: nothing passes that was not shown.</summary>
public sealed class PrincipleTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(150);

    private static readonly string[] Filters =
    [
        "conn.requests > 1", "conn.reuse > 50%", "conn.idle.max > 1s", "http.response.code == 200", "tcp.flags.reset",
        "conn.close.first == server", "all exchange (exchange.latency < 2ms)", "http.request.method in {POST PUT}",
        "conn.gaps > 0", "conn.unanswered == 0",
    ];

    private static readonly string[] Expectations =
    [
        "count() > 1", "count(conn.requests > 1) == 1", "ratio(http.response.code == 200) > 0.5", "max(conn.idle.max) < 1s",
        "avg(conn.requests) >= 2", "p95(conn.rtt.min) < 1ms", "distinct(conn.close.reason) == 1", "sum(conn.duration) > 1s",
    ];

    [Fact]
    public void An_assertion_and_its_negation_never_both_pass() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var where = random.Next(2) == 0 ? "" : $"\n    where: '{Pick(random, Filters)}'";
        var filter = Pick(random, Filters);
        var expectation = Pick(random, Expectations);
        var kind = Pick(random, "connections", "exchanges", "messages", "segments");
        var least = random.Next(1, 4);
        string[] pairs =
        [
            Assertion("a", $"each: '{filter}'{where}", kind), Assertion("A", $"each: '!({filter})'{where}", kind),
            Assertion("b", $"any: '{filter}'{where}", kind), Assertion("B", $"none: '{filter}'{where}", kind),
            Assertion("c", $"at_least: {{n: {least}, of: '{filter}'}}{where}", kind),
            Assertion("C", $"expect: 'count({filter}) < {least}'{where}", kind),
            Assertion("d", $"expect: '{expectation}'{where}"), Assertion("D", $"expect: '!({expectation})'{where}"),
        ];
        var verdicts = Verdicts(Random(random), pairs);
        return verdicts.Keys.Where(id => char.IsLower(id[0])).All(id => !(verdicts[id] && verdicts[id.ToUpperInvariant()]));
    }).Check(Often);

    [Fact]
    public void What_selects_nothing_never_passes() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        const string Nothing = "\n    where: 'conn.requests > 1000000'";
        string[] all =
        [
            Assertion("a", $"each: '{Pick(random, Filters)}'{Nothing}"),
            Assertion("b", $"none: '{Pick(random, Filters)}'{Nothing}"),
            Assertion("c", $"any: '{Pick(random, Filters)}'{Nothing}"),
            Assertion("d", $"expect: '{Pick(random, Expectations)}'{Nothing}"),
            Assertion("e", $"expect: 'count() == 0'{Nothing}"),
            Assertion("f", $"sequence: [{{none: rst}}]{Nothing}"),
        ];
        return Verdicts(Random(random), all).Values.All(passed => !passed);
    }).Check(Often);

    [Fact]
    public void The_order_of_assertions_changes_nothing() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var scene = Random(random);
        string[] assertions =
        [
            .. Filters.Select((filter, i) => Assertion($"f{i}", $"each: '{filter}'")),
            .. Expectations.Select((expectation, i) => Assertion($"x{i}", $"expect: '{expectation}'")),
            Assertion("e", "each: exchange.complete && conn.requests > 1").Replace("connections", "exchanges"),
            "  - id: k\n    findings: {none: [HWA-K001, HWA-K002, HWA-K020]}",
            Assertion("s", "sequence: [{is: response}, {is: fin, within: 1s}]"),
        ];
        var shuffled = assertions.ToArray();
        random.Shuffle(shuffled);
        return Verdicts(scene, assertions).OrderBy(one => one.Key).SequenceEqual(Verdicts(scene, shuffled).OrderBy(one => one.Key));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("", 1, "FAIL          it  no connections selected: nothing was shown (on_empty: pass, in code AllowEmpty(), allows that)")]
    [InlineData("allow_empty: true", 0, "PASS          it  no connections selected")]
    [InlineData("on_empty: pass", 0, "PASS          it  no connections selected")]
    [InlineData("on_empty: inconclusive", 4, "INCONCLUSIVE  it  no connections selected")]
    public void An_empty_selection_is_what_it_is_said_to_be(string said, int code, string line)
    {
        using var folder = new CheckFolder();
        var (actual, output, _) = folder.Check(
            Random(new Random(1)), $"  - id: it\n    select: connections\n    where: conn.requests > 99\n    each: conn.requests\n    {said}");
        Assert.Equal(code, actual);
        Assert.Contains(line, output);
    }

    [Fact]
    public void Findings_of_a_capture_without_connections_show_nothing()
    {
        using var folder = new CheckFolder();
        var (code, output, _) = folder.Check(new Scene(), "  - id: it\n    findings: {none: HWA-K002}");
        Assert.Equal(1, code);
        Assert.Contains("the capture has no connection: nothing was shown", output);
    }

    [Theory]
    [InlineData("min_connections: 9", "1 connection, at least 9 required")]
    [InlineData("duration: '>= 1h'", "at least 1 h 00 min required")]
    [InlineData("gaps: 0", "its streams have 1 hole, at most 0 allowed")]
    [InlineData("min_exchanges: 100", "exchanges, at least 100 required")]
    public void What_is_not_what_is_required_is_not_judged(string require, string why)
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Server, 100).Exchange(10).Close(20);
        var (code, output, _) = folder.Check(scene, Assertion("it", "each: conn.requests == 1000"), $"require: {{{require}}}");
        Assert.Equal(4, code);
        Assert.Contains("INCONCLUSIVE  it  the capture is not what is required: ", output);
        Assert.Contains(why, output);
    }

    [Fact]
    public void A_connection_of_which_one_end_was_heard_is_no_proof()
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Request(1).Request(2);
        var (code, output, _) = folder.Check(scene, Assertion("it", "each: conn.requests == 2"), "require: {both_directions: true}");
        Assert.Equal(4, code);
        Assert.Contains("of 1 connection only one end was heard", output);
    }

    [Theory]
    [InlineData("findings: {none: HWA-K001}", 4)]
    [InlineData("findings: {none: HWA-K002}", 0)]
    [InlineData("select: findings\n    none: finding.id == HWA-K001", 4)]
    [InlineData("select: findings\n    none: finding.id == HWA-K002", 0)]
    [InlineData("select: findings\n    none: finding.id == HWA-K002\n    where: finding.id matches \"K00[12]$\"", 4)]
    [InlineData("select: findings\n    any: finding.id == HWA-K001", 4)]
    [InlineData("select: findings\n    any: finding.id == HWA-K002", 1)]
    [InlineData("select: findings\n    each: finding.id != HWA-K001", 4)]
    [InlineData("select: findings\n    each: finding.id == HWA-K001", 1)]
    [InlineData("select: findings\n    at_least: {n: 2, of: finding.severity == error}", 4)]
    [InlineData("select: findings\n    where: finding.severity == error\n    expect: count() == 0", 4)]
    public void A_rule_that_withheld_findings_has_shown_nothing(string claim, int expected)
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().RaceBehindAHole();
        var (code, output, _) = folder.Check(scene, $"  - id: it\n    {claim}");
        Assert.True(expected == code, output);
        Assert.Equal(code == 4, output.Contains("the capture has holes, and HWA-K001 withheld findings for that", StringComparison.Ordinal));
    }

    [Fact]
    public void Skipping_what_cannot_be_judged_needs_something_that_passed()
    {
        using var folder = new CheckFolder();
        var scene = Random(new Random(3));
        const string Both = "  - id: a\n    select: connections\n    each: conn.id >= 0\n  - id: b\n    select: exchanges\n    where: exchange.ordinal > 999\n    each: exchange.complete\n    on_empty: inconclusive";
        Assert.Equal(4, folder.Check(scene, Both).Code);
        Assert.Equal(0, folder.Check(scene, Both, "", "--inconclusive", "skip").Code);
        Assert.Equal(4, folder.Check(scene, Both, "require: {min_connections: 99}", "--inconclusive", "skip").Code);
    }

    [Theory]
    [InlineData("warning", null, 0, "WARNING       a  ", "0 passed, 0 failed, 0 inconclusive, 1 warned")]
    [InlineData("warning", "error", 0, "WARNING       a  ", "0 passed, 0 failed, 0 inconclusive, 1 warned")]
    [InlineData("warning", "warning", 1, "FAIL          a  ", "0 passed, 1 failed, 0 inconclusive\n")]
    [InlineData("note", "warning", 0, "NOTE          a  ", "1 warned")]
    [InlineData("note", "info", 1, "FAIL          a  ", "1 failed")]
    [InlineData("error", null, 1, "FAIL          a  ", "1 failed")]
    public void What_is_less_severe_than_it_takes_is_told_and_fails_nothing(string severity, string? failOn, int code, string line, string total)
    {
        using var folder = new CheckFolder();
        string[] options = failOn is null ? [] : ["--fail-on", failOn];
        var (actual, output, _) = folder.Check(
            Random(new Random(3)), Assertion("a", $"each: conn.requests == 1000\n    severity: {severity}"), "", options);
        Assert.Equal(code, actual);
        Assert.Contains(line, output);
        Assert.Contains("claimed: conn.requests == 1000", output);
        Assert.Contains(total, output);
    }

    [Fact]
    public void A_warning_that_cannot_be_judged_fails_nothing_beside_what_was()
    {
        using var folder = new CheckFolder();
        var open = Assertion("b", "where: conn.requests > 999\n    each: conn.id >= 0\n    on_empty: inconclusive\n    severity: warning");
        Assert.Equal(0, folder.Check(Random(new Random(3)), Assertion("a", "each: conn.id >= 0") + "\n" + open).Code);
        Assert.Equal(4, folder.Check(Random(new Random(3)), open).Code);
        Assert.Equal(4, folder.Check(Random(new Random(3)), Assertion("a", "each: conn.id >= 0") + "\n" + open, "", "--fail-on", "warning").Code);
    }

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static string Pick(Random random, params string[] all) => all[random.Next(all.Length)];

    private static string Assertion(string id, string claim, string kind = "connections") =>
        $"  - id: {id}\n    select: {kind}\n    {claim}";

    /// <summary>A few connections, some of them in trouble.</summary>
    private static Scene Random(Random random)
    {
        var scene = new Scene();
        for (var connection = random.Next(1, 4); connection > 0; connection--)
        {
            var at = random.Next(5000);
            var talk = scene.Talk().Handshake(at++);
            for (var exchange = random.Next(4); exchange > 0; exchange--)
            {
                talk.Exchange(at, takes: random.Next(1, 4), line: random.Next(2) == 0 ? "GET /" : "POST /");
                at += random.Next(5, 2000);
            }

            _ = random.Next(4) switch
            {
                0 => talk.Close(at),
                1 => talk.Fin(Side.Server, at).Request(at + 5, "POST /x", body: "1").Rst(Side.Server, at + 6),
                2 => talk.Request(at),
                _ => talk.Rst(Side.Server, at),
            };
        }

        return scene;
    }

    private static Dictionary<string, bool> Verdicts(Scene scene, IReadOnlyList<string> assertions)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Check(scene, string.Join('\n', assertions));
        Assert.Equal("", error);
        Assert.InRange(code, 0, 4);
        return output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] is "PASS" or "FAIL" or "INCONCLUSIVE")
            .ToDictionary(words => words[1], words => words[0] == "PASS");
    }
}
