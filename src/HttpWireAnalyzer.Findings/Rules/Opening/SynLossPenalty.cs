using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-D108: connections that took a second or more to open, because the first SYN or SYN-ACK went missing.</summary>
/// <remarks>
/// Not flagged: one that never opened (HWA-T002), a SYN repeated sooner, a long way without a repetition, a SYN that was
/// answered for an earlier connection (HWA-T011), and one that was refused before.
/// </remarks>
internal sealed class SynLossPenalty(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Connect = new(
        "connect", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "RFC 6298 §2: the first timeout is 1 s");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D108",
        Severity = Severity.Warning,
        Title = new Phrase("opening waited for a lost SYN", "SYN 손실로 연결이 늦게 열림"),
        References = ["RFC 6298 §2", "RFC 9293 §3.8.1"],
        Advice =
        [
            new Phrase(
                "Where the server answered others meanwhile, its accept queue may be full (nstat -az TcpExtListenDrops; backlog and net.core.somaxconn to 4096); else the path loses packets. A connection that is reused does not wait.",
                "그동안 서버가 다른 연결에는 응답했다면 accept 큐가 가득 찼을 수 있습니다(nstat -az TcpExtListenDrops, backlog와 net.core.somaxconn을 4096으로). 아니면 경로에서 패킷이 손실됩니다. 연결을 재사용하면 이 대기를 피할 수 있습니다."),
        ],
        Parameters = [Connect],
    };

    private static readonly Phrase Says = new(
        "{count} of {connections} connections to {server} took up to {most} to open: the SYN ({syn}) or its SYN-ACK went missing, and the kernel's timer of 1 s, doubled each time, repeated it. {sum} together, none of it the server program's.",
        "{server}(으)로 가는 연결 {connections}개 중 {count}개가 열리는 데 최대 {most}이(가) 걸렸습니다. SYN({syn}) 또는 SYN-ACK가 사라져 커널 타이머(1초, 매번 두 배)가 재전송했습니다. 합계 {sum}이며 서버 프로그램의 시간이 아닙니다.");

    private readonly ByPool<Tally> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.SynRepeated;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        var total = connection.Record.Handshake.Total;
        if (total >= Of(Connect) && !connection.Record.Has(TcpRemarkKind.ChallengeAck) && !connection.Record.Has(TcpRemarkKind.RstDisproved)
            && HasWaited(connection, tcp.HandshakeAck))
        {
            _pools.Of(connection.Pool).Add(connection.Number, total, tcp.ClientEnd.Syn, tcp.ServerEnd.Syn, tcp.HandshakeAck);
        }
    }

    /// <summary>A timer ran out before it was open; what comes again behind that made nobody wait.</summary>
    private static bool HasWaited(ConnectionCase connection, PacketRef open) => connection.Trail?.TcpRemarks.Any(remark =>
        remark.Kind == TcpRemarkKind.RetransmissionTimeout && remark.Packet.Number < open.Number) == true;

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Words("server", pool.Name.Server.ToString()),
                    Measure.Count("count", tally.Count),
                    Measure.Count("connections", capture.ConnectionsOf(pool, otherwise: tally.Count)),
                    Measure.Duration("most", tally.Most),
                    Measure.Duration("sum", tally.Sum),
                    Measure.Frame("syn", tally.First),
                ],
                Says = Says,
                Threshold = ThresholdOf("most", Connect),
            });
        }
    }
}
