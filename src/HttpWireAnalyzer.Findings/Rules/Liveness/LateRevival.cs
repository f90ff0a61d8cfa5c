using HttpWireAnalyzer.Findings.Rules.Delivery;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>
/// HWA-G004: a request after an idle time that was answered only after the client's timer had sent it again: the path
/// was asleep, and the wait is not the server's. One finding for each pool.
/// </summary>
/// <remarks>
/// Not flagged: timeouts after less than ten seconds of idleness, and those of the response (HWA-D105); requests that
/// are never answered (HWA-G002).
/// </remarks>
internal sealed class LateRevival(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-G004",
        Severity = Severity.Note,
        Title = new Phrase("reply after a dead gap", "죽은 구간 뒤의 응답"),
        References = ["RFC 6298 §5", "RFC 5382 §5"],
        Advice =
        [
            new Phrase(
                "Keep the path awake with TCP keep-alive probes each {probe_every} or sooner, or drop connections that were idle for {idle}.",
                "TCP keep-alive 프로브를 {probe_every} 이하 간격으로 보내 경로를 깨워 두거나, {idle} 동안 유휴였던 연결을 버리십시오."),
        ],
    };

    private static readonly Phrase Says = new(
        "{count} of {exchanges} requests came after idleness ({idle} in the first, {request}), were lost, and were answered only after the client's timer had sent them again: {sum} of their latency is the path's, not the server's.",
        "요청 {exchanges}개 중 {count}개가 유휴 뒤에(첫 번째 {request}은 {idle} 뒤) 유실되었다가 클라이언트의 타이머가 재전송한 뒤에야 응답을 받았습니다. 지연 중 {sum}은(는) 서버가 아니라 경로의 시간입니다.");

    private readonly ByPool<Revived> _pools = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Stalled;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var told = ref exchange.Exchange;
        if (told is { End: ExchangeEnd.Complete, TunnelDepth: 0 } && exchange.Timing.Timeout > 0
            && StalePath.Concerns(exchange))
        {
            var revived = _pools.Of(exchange.Pool);
            revived.Idle = revived.Idle == 0 ? told.IdleBefore : revived.Idle;
            revived.Tally.Add(
                told.Connection.Number, exchange.Timing.Timeout, told.RequestTrace.Start, StalePath.Repeats(exchange).First().Packet, told.ResponseTrace.Start);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, revived) in _pools.InOrder)
        {
            var tally = revived.Tally;
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Likely,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", tally.Count),
                    Measure.Count("exchanges", pool.Exchanges),
                    Measure.Duration("idle", revived.Idle),
                    Measure.Duration("sum", tally.Sum),
                    Measure.Duration("probe_every", revived.Idle / 2 / Timestamp.NanosecondsPerSecond * Timestamp.NanosecondsPerSecond),
                    Measure.Frame("request", tally.First),
                ],
                Says = Says,
            });
        }
    }

    private sealed class Revived
    {
        public Tally Tally { get; } = new();

        /// <summary>Before the first.</summary>
        public long Idle { get; set; }
    }
}
