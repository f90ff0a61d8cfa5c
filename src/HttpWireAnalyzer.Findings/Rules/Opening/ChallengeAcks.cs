using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-T010: an end asked whether a SYN or RST that did not fit was meant, with a challenge ACK.</summary>
/// <remarks>Not flagged: a duplicate acknowledgment without such a SYN or RST before it.</remarks>
internal sealed class ChallengeAcks(RuleSettings settings) : RemarkRule(Entry, settings, TcpRemarkKind.ChallengeAck, Says)
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
}

/// <summary>HWA-T011: a SYN on a connection that the other end still has open: its sender had lost it.</summary>
/// <remarks>Not flagged: a repeated SYN of the same connection, and one on a pair of ports in TIME_WAIT (HWA-T008).</remarks>
internal sealed class SynOnOpen(RuleSettings settings) : RemarkRule(Entry, settings, TcpRemarkKind.SynOnOpenConnection, Says)
{
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
    };

    private static readonly Phrase Says = new(
        "SYNs on open connections: {count}, the first {first}. For its sender the connection was gone, for the other end it was not.",
        "열린 연결에 SYN이 {count}개 왔습니다. 첫 번째는 {first}입니다. 보낸 쪽에서는 연결이 사라졌지만 상대편에는 남아 있었습니다.");
}
