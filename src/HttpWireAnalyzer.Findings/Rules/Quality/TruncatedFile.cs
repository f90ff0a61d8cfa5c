using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C009: the file ends within a record, or is damaged, or reading was stopped.</summary>
internal sealed class TruncatedFile(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C009",
        Severity = Severity.Note,
        Title = new Phrase("capture file truncated or damaged", "잘리거나 손상된 캡처 파일"),
        References = ["draft-ietf-opsawg-pcapng §3.1"],
        Advice =
        [
            new Phrase(
                "End captures with an interrupt (Ctrl+C), not with kill -9, and copy files when they are closed.",
                "캡처는 kill -9가 아니라 인터럽트(Ctrl+C)로 끝내고, 파일이 닫힌 뒤에 복사하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "{file} is not whole: at octet {offset} the format wants {wanted} and has {found}. Packets up to {last} were read; connections open there have no end.",
        "{file}이(가) 온전하지 않습니다. 옥텟 {offset}에서 형식은 {wanted}을(를) 요구하지만 {found}입니다. {last}까지 읽었으며 그때 열려 있던 연결은 끝을 알 수 없습니다.");

    private static readonly Phrase Interrupted = new(
        "Reading was stopped after {packets} packets ({last}); connections open there have no end.",
        "패킷 {packets}개({last})까지 읽고 중단되었습니다. 그때 열려 있던 연결은 끝을 알 수 없습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var last = Measure.Frame("last", capture.Totals.Last);
        foreach (var remark in capture.Totals.Remarks.Where(remark => remark.Kind is CaptureRemarkKind.Truncated or CaptureRemarkKind.Damaged))
        {
            Tell(
                capture,
                findings,
                Says,
                [],
                Measure.Letters("file", remark.File),
                Measure.Count("offset", remark.Offset),
                Measure.Letters("wanted", remark.Expected),
                Measure.Letters("found", remark.Found),
                last);
        }

        if (capture.Totals.Interrupted)
        {
            Tell(capture, findings, Interrupted, [], Measure.Count("packets", capture.Totals.Packets), last);
        }
    }
}
