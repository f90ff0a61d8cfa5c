using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>
/// HWA-D103: a message in many small segments, each with headers as long as itself, although the path takes large ones:
/// its sender sends each piece by itself, or its receiver opens the window in crumbs. One finding for each pool.
/// </summary>
/// <remarks>
/// Not flagged: a program that has nothing more to say for the moment (segments further apart than the pace); messages in
/// turns, where the other end sends too, and pipelined ones; connections of which octets are missing; the first sixteen round trips of a connection, in which small messages cannot be
/// told from small segments.
/// </remarks>
internal sealed class SillyWindow(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Least = new("segments", MeasureUnit.Count, 20, "fewer are the end of a message, or two");

    private static readonly RuleParameter Small = new(
        "small", MeasureUnit.Octets, 256, "on average; or a quarter of the MSS, where that is less");

    private static readonly RuleParameter Pace = new(
        "pace", MeasureUnit.Nanoseconds, 5_000_000, "from one segment to the next: whoever waits longer has nothing to send");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D103",
        SpeaksOfStreams = false,
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("silly window: many small segments", "어리석은 윈도우: 작은 세그먼트가 많음"),
        References = ["RFC 9293 §3.8.6.2.1", "RFC 9293 §3.8.6.2.2", "RFC 813"],
        Advice = [new Phrase(
            "Write through a buffer that is flushed when it is full or the message ends; TCP_NODELAY belongs on sockets whose writes are large or rare.",
            "가득 차거나 메시지가 끝날 때 비우는 버퍼를 거쳐 쓰십시오. TCP_NODELAY는 한 번에 크게 쓰거나 드물게 쓰는 소켓에만 맞습니다.")],
        Parameters = [Least, Small, Pace],
    };

    private static readonly Phrase BySender = new(
        "The {sender} sent {octets} in {segments} segments, {mean} each on average ({from} to {to}), and nothing held it to that: the other end took segments of {largest}. Ends that did so: {count}.",
        "{sender}가 {octets}을(를) 세그먼트 {segments}개로, 평균 {mean}씩 보냈습니다({from}부터 {to}까지). 상대편은 {largest}짜리 세그먼트도 받을 수 있었습니다. 이렇게 보낸 쪽은 {count}개입니다.");

    private static readonly Phrase ByReceiver = new(
        "The {sender} sent {octets} in {segments} segments, {mean} each on average ({from} to {to}), since each filled the window: the other end opened it by no more at a time. Ends that were held so: {count}.",
        "{sender}가 {octets}을(를) 세그먼트 {segments}개로, 평균 {mean}씩 보냈습니다({from}부터 {to}까지). 매번 윈도우가 가득 찼고 상대편이 윈도우를 그만큼씩만 열었기 때문입니다. 이렇게 된 쪽은 {count}개입니다.");

    private static readonly Phrase Read = new(
        "On the receiver: read as much as there is at a time, and give the socket a larger receive buffer (SO_RCVBUF, net.ipv4.tcp_rmem).",
        "받는 쪽에서 한 번에 있는 만큼 읽고 소켓 수신 버퍼를 늘리십시오(SO_RCVBUF, net.ipv4.tcp_rmem).");

    private readonly ByPool<Crumbs> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Slowed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.HasGaps && connection.Record.Http.MaxPipelineDepth <= 1)
        {
            Take(connection, Side.Client);
            Take(connection, Side.Server);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, crumbs) in _pools.InOrder)
        {
            var run = crumbs.First;
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = crumbs.Tally.SubjectOf(pool),
                Frames = crumbs.Tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", crumbs.Tally.Count),
                    Measure.Count("segments", run.Segments),
                    Measure.Octets("octets", run.Octets),
                    Measure.Octets("mean", run.Octets / run.Segments),
                    Measure.Octets("largest", crumbs.Largest),
                    Measure.End("sender", crumbs.Sender),
                    Measure.Frame("from", run.From),
                    Measure.Frame("to", run.To),
                ],
                Says = crumbs.IsOfReceiver ? ByReceiver : BySender,
                Advice = crumbs.IsOfReceiver ? [Read] : Card.Advice,
                Threshold = ThresholdOf("segments", Least),
            });
        }
    }

    private void Take(ConnectionCase connection, Side sender)
    {
        ref readonly var end = ref connection.Tcp.EndOf(sender);
        var run = end.Diagnosis.SmallSegments;
        long largest = connection.Tcp.EndOf(sender.Other()).MaximumSegmentSize;
        var small = largest == 0 ? Of(Small) : long.Min(Of(Small), largest / 4);
        if (run.Segments < Of(Least) || run.Octets >= small * run.Segments
            || run.To.Time.Since(run.From.Time) > Of(Pace) * run.Segments)
        {
            return;
        }

        var crumbs = _pools.Of(connection.Pool);
        if (crumbs.Tally.Count == 0)
        {
            crumbs.First = run;
            crumbs.Sender = sender;
            crumbs.Largest = largest == 0 ? end.Diagnosis.MostInFlight : largest;
            crumbs.IsOfReceiver = end.Diagnosis.Of(SegmentMarks.WindowFull) >= run.Segments / 2;
        }

        crumbs.Tally.Add(connection.Number, run.Octets, run.From, run.To);
    }

    private sealed class Crumbs
    {
        /// <summary>Its count is that of ends.</summary>
        public Tally Tally { get; } = new();

        public SmallSegmentRun First { get; set; }

        public Side Sender { get; set; }

        /// <summary>The MSS of the receiver; where no SYN told it, the most that it has been sent at once.</summary>
        public long Largest { get; set; }

        public bool IsOfReceiver { get; set; }
    }
}
