using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.Tui;

/// <summary>What moves a list's cursor, filters it and sorts it.</summary>
internal static class ListUpdate
{
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);

    /// <summary>The cursor at a row, and the row on the screen.</summary>
    public static ListState At(Model model, ListState list, int cursor)
    {
        var rows = model.RowsOf(list);
        var shown = Geometry.ListRows(model);
        var at = int.Clamp(cursor, 0, int.Max(0, rows - 1));
        var top = int.Clamp(list.Top, int.Max(0, at - shown + 1), at);
        return list with { Cursor = at, Top = int.Clamp(top, 0, int.Max(0, rows - shown)) };
    }

    public static Step Move(Model model, int cursor) => model.List is { } list
        ? DetailUpdate.Preview(model.With(At(model, list, cursor)) with { Follows = model.Follows && cursor >= model.RowsOf(list) - 1 })
        : model;

    /// <summary>Cursors where they were, as far as there is such a row.</summary>
    public static Model Kept(Model model)
    {
        foreach (var list in (ReadOnlySpan<ListState>)[model.Connections, model.Exchanges, model.Pools, model.Findings, model.Ports])
        {
            model = model.With(At(model, list, list.Cursor));
        }

        return model;
    }

    /// <summary>More rows are there.</summary>
    public static Step Grown(Model model)
    {
        if (model.Follows && model.List is { } followed)
        {
            model = model.With(At(model, followed, int.MaxValue));
        }

        model = Rearranged(Rearranged(Kept(model), ListKind.Pools).Model, ListKind.Findings).Model;
        return Again(model, model.Connections).Then(grown => Again(grown, grown.Exchanges));
    }

    /// <summary>Filters and sorts a list as it is to be now.</summary>
    public static Step Arrange(Model model, ListState list)
    {
        // The cursor goes with its row; at the top of what is to be sorted it stays there, for what comes first is asked for.
        var row = list.IsArranged && list.Cursor == 0 ? -1 : model.RowAt(list, list.Cursor);
        if (list.Kind is ListKind.Pools or ListKind.Findings or ListKind.Ports)
        {
            var head = GroupUpdate.HeadAt(list, list.Cursor)?.Rule;
            var arranged = Rearranged(model.With(list), list.Kind).Model;
            var now = arranged.ListOf(list.Kind);
            return arranged.With(At(arranged, now, now.PlaceOf(row, head)));
        }

        if (!list.IsArranged)
        {
            // Its own order is there at once.
            var plain = list with { Order = null, IsWaiting = false, Asked = list.Asked + 1 };
            return DetailUpdate.Preview(model.With(At(model.With(plain), plain, row)));
        }

        var asked = list with { Asked = list.Asked + 1, AskedAt = model.Capture.Packets, IsWaiting = true };
        return new Step(
            model.With(asked),
            new Arrange(list.Kind, asked.Asked, list.Filter, list.Sort, list.IsDescending, RowsThere(model, list.Kind), row, model.Wording.Language));
    }

    /// <summary>The short lists are arranged at once.</summary>
    public static Step Rearranged(Model model, ListKind kind)
    {
        var list = model.ListOf(kind);
        var request = new Arrange(kind, 0, list.Filter, list.Sort, list.IsDescending, 0, -1, model.Wording.Language);
        var filter = list.Filter.Length == 0 ? null : FilterBinder.Bind(list.Filter, ScopeOf(list), out _);
        var order = !list.IsArranged && !list.IsGrouped ? null : kind switch
        {
            ListKind.Ports => Arranger.Ports(model.Standings ?? [], request, filter),
            ListKind.Findings => Findings(model, list, request, filter),
            _ => Arranger.Pools(model.Capture.Pools?.Pools ?? [], request, filter),
        };
        var arranged = list with { Order = order };
        return model.With(At(model.With(arranged), arranged, arranged.Cursor));
    }

    public static Step Take(Model model, Arranged arranged)
    {
        var list = model.ListOf(arranged.List);
        if (list.Asked != arranged.Asked)
        {
            return model;
        }

        var taken = list with
        {
            Order = arranged.Order,
            IsWaiting = false,
            AgainAt = model.Capture.Elapsed + LeastWait + (3 * arranged.Took),
        };
        var cursor = model.Follows ? int.MaxValue : int.Max(0, arranged.Cursor);
        return Again(model.With(At(model.With(taken), taken, cursor)), taken.Kind).Then(DetailUpdate.Preview);
    }

    public static Step Fail(Model model, ArrangeFailed failed)
    {
        var list = model.ListOf(failed.List);
        return list.Asked == failed.Asked
            ? Update.Say(model.With(list with { IsWaiting = false }), failed.Failure, isError: true)
            : model;
    }

    /// <summary>Sorted by the column under the cursor; once more by the same, and it is as captured.</summary>
    public static Step Sort(Model model, ListState list, bool isDescending)
    {
        var names = ColumnNames(list);
        var name = names[int.Min(list.Column, names.Count - 1)];
        var isSame = list.Sort == name && list.IsDescending == isDescending;
        var sorted = list with { Sort = isSame ? null : name, IsDescending = !isSame && isDescending };
        return Arrange(isSame ? model : Update.Say(model, Update.Text(model.Wording.SortedBy, SortText(sorted))), sorted);
    }

    public static Step Filter(Model model, ListState list, string filter)
    {
        var history = filter.Length == 0 ? model.History : model.History.Remove(filter).Insert(0, filter);
        return Arrange(model with { History = history }, list with { Filter = filter });
    }

    /// <summary>Columns of the set that is shown, by their names.</summary>
    public static IReadOnlyList<string> ColumnNames(ListState list) => list.Kind switch
    {
        ListKind.Connections => Names(ConnectionColumns.Sets(default), list),
        ListKind.Exchanges => Names(ExchangeColumns.Sets(default), list),
        ListKind.Pools => Names(PoolColumns.Sets, list),
        ListKind.Findings => Names(FindingColumns.Sets(default), list),
        _ => Names(PortColumns.Sets, list),
    };

    public static int ColumnSets(Model model, ListState list) => list.Kind switch
    {
        ListKind.Connections => model.HasProcesses ? ConnectionColumns.ProcessSet + 1 : ConnectionColumns.ProcessSet,
        ListKind.Exchanges => ExchangeColumns.Sets(default).Count,
        _ => 1,
    };

    public static string SortText(ListState list) => (list.IsDescending ? "-" : "") + list.Sort;

    /// <summary>The filter that the cell under the cursor makes; null where it makes none.</summary>
    public static string? TermOfCell(Model model)
    {
        if (model.List is not { } list || model.RowAt(list, list.Cursor) is not (>= 0 and var row))
        {
            return null;
        }

        return list.Kind switch
        {
            ListKind.Connections => Column(ConnectionColumns.Sets(default), list).Term(model.Capture.Rows.Connections[row]),
            ListKind.Exchanges => Column(ExchangeColumns.Sets(default), list).Term(model.Capture.Rows.Exchanges[row]),
            ListKind.Pools => Column(PoolColumns.Sets, list).Term(model.Capture.Pools!.Pools[row]),
            ListKind.Findings => Column(FindingColumns.Sets(default), list).Term(new FindingRow(model.Capture.Findings!.Findings[row])),
            _ => Column(PortColumns.Sets, list).Term(model.Standings![row]),
        };
    }

    /// <summary>The nearest row, in that direction, that something went wrong with; null where there is none.</summary>
    public static int? Evidence(Model model, ListState list, int direction)
    {
        var (order, rows) = (list.Order?.Rows, model.RowsOf(list));
        var (from, end) = (list.Cursor + direction, direction > 0 ? rows : -1);
        if (from < 0 || from >= rows)
        {
            return null;
        }

        var place = list.Kind == ListKind.Connections
            ? model.Capture.Rows.Connections.Find(
                order, from, end, direction, static (in row) => row is { Severity: RowSeverity.Error } or { RuleSeverity: >= Severity.Warning })
            : model.Capture.Rows.Exchanges.Find(order, from, end, direction, static (in row) => row.Severity == RowSeverity.Error);
        return place < 0 ? null : place;
    }

    public static FilterScope ScopeOf(ListState list) => list.Kind switch
    {
        ListKind.Connections => FilterScope.Connections,
        ListKind.Exchanges => FilterScope.Exchanges,
        ListKind.Findings => FindingFields.Own,
        ListKind.Ports => FilterScope.Ports,
        _ => FilterScope.Pools,
    };

    private static Step Again(Model model, ListKind kind) => Again(model, model.ListOf(kind));

    /// <summary>Rows that came since are arranged too, now and then.</summary>
    private static Step Again(Model model, ListState list)
    {
        var isDue = model.Capture.Phase is CapturePhase.Done or CapturePhase.Failed || model.Capture.Elapsed >= list.AgainAt;
        return list is { IsArranged: true, IsWaiting: false } && isDue && list.AskedAt != model.Capture.Packets
            ? Arrange(model, list)
            : model;
    }

    private static RowOrder Findings(Model model, ListState list, Arrange request, BoundFilter? filter)
    {
        var findings = model.Capture.Findings?.Findings ?? [];
        var order = Arranger.Findings(findings, request, filter);
        return list.IsGrouped ? FindingGrouping.Of(findings, order.Rows, list.OpenRules) : order;
    }

    private static int RowsThere(Model model, ListKind kind) =>
        kind == ListKind.Connections ? model.Capture.Connections : model.Capture.Exchanges;

    private static IReadOnlyList<string> Names<TRow>(IReadOnlyList<ColumnSet<TRow>> sets, ListState list) =>
        [.. sets[list.ColumnSet].Columns.Select(column => column.Name)];

    private static ListColumn<TRow> Column<TRow>(IReadOnlyList<ColumnSet<TRow>> sets, ListState list)
    {
        var columns = sets[list.ColumnSet].Columns;
        return columns[int.Min(list.Column, columns.Count - 1)];
    }
}
