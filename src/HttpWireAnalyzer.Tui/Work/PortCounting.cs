using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Counts ports that are taken, as hwa ports does, out of the rows of connections: when it is asked for, and no earlier.</summary>
internal static class PortCounting
{
    /// <summary>Pools that are kept, those with most connections: each may take 64 KiB (<see cref="PortUse"/>).</summary>
    private const int Kept = 1000;

    /// <summary>The fullest first; of equal ones, the one whose connection opened first.</summary>
    public static IReadOnlyList<PortStanding> Of(CaptureRows rows, int count, PortProfile profile, CancellationToken stop)
    {
        var opened = new Dictionary<PoolName, int>();
        var inOrder = new List<PoolName>();
        ForEach(rows, count, (in row) =>
        {
            var pool = PoolOf(row);
            if (!opened.TryGetValue(pool, out var before))
            {
                inOrder.Add(pool);
            }

            opened[pool] = before + 1;
        }, stop);
        var uses = inOrder.OrderByDescending(pool => opened[pool]).Take(Kept).ToDictionary(pool => pool, _ => new PortUse(profile.TimeWait));
        ForEach(rows, count, (in row) =>
        {
            if (uses.TryGetValue(PoolOf(row), out var use))
            {
                var isKept = !row.Has(RowFlags.TimeWaitReset);
                use.Add(new PortTerm(
                    row.ClientPort,
                    row.Start,
                    row.Last,
                    ClosedAt(row),
                    isKept && row.Has(RowFlags.ClientTimeWait),
                    isKept && row.Has(RowFlags.ServerTimeWait)));
            }
        }, stop);
        return
        [
            .. inOrder.Where(uses.ContainsKey)
                .Select(pool => new PortStanding(pool, uses[pool], PortForecast.Of(uses[pool], profile.Ports, profile.TimeWait)))
                .OrderByDescending(standing => standing.Forecast.Utilisation),
        ];
    }

    /// <summary>The ends' states are known when a connection leaves: until then FINs of both, or a RST, tell.</summary>
    private static Timestamp? ClosedAt(in ConnectionRow row) => row.Has(RowFlags.UnderWay)
        ? row.Has(RowFlags.ClientClosing) && row.Has(RowFlags.ServerClosing) ? row.Last : null
        : PortTerm.ClosedAt(row.How, row.ClientState, row.Last);

    private static PoolName PoolOf(in ConnectionRow row) => new(row.ClientAddress, row.Server);

    private static void ForEach(CaptureRows rows, int count, Told told, CancellationToken stop)
    {
        var page = new ConnectionRow[PagedRows<ConnectionRow>.PageSize];
        for (var at = 0; at < count; at += page.Length)
        {
            stop.ThrowIfCancellationRequested();
            var read = int.Min(rows.Connections.CopyPage(at / page.Length, page), count - at);
            foreach (ref readonly var row in page.AsSpan(0, read))
            {
                told(row);
            }
        }
    }

    private delegate void Told(in ConnectionRow row);
}
