using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>
/// HWA-T012: a RST whose IP TTL is not that of the end whose address it bears: something between the ends may have sent
/// it.
/// </summary>
/// <remarks>
/// Not flagged: a difference of one, which a change of the route makes; that a RST lacks the timestamps option, for kernels
/// leave it out where no socket is left; an end of which fewer than two other segments were heard; and a
/// refusal, which has nothing to compare with. A firewall that answers SYNs for the server (a SYN proxy) makes the server's own RST look foreign.
/// </remarks>
internal sealed class ForeignReset(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Difference = new(
        "ttl_difference", MeasureUnit.Count, ForeignResets.LeastDifference, "one router more or less is a change of the route");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T012",
        Severity = Severity.Warning,
        Title = new Phrase("reset not sent by the endpoint", "종단이 보내지 않은 리셋"),
        References = ["RFC 9293 §3.5.3", "RFC 5961 §3", "RFC 3360", "kubernetes/kubernetes#74839"],
        Advice =
        [
            new Phrase(
                "Capture next to the {victim} too: if that RST does not leave there, a firewall, load balancer, NAT or intrusion prevention on the way sends it. Look for its idle timeout and for packets that it calls invalid (on Linux NAT: nf_conntrack_tcp_be_liberal = 1).",
                "{victim} 쪽에서도 캡처하십시오. 그 RST가 거기서 나가지 않는다면 경로의 방화벽, 로드 밸런서, NAT 또는 IPS가 보낸 것입니다. 그 장비의 유휴 타임아웃과 invalid로 분류하는 패킷을 확인하십시오(Linux NAT라면 nf_conntrack_tcp_be_liberal = 1)."),
        ],
        Parameters = [Difference],
    };

    private static readonly Phrase Says = new(
        "The RST {rst} bears the {victim}'s address and TTL {rst_ttl}; the {victim}'s first segment ({first}) came with TTL {ttl}. Another host, at another distance or with another initial TTL, may have sent the reset in its name.",
        "RST {rst}은(는) {victim}의 주소를 달고 있지만 TTL이 {rst_ttl}입니다. {victim}의 첫 세그먼트({first})는 TTL {ttl}로 왔습니다. 거리나 초기 TTL이 다른 장비가 {victim}의 이름으로 리셋을 보냈을 수 있습니다.");

    private static readonly Phrase SaysMidstream = new(
        "The RST {rst} bears the {victim}'s address and TTL {rst_ttl}; the first segment of the {victim} in the capture came with TTL {ttl}. Another host, at another distance or with another initial TTL, may have sent the reset in its name.",
        "RST {rst}은(는) {victim}의 주소를 달고 있지만 TTL이 {rst_ttl}입니다. 캡처에 있는 {victim}의 첫 세그먼트는 TTL {ttl}로 왔습니다. 거리나 초기 TTL이 다른 장비가 {victim}의 이름으로 리셋을 보냈을 수 있습니다.");

    private static readonly Phrase Baseline = new("its other segments were captured", "그 종단의 다른 세그먼트가 캡처됨");

    public override ConnectionTraits Connections => ConnectionTraits.Reset;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.NeverOpened)
        {
            Judge(connection, Side.Client, findings);
            Judge(connection, Side.Server, findings);
        }
    }

    private void Judge(ConnectionCase connection, Side side, FindingList findings)
    {
        ref readonly var end = ref connection.Tcp.EndOf(side);
        var difference = ForeignResets.DifferenceOf(end);
        if (difference < Of(Difference))
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Likely,
            Subject = connection.Subject(),
            Frames = Evidence.Of(end.Syn, end.Rst),
            Measured =
            [
                Measure.End("victim", side),
                Measure.Frame("rst", end.Rst),
                .. end.Syn.IsNone ? [] : new[] { Measure.Frame("first", end.Syn) },
                Measure.Count("rst_ttl", end.RstTimeToLive),
                Measure.Count("ttl", end.TimeToLive),
                Measure.Count("difference", difference),
            ],
            Says = end.Syn.IsNone ? SaysMidstream : Says,
            Threshold = ThresholdOf("difference", Difference),
            Guards = [new Guard(Baseline, Passed: true)],
        });
    }
}
