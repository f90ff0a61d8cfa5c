using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C002: packets that the capture had, or announced, and that did not come to us.</summary>
/// <remarks>Not flagged: packets that were dropped and counted; of a capture that has any, HWA-C001 tells both.</remarks>
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
                "Give the live capture more room or less work: a filter, a larger buffer (-B 64), fewer interfaces; and end it with one interrupt, so that what the kernel holds is still read (tcpdump: --immediate-mode).",
                "라이브 캡처의 부담을 줄이십시오. 필터를 쓰고 버퍼를 키우고(-B 64) 인터페이스를 줄이십시오. 커널에 남은 패킷도 읽히도록 인터럽트 한 번으로 끝내십시오(tcpdump: --immediate-mode)."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "The capture of {source} is not whole ({said}). What rests on a packet that did not come is one step less sure: {weakened}.",
        "{source}의 캡처가 온전하지 않습니다({said}). 오지 않은 패킷에 근거하는 규칙은 한 단계 덜 확실합니다: {weakened}.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (capture.Totals.Interfaces.Any(port => port.Dropped > 0))
        {
            return;
        }

        foreach (var remark in capture.Totals.Remarks.Where(remark => remark.Kind == CaptureRemarkKind.Lost))
        {
            Tell(capture, findings, Says, [], Measure.Letters("source", remark.File), Measure.Letters("said", remark.Found), RestingOnSilence());
        }
    }
}
