using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>
/// HWA-T007: an end that acknowledged the other's FIN and does not close: its socket stays in CLOSE_WAIT for as long as
/// its program lives. One finding for each pool and guilty end.
/// </summary>
/// <remarks>
/// Two shapes: it has not closed when the capture ends, long after; or it closed, or wrote, so late that the other end's socket
/// was gone and answered RST. Not flagged: an end that still sends (a half-close in use, HWA-T006), or whose late octets are a
/// request (HWA-K002), one that still owes an answer, a capture that ends sooner, a FIN of the capture's own holes, and
/// connections that the end in CLOSE_WAIT reset. Of an end that was not heard to send octets on a connection from before the capture,
/// nothing is said within <see cref="LastAnswer"/> of the capture's beginning, and only possible behind it: it may have closed before.
/// </remarks>
internal sealed class CloseWaitLeak(RuleSettings settings) : Rule(Entry, settings)
{
    private const int FewestOfShare = 3;

    /// <summary>No capture waits that long: files of different times were joined.</summary>
    private const long LongestWait = 30L * 24 * 3600 * Timestamp.NanosecondsPerSecond;

    /// <summary>Nanoseconds: who closed before the capture began has its FIN answered by then, or has given up (Linux tcp_fin_timeout).</summary>
    private const long LastAnswer = 60 * Timestamp.NanosecondsPerSecond;

    private static readonly RuleParameter Wait = new(
        "wait", MeasureUnit.Nanoseconds, 60 * Timestamp.NanosecondsPerSecond, "Linux gives FIN_WAIT_2 up after tcp_fin_timeout, 60 s");

    private static readonly RuleParameter LateWrite = new(
        "late_write", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a program that looks at its socket has seen the end of file by then");

    private static readonly RuleParameter ErrorShare = new(
        "error_share", MeasureUnit.Thousandths, 100, "of the pool's connections, from three leaks on");

    private static readonly RuleParameter ErrorCount = new(
        "error_count", MeasureUnit.Count, 100, "a tenth of 1024 open files, the usual limit of a process");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T007",
        Severity = Severity.Warning,
        Title = new Phrase("CLOSE_WAIT leak: one end does not close", "CLOSE_WAIT 누수: 한쪽이 소켓을 닫지 않음"),
        References = ["RFC 9293 §3.6", "haproxy/haproxy#1362", "haproxy/haproxy#2520", "jetty/jetty.project#2169", "sysown/proxysql#2908"],
        Advice =
        [
            new Phrase(
                "Mend the program on the {leaker}: it must read until end of file and close the socket on every path, errors included (look for responses whose bodies are not closed, and pools that never look at idle connections). No kernel setting ends CLOSE_WAIT.",
                "{leaker} 쪽 프로그램을 고치십시오. EOF까지 읽고, 오류 경로를 포함한 모든 경로에서 소켓을 닫아야 합니다(닫지 않은 응답 본문, 유휴 연결을 검사하지 않는 풀을 확인하십시오). CLOSE_WAIT를 끝내는 커널 설정은 없습니다."),
        ],
        Parameters = [Wait, LateWrite, ErrorShare, ErrorCount],
        RestsOnSilence = true,
    };

    private static readonly Phrase One = new(
        "The {closer} closed ({fin}) and the {leaker} acknowledged that ({fin_ack}), but has not closed its own end for {waited}: its socket stays in CLOSE_WAIT until its program calls close.",
        "{closer}가 연결을 닫았고({fin}) {leaker}가 이를 확인 응답했지만({fin_ack}) {waited} 동안 자기 쪽을 닫지 않았습니다. 프로그램이 close를 호출할 때까지 소켓은 CLOSE_WAIT에 머뭅니다.");

    private static readonly Phrase Wrote = new(
        "The {closer} closed ({fin}) and the {leaker} acknowledged that ({fin_ack}), but stayed in CLOSE_WAIT for {waited} and then still wrote: the {closer}'s socket was gone, and RST ({rst}) answered.",
        "{closer}가 연결을 닫았고({fin}) {leaker}가 이를 확인 응답했지만({fin_ack}) {waited} 동안 CLOSE_WAIT에 머물다가 데이터를 보냈습니다. {closer}의 소켓은 이미 사라져 RST({rst})로 응답했습니다.");

    private static readonly Phrase Closed = new(
        "The {closer} closed ({fin}) and the {leaker} acknowledged that ({fin_ack}), but stayed in CLOSE_WAIT for {waited} before it closed as well: the {closer}'s socket was gone, and RST ({rst}) answered its FIN.",
        "{closer}가 연결을 닫았고({fin}) {leaker}가 이를 확인 응답했지만({fin_ack}) {waited} 동안 CLOSE_WAIT에 머문 뒤에야 닫았습니다. {closer}의 소켓은 이미 사라져 그 FIN에 RST({rst})로 응답했습니다.");

    private static readonly Phrase Many = new(
        "{leaks} of {connections} connections were closed by the {closer} and not by the {leaker}, the first ({fin}) for {waited}: sockets pile up in CLOSE_WAIT on the {leaker}.",
        "연결 {connections}개 가운데 {leaks}개를 {closer}는 닫았지만 {leaker}는 닫지 않았습니다. 첫 번째({fin})는 {waited} 동안 그대로였습니다. {leaker}에 CLOSE_WAIT 소켓이 쌓이고 있습니다.");

    private static readonly Phrase NothingOwed = new("no answer was owed", "보내야 할 응답이 남아 있지 않았음");
    private static readonly Phrase LongEnough = new("the capture goes on for long enough", "캡처가 충분히 오래 이어짐");

