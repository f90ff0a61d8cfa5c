using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>
/// HWA-T011: a SYN on a connection that the other end still has open, captured or not: its sender had lost it. A warning where
/// the new connection took a second or more to open for it.
/// </summary>
/// <remarks>Not flagged: a repeated SYN of the same connection, and one on a pair of ports in TIME_WAIT (HWA-T008).</remarks>
internal sealed class SynOnOpen(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Connect = new(
        "connect", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "RFC 6298 §2: the SYN is sent again after 1 s");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T011",
        Severity = Severity.Note,
        Title = new Phrase("SYN on an open connection", "열린 연결에 온 SYN"),
        References = ["RFC 9293 §3.5.1", "RFC 5961 §4"],
        Advice =
        [
            new Phrase(
                "The end that sent the SYN restarted or forgot the connection, or a NAT gave its port to another host too soon: let the end that still has it probe each 60 s (TCP_KEEPIDLE), so that it notices.",
                "SYN을 보낸 쪽이 재시작했거나 연결을 잊었거나, NAT가 포트를 너무 일찍 다른 호스트에 내준 것입니다. 아직 연결을 가진 쪽이 60초마다 프로브를 보내(TCP_KEEPIDLE) 알아차리게 하십시오."),
        ],
        Parameters = [Connect],
    };

    private static readonly Phrase Says = new(
        "SYNs on open connections: {count}, the first {first}. For its sender the connection was gone, for the other end it was not.",
        "열린 연결에 SYN이 {count}개 왔습니다. 첫 번째는 {first}입니다. 보낸 쪽에서는 연결이 사라졌지만 상대편에는 남아 있었습니다.");

    private static readonly Phrase Late = new(
        "SYNs on open connections: {count}, the first {first}. For its sender the connection was gone, for the other end it was not: that answered for the old one, and the SYN had to come again. Opening took up to {most}.",
        "열린 연결에 SYN이 {count}개 왔습니다. 첫 번째는 {first}입니다. 보낸 쪽에서는 연결이 사라졌지만 상대편에는 남아 있어 옛 연결로 응답했고, SYN을 다시 보내야 했습니다. 연결이 열리는 데 최대 {most}이(가) 걸렸습니다.");

    private readonly ByPool<Tally> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.SynOnOpenConnection))
        {
            return;
        }

        foreach (var remark in connection.Trail!.TcpRemarks)
        {
            if (remark.Kind == TcpRemarkKind.SynOnOpenConnection)
            {
                var opened = connection.Record.Handshake.Total;
                _pools.Of(connection.Pool).Add(connection.Number, long.Max(opened, 0), remark.Packet, ChallengeIn(connection));
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _pools.InOrder)
        {
            var isLate = tally.Most >= Of(Connect);
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = isLate ? Severity.Warning : Severity.Note,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", tally.Count),
                    Measure.Frame("first", tally.First),
                    Measure.Duration("most", tally.Most),
                ],
                Says = isLate ? Late : Says,
                Threshold = ThresholdOf("most", Connect),
            });
        }
    }

    private static PacketRef ChallengeIn(ConnectionCase connection) =>
        connection.Trail!.TcpRemarks.FirstOrDefault(remark => remark.Kind == TcpRemarkKind.ChallengeAck).Packet;
}
