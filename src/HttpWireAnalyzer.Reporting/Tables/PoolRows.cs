using System.Globalization;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of pools for people.</summary>
public static class PoolRows
{
    public static IReadOnlyList<Column> Columns(Language language) =>
    [
        new("#", IsNumber: true),
        new(language.Say("client", "클라이언트")),
        new(language.Say("server", "서버")),
        new(language.Say("conns", "연결"), IsNumber: true),
        new(language.Say("open", "열림"), IsNumber: true, LeaveOut: 4),
        new(language.Say("busy", "사용 중"), IsNumber: true, LeaveOut: 10),
        new(language.Say("idle", "유휴"), IsNumber: true, LeaveOut: 3),
        new(language.Say("req", "요청"), IsNumber: true, LeaveOut: 12),
        new(language.Say("reuse", "재사용"), IsNumber: true, LeaveOut: 11),
        new(language.Say("age", "나이"), IsNumber: true, LeaveOut: 2),
        new(language.Say("idle survived", "견딘 유휴"), IsNumber: true, LeaveOut: 6),
        new(language.Say("connects", "연결 시간"), IsNumber: true, LeaveOut: 1),
        new(language.Say("closed C/S/RST", "닫음 C/S/RST"), LeaveOut: 5),
        new(language.Say("failed", "실패"), IsNumber: true, LeaveOut: 7),
        new(language.Say("retried", "재시도"), IsNumber: true, LeaveOut: 8),
        new(language.Say("hosts", "호스트"), LeaveOut: 9, Least: 8),
    ];

    public static void Add(IEnumerable<PoolRecord> pools, IRowSink table)
    {
        foreach (var pool in pools)
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
            PrintableText.OfWire(string.Join(", ", pool.Hosts)) + (pool.HasMoreHosts ? ", …" : ""),
        ];
    }

    private static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);
}
