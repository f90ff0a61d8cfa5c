using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Texts;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class ColumnTests
{
    private static readonly string[] Captures =
    [
        "http/retry-after-stale-reuse", "http/keep-alive-countdown", "http/connect-tunnel", "http/picked-up-midstream",
        "tcp/syn-unanswered", "tcp/close-wait-leak", "tcp/retransmission", "http/truncated-content-length", "http/http10-keep-alive",
    ];

    /// <summary>A filter made of a cell is understood, and accepts the row that it was made of.</summary>
    [Fact]
    public void A_cell_makes_a_filter_that_accepts_its_row()
    {
        foreach (var capture in Captures)
        {
            using var session = ScreenSession.Of(capture, 200, 50);
            foreach (var (view, kind, sets) in (ReadOnlySpan<(string, ListKind, int)>)[
                ("2", ListKind.Connections, ConnectionColumns.ProcessSet), ("3", ListKind.Exchanges, ExchangeColumns.Sets(default).Count), ("4", ListKind.Pools, 1), ("5", ListKind.Findings, 1), ("6", ListKind.Ports, 1)])
            {
                for (var set = 0; set < sets; set++)
                {
                    session.Press(view);
                    foreach (var column in Enumerable.Range(0, ListUpdate.ColumnNames(session.Model.List!).Count))
                    {
                        Accepts(session, capture, column);
                    }

                    session.Press("c");
                }

                Assert.Equal(kind, session.Model.List!.Kind);
            }
        }
    }

    /// <summary>What is about a pool begins with its name, which has a column of its own.</summary>
    [Fact]
    public void What_was_seen_does_not_repeat_whose_it_is()
    {
        using var session = ScreenSession.Of("http/close-per-request");
        var findings = session.Model.Capture.Findings!.Findings;
        var named = findings.Where(finding => finding.Subject.Pool is { } pool
            && PhraseText.Of(finding.Says, finding.Measured, Language.English).StartsWith($"{pool}: ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(named);
        var says = FindingColumns.Sets(Language.English)[0].Columns.Single(column => column.Name == "says");
        Assert.All(named, finding =>
        {
            var seen = says.Cell(new FindingRow(finding));
            Assert.NotEmpty(seen);
            Assert.Equal(PhraseText.Of(finding.Says, finding.Measured, Language.English), $"{finding.Subject.Pool}: {seen}");
        });
    }

    /// <summary>As hwa exchanges says it: a connection that was open before the capture began had nothing to open.</summary>
    [Fact]
    public void The_first_request_of_a_connection_that_was_open_is_not_cold()
    {
        using var session = ScreenSession.Of("http/picked-up-midstream", 120, 30);
        var idle = ExchangeColumns.Sets(default)[0].Columns.Single(column => column.Name == "idle before");
        var row = session.Model.Capture.Rows.Exchanges[0];
        Assert.Equal((1, "–"), (row.Ordinal, idle.Cell(row)));
    }

    /// <summary>As hwa exchanges says it: how long before the end of its request it came.</summary>
    [Fact]
    public void An_early_answer_waited_less_than_no_time()
    {
        using var session = ScreenSession.Of("tcp/full-close-reset", 120, 30);
        var wait = ExchangeColumns.Sets(default)[0].Columns.Single(column => column.Name == "wait");
        var exchanges = session.Model.Capture.Rows.Exchanges;
        var rows = Enumerable.Range(0, session.Model.Capture.Exchanges).Select(place => exchanges[place]).ToList();
        var early = rows.Single(row => row.Wait < 0 && row.Status > 0 && row.Method is not null);
        Assert.StartsWith("-", wait.Cell(early), StringComparison.Ordinal);
        Assert.Equal("exchange.ttfb < 0s", wait.Term(early));
        var unknown = early with { Wait = ExchangeRow.Unknown };
        Assert.Equal("–", wait.Cell(unknown));
        Assert.Null(wait.Term(unknown));
        Assert.True(wait.Key(unknown).CompareTo(wait.Key(early)) < 0);
    }

    [Fact]
    public void Every_column_and_set_has_a_title()
    {
        string[] names =
        [
            .. ConnectionColumns.Sets(Language.Korean).SelectMany(set => set.Columns).Select(column => column.Name),
            .. ExchangeColumns.Sets(default).SelectMany(set => set.Columns).Select(column => column.Name),
            .. PoolColumns.Sets.SelectMany(set => set.Columns).Select(column => column.Name),
            .. FindingColumns.Sets(Language.Korean).SelectMany(set => set.Columns).Select(column => column.Name),
            .. PortColumns.Sets.SelectMany(set => set.Columns).Select(column => column.Name),
        ];
        Assert.All(Enum.GetValues<Language>(), language =>
        {
            Assert.All(names, name => Assert.True(Wording.In(language).Titles.ContainsKey(name), name));
            Assert.All(Enum.GetValues<ViewKind>(), view => Assert.True(Wording.In(language).Views.ContainsKey(view), view.ToString()));
        });
    }

    [Fact]
    public void Every_key_has_its_words()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var wording = Wording.In(language);
            Assert.All(Bindings.All, binding => Assert.True(wording.Acts.ContainsKey(binding.Act), binding.Act.ToString()));
            Assert.All(
                Bindings.All.Where(binding => binding.IsNamed),
                binding => Assert.True(wording.ShortActs.ContainsKey(binding.Act), binding.Act.ToString()));
        }
    }

    /// <summary>In no place does a key have two meanings.</summary>
    [Fact]
    public void A_key_means_one_thing_in_one_place()
    {
        foreach (var place in Enum.GetValues<Places>().Where(place => System.Numerics.BitOperations.IsPow2((int)place) && place != Places.Live))
        {
            var keys = Bindings.Of(place | Places.Live).SelectMany(binding => binding.Keys).ToList();
            Assert.Equal(keys.Distinct(), keys);
        }
    }

    [Theory]
    [InlineData("conn", 5)]
    [InlineData("client", 5)]
    [InlineData("why", 0)]
    public void A_list_is_sorted_by_any_column(string column, int first)
    {
        using var session = ScreenSession.Of("http/six-at-a-time");
        session.Press(":").Type($"sort -{column}").Press("Enter");
        Assert.Equal(first, session.Model.RowAt(session.Model.Connections, 0));
    }

    private static void Accepts(ScreenSession session, string capture, int column)
    {
        var rows = session.Model.RowsOf(session.Model.List!);
        for (var row = 0; row < int.Min(rows, 3); row++)
        {
            session.Send(new KeyPressed("g"));
            for (var i = 0; i < row; i++)
            {
                session.Press("j");
            }

            var list = session.Model.List!;
            var moved = session.Model.With(list with { Column = column });
            if (ListUpdate.TermOfCell(moved) is not { } term)
            {
                continue;
            }

            var at = session.Model.RowAt(list, list.Cursor);
            FilterBinder.Bind(term, ListUpdate.ScopeOf(list), out var error);
            Assert.True(error is null, $"{term}: {error?.Message}");
            session.Press(":").Type("filter " + term).Press("Enter");
            var filtered = session.Model.List!;
            var accepted = Enumerable.Range(0, session.Model.RowsOf(filtered)).Select(place => session.Model.RowAt(filtered, place));
            Assert.True(accepted.Contains(at), $"{capture}: {term} does not accept row {at}");
            session.Press("Escape");
        }
    }
}
