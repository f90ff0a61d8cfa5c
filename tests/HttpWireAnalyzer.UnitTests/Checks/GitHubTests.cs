using System.Text.Json;

namespace HttpWireAnalyzer.UnitTests.Checks;

public sealed class GitHubTests
{
    [Fact]
    public void Annotations_stand_at_the_assertion_and_nothing_from_the_wire_begins_a_command()
    {
        using var folder = new CheckFolder();
        folder.Variables["GITHUB_ACTIONS"] = "true";
        var (code, output, _) = folder.Check(Scenes.Stale("a%0A::set-output::x"), "  - id: 'no: stale, reuse 100%'\n    findings: {none: HWA-K002}");
        Assert.Equal(1, code);
        var commands = output.Split('\n').Where(line => line.StartsWith("::", StringComparison.Ordinal)).ToList();
        var command = Assert.Single(commands);
        Assert.StartsWith("::error file=", command);
        Assert.Contains("spec.yaml,line=5,title=HWA-K002 no%3A stale%2C reuse 100%25::", command);
        Assert.Contains("%0A", command);
        Assert.Contains("/a%250A::set-output::x", command);
        Assert.DoesNotContain("\n::set-output", output);
    }

    [Fact]
    public void Of_each_level_ten_are_annotated_and_all_are_in_the_summary()
    {
        using var folder = new CheckFolder();
        folder.Variables["GITHUB_STEP_SUMMARY"] = folder["summary.md"];
        folder.Write("summary.md", "before\n");
        var claims = Enumerable.Range(0, 12).Select(number => $"  - id: a{number}\n    select: connections\n    each: conn.requests > 99\n    severity: {(number < 11 ? "error" : "note")}");
        var (_, output, _) = folder.Check(Scenes.Stale("x|y`<b>"), string.Join('\n', claims), "", "--format", "github");
        var levels = output.Split('\n').Where(line => line.StartsWith("::", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);
        Assert.Equal((10, 1), (levels.Count(level => level == "::error"), levels.Count(level => level == "::notice")));
        var summary = folder.Read("summary.md");
        Assert.StartsWith("before\n### ", summary);
        Assert.Equal(11, summary.Split('\n').Count(line => line.StartsWith("| ❌ fail | ", StringComparison.Ordinal)));
        Assert.Equal(1, summary.Split('\n').Count(line => line.StartsWith("| ⚠️ note | ", StringComparison.Ordinal)));
        Assert.DoesNotContain("<b>", summary);
        Assert.All(summary.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(4, line.Count(letter => letter == '|')));
    }

    [Fact]
    public void Text_is_asked_for_where_GitHub_is_there_too()
    {
        using var folder = new CheckFolder();
        folder.Variables["GITHUB_ACTIONS"] = "true";
        var (_, output, _) = folder.Check(Scenes.Stale("x"), "  - id: a\n    findings: {none: HWA-K002}", "", "--format", "text");
        Assert.DoesNotContain("::error", output);
    }

    [Fact]
    public void Json_has_each_verdict_and_what_breaks_it()
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Check(
            Scenes.Stale("x"), "  - id: a\n    findings: {none: HWA-K002}\n  - id: b\n    select: connections\n    expect: max(conn.requests) == 2", "", "--json");
        Assert.Equal((1, ""), (code, error));
        var lines = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["verdict", "counterexample", "verdict"], lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal("failed", lines[0].GetProperty("check.outcome").GetString());
        Assert.Equal("HWA-K002", lines[1].GetProperty("finding.id").GetString());
        Assert.Equal(0, lines[1].GetProperty("conn.id").GetInt32());
        Assert.Equal("max(conn.requests)=2", lines[2].GetProperty("check.measured")[0].GetString());
    }

    [Fact]
    public void A_baseline_takes_what_was_known_for_nothing()
    {
        using var folder = new CheckFolder();
        const string Claim = "  - id: a\n    findings: {none: HWA-K002}";
        folder.Check(Scenes.Stale("x"), Claim);
        var (_, known, _) = folder.Run("findings", "--json", folder["scene.pcap"]);
        folder.Write("known.json", known);
        Assert.Equal(0, folder.Check(Scenes.Stale("x"), Claim, "", "--baseline", folder["known.json"]).Code);
        Assert.Equal(1, folder.Check(Scenes.Stale("other"), Claim, "", "--baseline", folder["known.json"]).Code);
        const string NewSince = "  - id: a\n    findings: {new_since: known.json, severity: warning}";
        Assert.Equal(0, folder.Check(Scenes.Stale("x"), NewSince).Code);
        Assert.Equal(1, folder.Check(Scenes.Stale("other"), NewSince).Code);
    }
}
