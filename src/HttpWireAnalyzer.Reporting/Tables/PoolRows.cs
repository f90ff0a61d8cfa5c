using System.Globalization;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of pools for people.</summary>
public static class PoolRows
{
    public static readonly IReadOnlyList<Column> Columns =
    [
        new("#", IsNumber: true),
        new("client"),
        new("server"),
        new("conns", IsNumber: true),
        new("open", IsNumber: true, LeaveOut: 4),
        new("busy", IsNumber: true),
        new("idle", IsNumber: true, LeaveOut: 3),
        new("req", IsNumber: true),
        new("reuse", IsNumber: true),
        new("age", IsNumber: true, LeaveOut: 2),
        new("idle survived", IsNumber: true, LeaveOut: 6),
        new("connects", IsNumber: true, LeaveOut: 1),
        new("closed C/S/RST", LeaveOut: 5),
        new("failed", IsNumber: true, LeaveOut: 7),
        new("retried", IsNumber: true, LeaveOut: 8),
        new("hosts"),
    ];

    public static void Add(PoolReport pools, AlignedColumns table)
    {
        foreach (var pool in pools.Pools)
        {
            table.Add(CellsOf(pool));
        }
    }

    private static string[] CellsOf(PoolRecord pool)
    {
        var connections = pool.Connections;
        var exchanges = pool.Exchanges;
        return
        [
            Plain(pool.Id),
            pool.Client.ToString(),
            pool.Server.ToString(),
            Plain(connections.Total),
            Plain(pool.Occupancy.Open.Max),
            Plain(pool.Occupancy.Busy.Max),
            Plain(pool.Occupancy.Idle.Max),
            Plain(exchanges.Total),
            exchanges.Total == 0 ? Quantity.None : Quantity.Percent(exchanges.Reusing, exchanges.Total),
            Quantity.DurationOrDash(connections.Age.Median),
            Quantity.DurationOrDash(exchanges.MaxIdleBefore),
            Quantity.Duration(connections.ConnectTime),
            $"{Plain(connections.ClosedByClient)}/{Plain(connections.ClosedByServer)}/{Plain(connections.Reset)}",
            Plain(exchanges.Failed),
            Plain(exchanges.Retries),
            PrintableText.Of(string.Join(", ", pool.Hosts)) + (pool.HasMoreHosts ? ", …" : ""),
        ];
    }

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}
