using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Findings below their rules.</summary>
public sealed class GroupTests : IDisposable
{
    private readonly ScreenSession _session = ScreenSession.Of("http/dumb-proxy-chain", 120, 40);

    public GroupTests() => _session.Press("5");

    public void Dispose() => _session.Dispose();

    private ListState List => _session.Model.Findings;

    private int Rows => _session.Model.RowsOf(List);

    private string RuleAtCursor => OpenUpdate.FindingAt(_session.Model)!.Rule.Id;

    [Theory]
    [InlineData("o")]
    [InlineData("`")]
    public void A_rule_is_listed_once_with_how_often_it_found_something(string key)
    {
        var findings = _session.Model.Capture.Findings!.Findings;
        _session.Press(key);
        var heads = List.Order!.Heads!;
        Assert.Equal(findings.Select(finding => finding.Rule.Id).Distinct(), heads.Select(head => head!.Rule.Id));
        Assert.Equal(findings.Count, heads.Sum(head => head!.Count));
        Assert.All(Enumerable.Range(0, Rows), place =>
        {
            var worst = findings.Where(finding => finding.Rule == heads[place]!.Rule).Max(finding => finding.Severity);
            Assert.Equal(worst, findings[_session.Model.RowAt(List, place)].Severity);
        });
        Assert.Matches("✖▸ +HWA-P001 +× 2 ", _session.Draw());
    }

    [Fact]
    public void Enter_opens_a_rule_and_closes_it_and_opens_findings_as_ever()
    {
        _session.Press("o");
        var closed = Rows;
        var count = GroupUpdate.HeadAt(_session.Model)!.Count;
        _session.Press("Enter");
        Assert.Equal(closed + count, Rows);
        Assert.Equal(ViewKind.Findings, _session.Model.View);
        Assert.Contains("▾", _session.Draw(), StringComparison.Ordinal);
        _session.Press("j");
        Assert.Null(GroupUpdate.HeadAt(_session.Model));
        Assert.Equal(ViewKind.Story, _session.Press("Enter").Model.View);
        _session.Press("q", "k", "Enter");
        Assert.Equal((ViewKind.Findings, closed), (_session.Model.View, Rows));
    }

    /// <summary>Sorted, filtered, and as they were again: one looks at the same finding, or the same rule.</summary>
    [Theory]
    [InlineData("s")]
    [InlineData("S")]
    [InlineData("l", "s")]
    [InlineData("l", "l", "S")]
    [InlineData("o", "s")]
    [InlineData("o", "l", "S")]
    public void The_cursor_goes_with_its_row(params string[] keys)
    {
        _session.Press(keys[0] == "o" ? "o" : "g").Press("j", "j");
        var finding = OpenUpdate.FindingAt(_session.Model);
        _session.Press([.. keys.Where(key => key != "o")]);
        Assert.Same(finding, OpenUpdate.FindingAt(_session.Model));
        _session.Press("/").Type($"finding.id == \"{finding!.Rule.Id}\"").Press("Enter");
        Assert.Same(finding, OpenUpdate.FindingAt(_session.Model));
        _session.Press("Escape");
        Assert.Same(finding, OpenUpdate.FindingAt(_session.Model));
    }

    /// <summary>On a finding below its rule, which stands in the rule's row too where it is the worst.</summary>
    [Fact]
    public void The_cursor_stays_below_its_rule()
    {
        _session.Press("o", "Enter", "j", "s");
        Assert.Null(GroupUpdate.HeadAt(_session.Model));
        _session.Press("k");
        Assert.NotNull(GroupUpdate.HeadAt(_session.Model));
    }

    [Fact]
    public void The_cursor_stays_with_what_it_was_on()
    {
        _session.Press("G");
        var (row, rule) = (List.Cursor, RuleAtCursor);
        Assert.Equal(rule, GroupUpdate.HeadAt(_session.Press("o").Model)!.Rule.Id);
        _session.Press("Enter", "j");
        Assert.Equal(rule, RuleAtCursor);
        _session.Press("o");
        Assert.Null(List.Order);
        Assert.Equal(rule, RuleAtCursor);
        Assert.InRange(List.Cursor, 0, row);
    }

    /// <summary>A rule stands for the worst of its findings: what can be asked of that can be asked of it.</summary>
    [Fact]
    public void A_rule_is_explained_filtered_by_copied_and_claimed()
    {
        var rule = _session.Press("o", "j").Model is var model ? GroupUpdate.HeadAt(model)!.Rule : null;
        Assert.Contains(rule!.Id, _session.Press("y").Copied, StringComparison.Ordinal);
        Assert.Equal(rule, _session.Press("i").Model.Rule!.Card);
        Assert.Contains(rule.Id, _session.Press("q", "a").Model.Assertion!.Text, StringComparison.Ordinal);
        _session.Press("q", "l", "f", "=");
        Assert.Equal(($"finding.id == \"{rule.Id}\"", 1), (List.Filter, Rows));
        Assert.Equal(1 + List.Order!.Heads![0]!.Count, _session.Press("Enter").Model.RowsOf(_session.Model.Findings));
        Assert.Equal(ViewKind.Packets, _session.Press("e").Model.View);
    }

    [Fact]
    public void Rules_are_sorted_as_their_findings_are()
    {
        _session.Press("o").Type(":sort -rule").Press("Enter");
        var ids = List.Order!.Heads!.Select(head => head!.Rule.Id).ToList();
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void A_capture_without_findings_has_no_rules()
    {
        using var none = ScreenSession.Of("tcp/client-closes-first");
        Assert.Equal(0, none.Press("5", "o").Model.RowsOf(none.Model.Findings));
        none.Draw();
    }
}
