using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.UnitTests.Checks;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>What a makes is fed back to hwa check: it is taken, and fails where what is under the cursor went wrong.</summary>
public sealed class AssertionTests : IDisposable
{
    private const int Passed = 0;
    private const int Failed = 1;

    /// <summary>Rows of each list of each capture; more are of no other kind.</summary>
    private const int MostRows = 4;

    private readonly CheckFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WorkTests.Cases), MemberType = typeof(WorkTests))]
    public void A_row_becomes_a_spec_that_is_taken(string capture)
    {
        using var session = ScreenSession.Of(capture);
        var rows = session.Model.Capture.Rows;
        foreach (var (view, list) in (ReadOnlySpan<(string, ListKind)>)[("2", ListKind.Connections), ("3", ListKind.Exchanges), ("4", ListKind.Pools), ("5", ListKind.Findings)])
        {
            session.Press(view);
            var count = int.Min(MostRows, session.Model.RowsOf(session.Model.List!));
            for (var row = 0; row < count; row++)
            {
                session.Press(view, "g");
                for (var down = 0; down < row; down++)
                {
                    session.Press("j");
                }

                session.Press("a");
                Assert.Equal(ViewKind.Assertion, session.Model.View);
                var code = Check(capture, session.Copied!);
                var isWrong = list switch
                {
                    ListKind.Connections => rows.Connections[row].Severity == RowSeverity.Error,
                    ListKind.Exchanges => rows.Exchanges[row].Severity == RowSeverity.Error,
                    ListKind.Findings => true,
                    _ => false,
                };
                Assert.True(isWrong ? code == Failed : code is Passed or Failed, $"{capture} {list} {row}: {code}\n{session.Copied}");
            }
        }
    }

    [Fact]
    public void Selected_connections_are_a_claim_each()
    {
        using var session = ScreenSession.Of("http/haproxy-503");
        session.Press("j", "Space", "Space", "a");
        Assert.Equal(2, session.Copied!.Split("  - id: ").Length - 1);
        Assert.Equal(Failed, Check("http/haproxy-503", session.Copied));
    }

    [Fact]
    public void A_claim_of_what_was_well_passes()
    {
        using var session = ScreenSession.Of("http/http11-default-persistence");
        session.Press("a");
        Assert.Equal(Passed, Check("http/http11-default-persistence", session.Copied!));
    }

    [Fact]
    public void It_is_written_where_it_is_wanted_and_never_over_another()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post", language: Language.Korean);
        session.Press("5", "a", "w");
        Assert.Equal("w capture.hwa.yaml", session.Model.Prompt!.Line.Text);
        var path = _folder["kept.yaml"];
        session.Press("Ctrl-u").Type("w " + path).Press("Enter");
        Assert.False(session.Model.Notice!.IsError);
        Assert.Equal(session.Copied, _folder.Read("kept.yaml"));
        Assert.Equal(ViewKind.Findings, session.Press("q").Model.View);

        session.Press("a", ":").Type("w " + path).Press("Enter");
        Assert.True(session.Model.Notice!.IsError);
    }

    [Fact]
    public void Where_nothing_can_be_claimed_it_says_so()
    {
        using var session = ScreenSession.Of("http/haproxy-408");
        session.Press("5", "a");
        Assert.Equal((ViewKind.Findings, true, null), (session.Model.View, session.Model.Notice?.IsError, session.Copied));
    }

    private int Check(string capture, string spec)
    {
        var (code, _, error) = _folder.Write("spec.yaml", spec).Run(
            "check", _folder["spec.yaml"], Repository.CaptureOf(capture));
        // Of a capture that was cut off it is said, before it is judged.
        Assert.True(!error.Contains("spec.yaml", StringComparison.Ordinal), error + spec);
        return code;
    }
}
