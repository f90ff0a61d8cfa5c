using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D008: connections on a 4-tuple that another had before.</summary>
/// <remarks>Not flagged: the same SYN again, which is a retransmission.</remarks>
internal sealed class ReusedPorts(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.ReusedPorts, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D008",
        Severity = Severity.Info,
        Title = new Phrase("port numbers reused", "포트 번호 재사용"),
        References = ["RFC 9293 §3.4.1", "Wireshark tcp.analysis.reused_ports"],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Connections on ports that another had before: {count} of {connections}, the first with {first}. Each is a connection of its own. HWA-T008 tells where TIME_WAIT was cut short.",
        "이전 연결과 같은 포트를 쓴 연결: {connections}개 중 {count}개, 첫 번째는 {first}입니다. 각각 별개의 연결입니다. TIME_WAIT 중이었던 경우는 HWA-T008이 알립니다.");

    public override ConnectionTraits Connections => ConnectionTraits.PortsReused;
}
