using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C001: the interface or the kernel dropped packets while capturing.</summary>
/// <remarks>Not flagged: a file that does not count them; it may have lost some all the same.</remarks>
internal sealed class DroppedPackets(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C001",
        Severity = Severity.Warning,
        Title = new Phrase("capture dropped packets", "캡처가 패킷을 놓침"),
        References = ["draft-ietf-opsawg-pcapng §4.6"],
        Advice =
        [
            new Phrase(
                "Capture with a filter (tcp port 80), a larger kernel buffer (dumpcap -B 64, hwa capture -B 64) and a snap length that is enough for heads (-s 512), to a fast disk.",
                "필터(tcp port 80)를 쓰고, 커널 버퍼를 키우고(dumpcap -B 64, hwa capture -B 64), 헤더에 충분한 스냅 길이(-s 512)로 빠른 디스크에 캡처하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Packets that the capture dropped: {dropped}, beside {packets} that it has. What rests on a packet that did not come is one step less sure: {weakened}.",
        "캡처된 패킷 {packets}개 외에 {dropped}개를 놓쳤습니다. 오지 않은 패킷에 근거하는 규칙은 한 단계 덜 확실합니다: {weakened}.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var dropped = capture.Totals.Interfaces.Sum(port => port.Dropped ?? 0);
        if (dropped > 0)
        {
            Tell(
                capture, findings, Says, [], Measure.Count("dropped", dropped), Measure.Count("packets", capture.Totals.Packets), RestingOnSilence());
        }
    }
}

/// <summary>HWA-C002: packets that the capture had, or announced, and that did not come to us.</summary>
/// <remarks>Not flagged: losses that the interfaces count; those are HWA-C001.</remarks>
internal sealed class UndeliveredPackets(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C002",
        Severity = Severity.Warning,
        Title = new Phrase("captured packets were not delivered", "캡처된 패킷이 전달되지 않음"),
        References = ["draft-ietf-opsawg-pcapng §4.6"],
        Advice =
        [
            new Phrase(
                "Give the live capture more room or less work: a filter, a larger buffer (-B 64), fewer interfaces; and end it with one interrupt, so that what the kernel holds is still read.",
                "라이브 캡처의 부담을 줄이십시오. 필터를 쓰고 버퍼를 키우고(-B 64) 인터페이스를 줄이십시오. 커널에 남은 패킷도 읽히도록 인터럽트 한 번으로 끝내십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "The capture of {interface} is not whole ({said}). What rests on a packet that did not come is one step less sure: {weakened}.",
        "{interface}의 캡처가 온전하지 않습니다({said}). 오지 않은 패킷에 근거하는 규칙은 한 단계 덜 확실합니다: {weakened}.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (capture.Totals.Interfaces.Any(port => port.Dropped > 0))
        {
            return;
        }

        foreach (var remark in capture.Totals.Remarks.Where(remark => remark.Kind == CaptureRemarkKind.Lost))
        {
            Tell(capture, findings, Says, [], Measure.Words("interface", remark.File), Measure.Words("said", remark.Found), RestingOnSilence());
        }
    }
}
