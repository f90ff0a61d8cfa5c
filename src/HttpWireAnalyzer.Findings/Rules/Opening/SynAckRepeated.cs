using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>
/// HWA-T003: a server that repeats its SYN-ACK: the client's last step of the handshake does not come, or its kernel
/// throws it away. One finding for each pool.
/// </summary>
/// <remarks>Not flagged: one repetition, which a lost packet explains, and copies without a timer's pause before them.</remarks>
internal sealed class SynAckRepeated(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Repeats = new("repeats", MeasureUnit.Count, 2, "one loss of a packet is chance");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T003",
        Severity = Severity.Warning,
        Title = new Phrase("SYN-ACK sent again and again", "SYN-ACK 반복 재전송"),
        References = ["RFC 9293 §3.8.1", "RFC 4987 §2"],
        Advice =
        [
            new Phrase(
                "See on {server} whether its accept queue overflows (ss -ltn: Recv-Q at Send-Q; nstat -az TcpExtListenOverflows): raise the backlog of listen and net.core.somaxconn together, to 4096, and accept faster. TCP_DEFER_ACCEPT does this on purpose to clients that say nothing.",
                "{server}의 accept 큐가 넘치는지 확인하십시오(ss -ltn에서 Recv-Q가 Send-Q에 도달, nstat -az TcpExtListenOverflows). listen의 backlog와 net.core.somaxconn을 함께 4096으로 올리고 더 빨리 accept하십시오. TCP_DEFER_ACCEPT는 아무것도 보내지 않는 클라이언트에 일부러 이렇게 합니다."),
        ],
        Parameters = [Repeats],
    };

    private static readonly Phrase Dropped = new(
        "{server} sent its SYN-ACK again (from {syn_ack} on, {most} times at most; connections: {count}), although the client had acknowledged it: its accept queue is full and drops that ACK, or it waits for the first octets (TCP_DEFER_ACCEPT), or the ACK is lost between the tap and the server.",
        "{server}이(가) 연결 {count}개에서 클라이언트가 확인 응답했는데도 SYN-ACK를 다시 보냈습니다({syn_ack}부터, 최대 {most}번). accept 큐가 가득 차 그 ACK를 버리거나, 첫 데이터를 기다리거나(TCP_DEFER_ACCEPT), 캡처 지점과 서버 사이에서 ACK가 손실되는 것입니다.");

    private static readonly Phrase Unheard = new(
        "{server} sent its SYN-ACK again (from {syn_ack} on, {most} times at most; connections: {count}), and no ACK came: the way back to the client loses packets, or the SYNs come from forged addresses.",
        "{server}이(가) 연결 {count}개에서 SYN-ACK를 다시 보냈지만({syn_ack}부터, 최대 {most}번) ACK가 오지 않았습니다. 클라이언트로 가는 경로에서 패킷이 손실되거나, 위조된 주소에서 온 SYN입니다.");

    private static readonly Phrase AckSeen = new("the client's ACK was captured", "클라이언트의 ACK가 캡처됨");

    private readonly ByPool<Tally> _dropped = new();
    private readonly ByPool<Tally> _unheard = new();

    public override ConnectionTraits Connections => ConnectionTraits.SynRepeated;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var server = ref connection.Tcp.ServerEnd;
        var repeats = server.Counters.SynAcks - 1;
        if (repeats >= Of(Repeats) && Timeouts(connection) >= Of(Repeats))
        {
            var acknowledged = connection.Tcp.HandshakeAck;
            (acknowledged.IsNone ? _unheard : _dropped).Of(connection.Pool)
                .Add(connection.Number, repeats, server.Syn, acknowledged, server.Last);
        }
    }

    /// <summary>The server's timer, and not a SYN or SYN-ACK that the wire doubled.</summary>
    private static int Timeouts(ConnectionCase connection) => connection.Trail?.TcpRemarks.Count(remark =>
        remark.Kind == TcpRemarkKind.RetransmissionTimeout && connection.Actual(remark.Sender) == Side.Server) ?? 0;

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _dropped.InOrder)
        {
            Report(pool, tally, isAcknowledged: true, findings);
        }

        foreach (var (pool, tally) in _unheard.InOrder)
        {
            Report(pool, tally, isAcknowledged: false, findings);
        }
    }

    private void Report(PoolHabits pool, Tally tally, bool isAcknowledged, FindingList findings) => findings.Add(new Finding
    {
        Rule = Card,
        Confidence = isAcknowledged ? Confidence.Certain : Confidence.Likely,
        Subject = tally.SubjectOf(pool),
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("server", pool.Name.Server.ToString()),
            Measure.Count("count", tally.Count),
            Measure.Count("most", tally.Most),
            Measure.Frame("syn_ack", tally.First),
        ],
        Says = isAcknowledged ? Dropped : Unheard,
        Threshold = ThresholdOf("most", Repeats),
        Guards = [new Guard(AckSeen, isAcknowledged)],
    });
}
