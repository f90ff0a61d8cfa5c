using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Puts rows in order: those that are accepted, sorted by a column. For a thread beside the screen's.</summary>
internal static class Arranger
{
    /// <param name="accepted">Null accepts all.</param>
    public static RowOrder Connections(CaptureRows rows, Arrange request, AcceptedRows? accepted, CancellationToken stop) =>
        Of(rows.Connections, request, accepted is null ? null : accepted.Has, SortedBy(ConnectionColumns.Sets(request.Language), request), stop);

    public static RowOrder Exchanges(CaptureRows rows, Arrange request, AcceptedRows? accepted, CancellationToken stop) =>
        Of(rows.Exchanges, request, accepted is null ? null : accepted.Has, SortedBy(ExchangeColumns.Sets(request.Language), request), stop);

    public static RowOrder Pools(IReadOnlyList<PoolRecord> pools, Arrange request, BoundFilter? filter) =>
        Of(pools, request, filter is null ? null : (in pool) => PoolColumns.Accepts(filter, pool), SortedBy(PoolColumns.Sets, request));

    public static RowOrder Findings(IReadOnlyList<Finding> findings, Arrange request, BoundFilter? filter)
    {
        var key = SortedBy(FindingColumns.Sets(request.Language), request);
        return Of(
            findings,
            request,
            filter is null ? null : (in finding) => FindingColumns.Accepts(filter, finding, request.Language),
            key is null ? null : (in finding) => key(new FindingRow(finding)));
    }

    public static RowOrder Ports(IReadOnlyList<PortStanding> standings, Arrange request, BoundFilter? filter) =>
        Of(standings, request, filter is null ? null : (in row) => PortColumns.Accepts(filter, row), SortedBy(PortColumns.Sets, request));

    /// <summary>The column may be in a set that is not shown.</summary>
    private static KeyOf<TRow>? SortedBy<TRow>(IReadOnlyList<ColumnSet<TRow>> sets, Arrange request) =>
        sets.SelectMany(set => set.Columns).FirstOrDefault(column => column.Name == request.Sort)?.Key;

    private static RowOrder Of<TRow>(IReadOnlyList<TRow> rows, Arrange request, Accepts<TRow>? accepts, KeyOf<TRow>? key)
    {
        var keys = new List<Keyed>();
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            if (accepts is null || accepts(row))
            {
                keys.Add(new Keyed(key?.Invoke(row) ?? default, place));
            }
        }

        return Sorted(keys, key is not null, request.IsDescending);
    }

    private static RowOrder Of<TRow>(
        PagedRows<TRow> rows, Arrange request, Accepts<TRow>? accepts, KeyOf<TRow>? key, CancellationToken stop)
        where TRow : struct
    {
        var keys = new List<Keyed>();
        var page = new TRow[PagedRows<TRow>.PageSize];
        for (var at = 0; at < request.Rows; at += page.Length)
        {
            stop.ThrowIfCancellationRequested();
            var read = int.Min(rows.CopyPage(at / page.Length, page), request.Rows - at);
            for (var i = 0; i < read; i++)
            {
                if (accepts is null || accepts(page[i]))
                {
                    keys.Add(new Keyed(key?.Invoke(page[i]) ?? default, at + i));
                }
            }
        }

        return Sorted(keys, key is not null, request.IsDescending);
    }

    private static RowOrder Sorted(List<Keyed> keys, bool isSorted, bool isDescending)
    {
        if (isSorted)
        {
            // Of equal ones the first stays the first, whichever way.
            keys.Sort(isDescending
                ? static (one, other) => other.Key.CompareTo(one.Key) is var order and not 0 ? order : one.Place.CompareTo(other.Place)
                : static (one, other) => one.Key.CompareTo(other.Key) is var order and not 0 ? order : one.Place.CompareTo(other.Place));
        }

        var places = new int[keys.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = keys[i].Place;
        }

        return new RowOrder(places);
    }

    private delegate bool Accepts<TRow>(in TRow row);

    private readonly record struct Keyed(SortKey Key, int Place);
}
