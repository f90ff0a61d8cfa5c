using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>
/// HWA-D102: an end that begins slowly again after idleness, as on a new connection: what it had learned of the path is
/// forgotten, and a reused connection is no faster than a new one. One finding for each pool.
/// </summary>
/// <remarks>
/// Not flagged: messages that fit into the first flight, or whose rounds are as many with the window from before; a
/// sender that did not stand still until the acknowledgment came, or did not go on at once behind it: its program had
/// nothing to send; a flight that the receiver's window, loss or reordering held up; what a tap at the receiver cannot
/// see, where nothing is ever outstanding; connections of which octets are missing.
/// </remarks>
internal sealed class SlowStartAfterIdle(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D102",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("slow start after idleness", "유휴 뒤의 느린 시작"),
        References = ["RFC 5681 §4.1", "RFC 6928", "RFC 7661", "Linux ip-sysctl: tcp_slow_start_after_idle"],
        Advice =
        [
            new Phrase(
                "On the sender, Linux: sysctl net.ipv4.tcp_slow_start_after_idle=0. It would have saved {sum} here.",
                "보내는 쪽 Linux에서 sysctl net.ipv4.tcp_slow_start_after_idle=0을 설정하십시오. 여기서는 {sum}을(를) 줄일 수 있었습니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "Messages that began slowly after idleness: {count}, {rounds|round trip|round trips} more than needed ({sum}). In the first the {sender} sent {flight} ({from}) and stood still until they were acknowledged ({next}); before the idle time it had had {before} outstanding.",
        "유휴 뒤에 느리게 시작한 메시지 {count}개, 왕복 {rounds}번({sum})이 더 걸렸습니다. 첫 번째 경우 {sender}는 {flight}을(를) 보낸 뒤({from}) 확인 응답을 받을 때까지 멈췄습니다({next}). 유휴 전에는 {before}까지 확인 응답 없이 보냈습니다.");

    private static readonly Phrase NotTheWindow = new(
        "the receiver offered more", "수신 측은 더 큰 윈도우를 제시했음");

    private readonly ByPool<Slowed> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Slowed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.HasGaps)
        {
            Take(connection, Side.Client);
            Take(connection, Side.Server);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, slowed) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Likely,
                Subject = slowed.Tally.SubjectOf(pool),
                Frames = slowed.Tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", slowed.Count),
                    Measure.Count("rounds", slowed.Rounds),
                    Measure.Duration("sum", slowed.Tally.Sum),
                    Measure.End("sender", slowed.Sender),
                    Measure.Octets("flight", slowed.First.Flight),
                    Measure.Octets("before", slowed.First.Before),
                    Measure.Octets("octets", slowed.First.Octets),
                    Measure.Frame("from", slowed.First.From),
                    Measure.Frame("next", slowed.First.Next),
                ],
                Says = Says,
                Guards = [new Guard(NotTheWindow, Passed: true)],
            });
        }
    }

    private void Take(ConnectionCase connection, Side sender)
    {
        if (connection.Tcp.EndOf(sender).Diagnosis.SlowRestarts is not { } restarts)
        {
            return;
        }

        var slowed = _pools.Of(connection.Pool);
        (slowed.First, slowed.Sender) = slowed.Count == 0 ? (restarts.First, sender) : (slowed.First, slowed.Sender);
        slowed.Count += restarts.Count;
        slowed.Rounds += restarts.Rounds;
        slowed.Tally.Add(connection.Number, restarts.Time, restarts.First.From, restarts.First.Next);
    }

    private sealed class Slowed
    {
        /// <summary>Its count is that of ends.</summary>
        public Tally Tally { get; } = new();

        public long Count { get; set; }

        public long Rounds { get; set; }

        public SlowRestart First { get; set; }

        public Side Sender { get; set; }
    }
}