    private readonly ByPool<List<Leak>> _suspects = new();
    private int _kept;

    public override ConnectionTraits Connections => ConnectionTraits.HalfClosed | ConnectionTraits.Reset;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (LeakOf(connection) is { } leak && MayBeLong(leak) && findings.TryKeep(_kept))
        {
            _kept++;
            _suspects.Of(connection.Pool).Add(leak);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, suspects) in _suspects.InOrder)
        {
            foreach (var leaks in suspects
                .Select(leak => leak.Until(capture.Totals.Latest))
                .Where(leak => IsLong(leak) && !(leak.MayHaveClosed && leak.Fin.Time.Since(capture.Totals.Earliest) < LastAnswer))
                .GroupBy(leak => (leak.Closer, leak.MayHaveClosed)))
            {
                Report(pool, [.. leaks], capture.ConnectionsOf(pool, otherwise: 0), findings);
            }
        }
    }

    /// <summary>Null where that end may have had a reason not to close.</summary>
    private static Leak? LeakOf(ConnectionCase connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        var closer = tcp.Close.First;
        ref readonly var leaker = ref tcp.EndOf(closer.Other());
        var acknowledged = tcp.EndOf(closer).FinAcknowledged;
        var rst = tcp.EndOf(closer).Rst;
        if (connection.Record.AtClose.Outstanding || acknowledged.IsNone || leaker.HasUnseenFin || !leaker.Rst.IsNone)
        {
            return null;
        }

        return tcp.Close.How switch
        {
            // What it last sent, with octets behind the FIN, may have been some of them.
            CloseManner.HalfClosed when leaker.State == TcpState.CloseWait => new Leak(
                connection.Number, closer, tcp.Close.Packet, acknowledged,
                tcp.Close.HalfCloseOctets > 0 ? leaker.Last : acknowledged, default, default, 0)
            {
                MayHaveClosed = tcp.Midstream && leaker.Counters.UniqueOctets == 0,
            },
            // Of a request HWA-K002 tells: its sender had nothing to do with the connection until then.
            CloseManner.FinThenReset when tcp.Close.HalfCloseOctets > 0 && leaker.Fin.IsNone
                && connection.Record.AtClose.RequestsAfter == 0 => new Leak(
                connection.Number, closer, tcp.Close.Packet, acknowledged, tcp.Close.Packet, leaker.Last, rst, 0),
            CloseManner.Fin when tcp.Close.HalfCloseOctets == 0 && rst.Number > leaker.Fin.Number => new Leak(
                connection.Number, closer, tcp.Close.Packet, acknowledged, acknowledged, leaker.Fin, rst, 0)
            {
                HasClosed = true,
            },
            _ => null,
        };
    }

    /// <summary>Whose program writes has not looked at its socket; whose does nothing may have no need to, for a while.</summary>
    private static RuleParameter LeastOf(Leak leak) => leak.Rst.IsNone || leak.HasClosed ? Wait : LateWrite;

    /// <summary>What a RST ended has waited for as long as it will; the rest is known when the capture ends.</summary>
    private bool MayBeLong(Leak leak) => leak.Rst.IsNone || IsLong(leak.Until(leak.Rst.Time));

    private bool IsLong(Leak leak) => leak.Waited >= Of(LeastOf(leak)) && leak.Waited <= LongestWait;

    private void Report(PoolHabits pool, IReadOnlyList<Leak> leaks, long connections, FindingList findings)
    {
        var first = leaks[0];
        var isMany = leaks.Count > 1;
        var isError = leaks.Count >= Of(ErrorCount)
            || (leaks.Count >= FewestOfShare && leaks.Count * 1000L >= connections * Of(ErrorShare));
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isError ? Severity.Error : Severity.Warning,
            Confidence = first.MayHaveClosed ? Confidence.Possible : Confidence.Certain,
            Subject = isMany ? FindingSubject.Of(pool.Name) : FindingSubject.Of(first.Connection),
            Frames = Evidence.Of([.. leaks.Take(3).SelectMany(leak => new[] { leak.Fin, leak.Acknowledged, leak.Write, leak.Rst })]),
            Measured =
            [
                Measure.End("closer", first.Closer),
                Measure.End("leaker", first.Closer.Other()),
                Measure.Frame("fin", first.Fin),
                Measure.Frame("fin_ack", first.Acknowledged),
                Measure.Duration("waited", first.Waited),
                Measure.Count("leaks", leaks.Count),
                Measure.Count("connections", connections),
                .. first.Rst.IsNone ? [] : new[] { Measure.Frame("rst", first.Rst) },
            ],
            Says = isMany ? Many : first.Rst.IsNone ? One : first.HasClosed ? Closed : Wrote,
            Threshold = ThresholdOf("waited", LeastOf(first)),
            Guards = [new Guard(NothingOwed, Passed: true), new Guard(LongEnough, Passed: true)],
        });
    }

    /// <param name="Since">From when on it has done nothing.</param>
    /// <param name="Write">The octets, or the FIN, that came so late.</param>
    /// <param name="Rst">That answered them; none where nothing did.</param>
    private sealed record Leak(
        int Connection, Side Closer, PacketRef Fin, PacketRef Acknowledged, PacketRef Since, PacketRef Write, PacketRef Rst, long Waited)
    {
        public bool HasClosed { get; init; }

        /// <summary>Before the capture began: of its octets, and so of its FIN, there was nothing to see.</summary>
        public bool MayHaveClosed { get; init; }

        public Leak Until(Timestamp end) => this with { Waited = (Rst.IsNone ? end : Rst.Time).Since(Since.Time) };
    }
}
