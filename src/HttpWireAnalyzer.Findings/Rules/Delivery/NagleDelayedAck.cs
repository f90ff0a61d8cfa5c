using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>
/// HWA-D101: a message written in small pieces, with Nagle's algorithm on: the second piece waits for the other end's
/// delayed acknowledgment of the first. One finding for each pool.
/// </summary>
/// <remarks>
/// What counts is what <see cref="Analysis.Timing.ExchangeTiming.AckWait"/> counts: one segment alone, its
/// acknowledgment 20 to 550 ms late, and the next piece as soon as that is there. Not flagged: pauses of the program
/// (the next piece does not follow the acknowledgment), a window or loss that holds the sender up, a whole segment, a delayed
/// acknowledgment of a FIN, and fewer than three waits that are less than a twentieth of the exchanges. Fewer than three
/// that last no delayed-ACK timer may as well be a sender that waited for room in its congestion window: a note.
/// </remarks>
internal sealed class NagleDelayedAck(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Waits = new("waits", MeasureUnit.Count, 3, "once or twice it may be chance");

    private static readonly RuleParameter ShareOfExchanges = new(
        "share", MeasureUnit.Thousandths, 50, "of the pool's exchanges");

    private static readonly RuleParameter ErrorShare = new(
        "error_share", MeasureUnit.Thousandths, 100, "of the pool's latency");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D101",
        SpeaksOfStreams = false,
        Severity = Severity.Warning,
        Title = new Phrase("Nagle's algorithm waits for delayed acknowledgments", "Nagle 알고리즘이 지연 ACK를 기다림"),
        References =
        [
            "RFC 9293 §3.7.4", "RFC 9293 §3.8.6.3", "scylladb/seastar#968", "http-rs/async-h1#199", "openwrt/uhttpd#34",
            "smithy-lang/smithy-rs#4677",
        ],
        Advice =
        [
            new Phrase(
                "Write each message at once (one write, writev, or TCP_CORK around the pieces), and set TCP_NODELAY on the sender's sockets: it would save {sum} here.",
                "메시지를 한 번에 쓰고(write 한 번, writev, 또는 조각들을 TCP_CORK로 묶기) 보내는 쪽 소켓에 TCP_NODELAY를 설정하십시오. 여기서는 {sum}을(를) 줄일 수 있습니다."),
        ],
        Parameters = [Waits, ShareOfExchanges, ErrorShare],
    };

    private static readonly Phrase Says = new(
        "{waits} of {exchanges} exchanges stood still until a delayed acknowledgment let the next piece go, {mean} each: {sum} together, {share} of all latency. In the first the {sender} sent {next} only when {ack} had acknowledged what it had sent before.",
        "교환 {exchanges}개 중 {waits}개가 지연 ACK를 받고서야 다음 조각을 보냈습니다. 평균 {mean}, 합계 {sum}으로 전체 지연의 {share}입니다. 첫 번째 경우 {sender}는 {ack}가 앞 조각을 확인 응답한 뒤에야 {next}를 보냈습니다.");

    private static readonly Phrase Prompt = new(
        "each next piece followed its acknowledgment at once", "다음 조각이 매번 ACK 직후에 전송됨");

    private static readonly Phrase AsATimer = new(
        "the waits last as long as a delayed-ACK timer (40, 100 or 200 ms)", "대기 시간이 지연 ACK 타이머(40, 100, 200 ms)와 같음");

    private readonly ByPool<Tally> _pools = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Stalled;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        if (exchange.Timing.AckWait == 0 || exchange.Exchange.TunnelDepth > 0)
        {
            return;
        }

        var tally = _pools.Of(exchange.Pool);
        tally.Waits++;
        tally.Sum += exchange.Timing.AckWait;
        if (tally.Evidence.Count < 6 && AwaitedIn(exchange) is { } awaited)
        {
            if (tally.First.Packet.IsNone)
            {
                tally.First = awaited;
                tally.Sender = awaited.Sender == exchange.Exchange.Requester ? Side.Client : Side.Server;
            }

            tally.Evidence.Add(awaited.Earlier);
            tally.Evidence.Add(awaited.Packet);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _pools.InOrder)
        {
            var isEnough = tally.Waits >= Of(Waits) || tally.Waits * 1000L >= pool.Exchanges * Of(ShareOfExchanges);
            if (!isEnough || tally.First.Packet.IsNone)
            {
                continue;
            }

            var isMany = tally.Waits >= Of(Waits);
            var isTimer = LastsATimer(tally.Sum / tally.Waits);
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = !isMany && !isTimer ? Severity.Note
                    : tally.Sum >= Of(ErrorShare) * (pool.Latency / 1000) ? Severity.Error
                    : Severity.Warning,
                Confidence = isMany ? Confidence.Certain : isTimer ? Confidence.Likely : Confidence.Possible,
                Subject = FindingSubject.Of(pool.Name),
                Frames = Evidence.Of([.. tally.Evidence]),
                Measured =
                [
                    Measure.Count("waits", tally.Waits),
                    Measure.Count("exchanges", pool.Exchanges),
                    Measure.Duration("mean", tally.Sum / tally.Waits),
                    Measure.Duration("sum", tally.Sum),
                    Measure.Share("share", tally.Sum, pool.Latency),
                    Measure.End("sender", tally.Sender),
                    Measure.Frame("ack", tally.First.Earlier),
                    Measure.Frame("next", tally.First.Packet),
                ],
                Says = Says,
                Threshold = ThresholdOf("waits", Waits),
                Guards = [new Guard(Prompt, Passed: true), new Guard(AsATimer, isTimer)],
            });
        }
    }

    /// <summary>Linux's least is 40 ms, Windows' and BSD's are 200 and 100 ms, give or take what a busy host adds.</summary>
    private static bool LastsATimer(long nanoseconds)
    {
        const long Millisecond = 1_000_000;
        const long Grace = 6 * Millisecond;
        return long.Abs(nanoseconds - (40 * Millisecond)) <= Grace
            || long.Abs(nanoseconds - (100 * Millisecond)) <= Grace
            || long.Abs(nanoseconds - (200 * Millisecond)) <= Grace;
    }

    /// <summary>The longest of its waits that count, as none that is longer than all of these does; null where the trail was full before.</summary>
    private static TcpRemark? AwaitedIn(in ExchangeCase exchange)
    {
        var (from, to) = (exchange.Exchange.RequestTrace.Start.Number, exchange.Exchange.ResponseTrace.End.Number);
        TcpRemark? longest = null;
        foreach (var remark in exchange.Trail?.TcpRemarks ?? [])
        {
            if (remark.Kind == TcpRemarkKind.AckAwaited && remark.Packet.Number > from && remark.Packet.Number <= to
                && remark.Value <= exchange.Timing.AckWait && remark.Value > (longest?.Value ?? 0))
            {
                longest = remark;
            }
        }

        return longest;
    }

    private sealed class Tally
    {
        public int Waits { get; set; }

        public long Sum { get; set; }

        public TcpRemark First { get; set; }

        public Side Sender { get; set; }

        public List<PacketRef> Evidence { get; } = [];
    }
}
