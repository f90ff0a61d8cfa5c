using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Tui.Columns.CellText;
using Column = HttpWireAnalyzer.Tui.Columns.ListColumn<HttpWireAnalyzer.Analysis.Pools.PoolRecord>;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of pools.</summary>
internal static class PoolColumns
{
    private static readonly Column Client = new(
        "client", 9, 39, 0, false, (in pool) => pool.Client.ToString(), (in pool) => new SortKey(pool.Client.High, pool.Client.Low, null),
        (in pool) => Is("pool.client", pool.Client));

    private static readonly Column Server = new(
        "server", 9, 47, 0, false, (in pool) => pool.Server.ToString(), (in pool) => SortKey.Of(pool.Server),
        (in pool) => PoolsTo(pool.Server), IsEndpoint: true);

    private static readonly Column Connections = new(
        "conns", 5, 9, 0, true, (in pool) => Plain(pool.Connections.Total), (in pool) => SortKey.Of(pool.Connections.Total),
        (in pool) => $"pool.connections >= {Plain(pool.Connections.Total)}");

    private static readonly Column Requests = new(
        "req", 4, 9, 0, true, (in pool) => Plain(pool.Exchanges.Total), (in pool) => SortKey.Of(pool.Exchanges.Total),
        (in pool) => $"pool.exchanges >= {Plain(pool.Exchanges.Total)}");

    private static readonly Column Reuse = new(
        "reuse", 6, 7, 0, true, (in pool) => pool.Exchanges.Total == 0 ? None : Quantity.Percent(pool.Exchanges.Reusing, pool.Exchanges.Total),
        (in pool) => SortKey.Of(pool.Exchanges.Total == 0 ? -1 : pool.Exchanges.Reusing * 1_000_000 / pool.Exchanges.Total),
        (in pool) => pool.Exchanges.Total == 0 ? "!pool.reuse_ratio" : pool.Exchanges.Reusing > 0 ? "pool.reuse_ratio > 0" : "pool.reuse_ratio == 0");

    private static readonly Column Open = new(
        "open max", 8, 8, 2, true, (in pool) => Plain(pool.Occupancy.Open.Max), (in pool) => SortKey.Of(pool.Occupancy.Open.Max),
        (in pool) => Is("pool.open.max", pool.Occupancy.Open.Max));

    private static readonly Column Busy = new(
        "busy max", 8, 8, 1, true, (in pool) => Plain(pool.Occupancy.Busy.Max), (in pool) => SortKey.Of(pool.Occupancy.Busy.Max),
        (in pool) => Is("pool.busy.max", pool.Occupancy.Busy.Max));

    private static readonly Column IdleMax = new(
        "idle max", 8, 8, 5, true, (in pool) => Plain(pool.Occupancy.Idle.Max), (in pool) => SortKey.Of(pool.Occupancy.Idle.Max),
        (in pool) => Is("pool.idle.max", pool.Occupancy.Idle.Max));

    private static readonly Column Connects = new(
        "connects", 9, 11, 3, true, (in pool) => NoneHasLeft(pool) ? None : Quantity.Duration(pool.Connections.ConnectTime), (in pool) => SortKey.Of(pool.Connections.ConnectTime),
        (in pool) => AtLeast("pool.connect_time", pool.Connections.ConnectTime));

    private static readonly Column Closes = new(
        "closes", 9, 16, 4, true,
        (in pool) => NoneHasLeft(pool) ? None : $"{Plain(pool.Connections.ClosedByClient)}/{Plain(pool.Connections.ClosedByServer)}/{Plain(pool.Connections.Reset)}",
        (in pool) => SortKey.Of(pool.Connections.Reset), (in pool) => pool.Connections.Reset > 0 ? "pool.closed_by.rst > 0" : "pool.closed_by.rst == 0");

    private static readonly Column Survived = new(
        "idle survived", 11, 13, 6, true, (in pool) => Quantity.DurationOrDash(pool.Exchanges.MaxIdleBefore), (in pool) => SortKey.Of(pool.Exchanges.MaxIdleBefore),
        (in pool) => AtLeast("pool.idle_before_reuse.max", pool.Exchanges.MaxIdleBefore));

    private static readonly Column Failed = new(
        "failed", 6, 7, 2, true, (in pool) => Plain(pool.Exchanges.Failed), (in pool) => SortKey.Of(pool.Exchanges.Failed),
        (in pool) => pool.Exchanges.Failed > 0 ? "pool.failed > 0" : "pool.failed == 0");

    private static readonly Column Retried = new(
        "retried", 7, 7, 7, true, (in pool) => Plain(pool.Exchanges.Retries), (in pool) => SortKey.Of(pool.Exchanges.Retries),
        (in pool) => pool.Exchanges.Retries > 0 ? "pool.retries > 0" : "pool.retries == 0");

    private static readonly Column Hosts = new(
        "hosts", 8, 60, 8, false, (in pool) => PrintableText.OfWire(string.Join(", ", pool.Hosts)) + (pool.HasMoreHosts ? ", …" : ""),
        (in pool) => SortKey.Of(pool.Hosts.Count > 0 ? pool.Hosts[0] : null), (in pool) => pool.Hosts.Count > 0 ? IsText("pool.hosts", pool.Hosts[0]) : null);

    public static readonly IReadOnlyList<ColumnSet<PoolRecord>> Sets =
    [
        new([Client, Server, Connections, Requests, Reuse, Open, Busy, IdleMax, Connects, Closes, Survived, Failed, Retried, Hosts]),
    ];

    /// <summary>How connections opened and closed is not known of any.</summary>
    private static bool NoneHasLeft(PoolRecord pool) => pool.Connections.Present == pool.Connections.Total;

    public static bool Accepts(BoundFilter filter, PoolRecord pool) =>
        new WholeQuestion(filter, truths: null).Accepts(sink => PoolFields.Write(pool, sink), connection: -1);
}
