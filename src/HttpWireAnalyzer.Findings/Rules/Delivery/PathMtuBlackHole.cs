using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>
/// HWA-D106: full segments do not get through, whatever the number of times that they are sent, and short ones do: the
/// way has a smaller MTU somewhere, and the ICMP error that would say so is dropped.
/// </summary>
/// <remarks>
/// Not flagged: a segment that is not as long as the MSS allows; one that came through in the end, or where others as
/// long came through before: that is loss (HWA-D105); an other end that was not heard any more (HWA-G001).
/// </remarks>
internal sealed class PathMtuBlackHole(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Timeouts = new(
        "timeouts", MeasureUnit.Count, 3, "from the third on Linux looks for a smaller MTU (tcp_retries1); fewer are not counted");

    /// <summary>IPv6 takes 1,280 octets everywhere (RFC 8200 §5), 60 of them for headers: where no SYN told the MSS.</summary>
    private const int LeastFull = 1220;

    /// <summary>All that options may take of a segment (RFC 9293 §3.1).</summary>
    private const int Options = 40;

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D106",
        Severity = Severity.Error,
        RestsOnSilence = true,
        Title = new Phrase("path MTU black hole", "경로 MTU 블랙홀"),
        References = ["RFC 1191 §4", "RFC 8201 §1", "RFC 2923 §2.1", "RFC 4821", "RFC 8899 §1"],
        Advice =
        [
            new Phrase(
                "Let ICMP through to the {sender}, on routers and on its host: type 3 code 4, ICMPv6 type 2. Until then lower the MTU of its interface or route, clamp the MSS at the tunnel or router (iptables … TCPMSS --clamp-mss-to-pmtu), or have it probe: sysctl net.ipv4.tcp_mtu_probing=1.",
                "라우터와 {sender} 호스트에서 ICMP(type 3 code 4, ICMPv6 type 2)를 허용하십시오. 그때까지는 {sender}의 인터페이스나 경로의 MTU를 낮추거나, 터널·라우터에서 MSS를 조정하거나(iptables … TCPMSS --clamp-mss-to-pmtu), sysctl net.ipv4.tcp_mtu_probing=1로 탐색하게 하십시오."),
        ],
        Parameters = [Timeouts],
    };

    private static readonly Phrase Says = new(
        "The {sender} sent a full segment of {octets} again {timeouts} times ({first} to {last}, {silence}), and it never arrived; the other end was still there, and shorter segments passed, none longer than {passed}.",
        "{sender}가 가득 찬 세그먼트 {octets}을(를) {timeouts}번 다시 보냈지만({first}부터 {last}까지, {silence}) 도착하지 않았습니다. 상대편은 살아 있었고 더 짧은 세그먼트는 통과했으며 {passed}보다 긴 것은 없었습니다.");

    private static readonly Phrase OnlyEmpty = new(
        "The {sender} sent a full segment of {octets} again {timeouts} times ({first} to {last}, {silence}), and it never arrived; the other end was still there, and segments without octets passed.",
        "{sender}가 가득 찬 세그먼트 {octets}을(를) {timeouts}번 다시 보냈지만({first}부터 {last}까지, {silence}) 도착하지 않았습니다. 상대편은 살아 있었고 데이터가 없는 세그먼트는 통과했습니다.");

    private static readonly Phrase Mended = new(
        "It went on once the octets came in shorter segments.", "같은 데이터를 더 짧은 세그먼트로 보내자 통신이 이어졌습니다.");

    private static readonly Phrase Told = new(
        "An ICMP error had told of it ({icmp}), and the {sender} did not obey: its host drops such errors.",
        "ICMP 오류가 이를 알렸지만({icmp}) {sender}는 따르지 않았습니다. 호스트가 그런 오류를 버리고 있습니다.");

    private static readonly Phrase NotTold = new("no ICMP error told of a smaller MTU", "더 작은 MTU를 알리는 ICMP 오류가 없었음");

    private static readonly Phrase ShorterPassed = new("shorter segments with octets passed", "데이터가 있는 더 짧은 세그먼트는 통과함");

    public override ConnectionTraits Connections => ConnectionTraits.Slowed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        Judge(connection, Side.Client, findings);
        Judge(connection, Side.Server, findings);
    }

    private void Judge(ConnectionCase connection, Side sender, FindingList findings)
    {
        ref readonly var other = ref connection.Tcp.EndOf(sender.Other());
        if (connection.Tcp.EndOf(sender).Diagnosis.Stuck is not { } stuck || stuck.Timeouts < Of(Timeouts)
            || stuck.Octets < FullSegment(connection.Tcp) || other.Last.Number < stuck.FirstTimeout.Number)
        {
            return;
        }

        var icmp = IcmpAbout(connection, sender);
        var says = stuck.LongestPassed > 0 ? Says : OnlyEmpty;
        List<Measure> measured =
        [
            Measure.End("sender", sender),
            Measure.Octets("octets", stuck.Octets),
            Measure.Octets("passed", stuck.LongestPassed),
            Measure.Count("timeouts", stuck.Timeouts),
            Measure.Duration("silence", stuck.Last.Time.Since(stuck.FirstTimeout.Time)),
            Measure.Frame("first", stuck.FirstTimeout),
            Measure.Frame("last", stuck.Last),
        ];
        if (icmp is { } error)
        {
            measured.Add(Measure.Frame("icmp", error.Packet));
            says = says.Then(Told);
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = stuck.LongestPassed > 0 ? Confidence.Certain : Confidence.Likely,
            Subject = connection.Subject(),
            Frames = Evidence.Of(stuck.FirstTimeout, stuck.Last, icmp?.Packet ?? default, other.Last),
            Measured = measured,
            Says = stuck.PassedInPieces ? says.Then(Mended) : says,
            Threshold = ThresholdOf("timeouts", Timeouts),
            Guards = [new Guard(ShorterPassed, stuck.LongestPassed > 0), new Guard(NotTold, icmp is null)],
        });
    }

    /// <summary>Octets that a segment has at least if its sender fills it: what both ends can take, less the options.</summary>
    private static int FullSegment(in TcpSummary tcp)
    {
        var (client, server) = (tcp.ClientEnd.MaximumSegmentSize, tcp.ServerEnd.MaximumSegmentSize);
        var least = client == 0 ? server
            : server == 0 ? client
            : ushort.Min(client, server);
        return (least == 0 ? LeastFull : least) - Options;
    }

    private static TcpRemark? IcmpAbout(ConnectionCase connection, Side sender)
    {
        foreach (var remark in connection.Trail?.TcpRemarks ?? [])
        {
            if (remark.Kind == TcpRemarkKind.IcmpError && IcmpReason.Unpack(remark.Value).IsPacketTooBig
                && connection.Actual(remark.Sender) == sender)
            {
                return remark;
            }
        }

        return null;
    }
}
