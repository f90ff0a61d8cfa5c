using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-T010: an end asked whether a SYN or RST that did not fit was meant, with a challenge ACK.</summary>
/// <remarks>Not flagged: a duplicate acknowledgment without such a SYN or RST before it.</remarks>
internal sealed class ChallengeAcks(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T010",
        Severity = Severity.Note,
        Title = new Phrase("challenge ACK", "챌린지 ACK"),
        References = ["RFC 5961 §3", "RFC 5961 §4"],
        Advice =
        [
            new Phrase(
                "See what came before it: a SYN on an open connection (a host that restarted, a NAT that gave the port away) or a RST at a wrong place (a device on the way, or an attack).",
                "그 직전의 패킷을 확인하십시오. 열린 연결에 온 SYN(재시작한 호스트, 포트를 다시 내준 NAT)이거나 위치가 틀린 RST(경로의 장비 또는 공격)입니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "Challenge ACKs: {count}, the first {first}. A SYN or RST that did not fit the connection was not obeyed, and its sender asked whether it is meant.",
        "챌린지 ACK {count}개, 첫 번째는 {first}입니다. 연결에 맞지 않는 SYN 또는 RST를 따르지 않고 보낸 쪽의 의도를 되물었습니다.");

    private readonly ByPool<Tally> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.ChallengeAck))
        {
            return;
        }

        foreach (var remark in connection.Trail!.TcpRemarks)
        {
            if (remark.Kind == TcpRemarkKind.ChallengeAck)
            {
                _pools.Of(connection.Pool).Add(connection.Number, 0, remark.Packet, remark.Earlier);
            }
        }
    }

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
                Measured = [Measure.Count("count", tally.Count), Measure.Frame("first", tally.First)],
                Says = Says,
            });
        }
    }
}
