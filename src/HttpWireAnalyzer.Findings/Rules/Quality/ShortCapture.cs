using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>
/// HWA-C012: connections that were half-closed, or idle and open, when the capture ended, sooner than the timers end them
/// that the rules on idleness and leaks look for.
/// </summary>
/// <remarks>Not flagged: a capture in which every connection ended.</remarks>
internal sealed class ShortCapture(RuleSettings settings) : QualityRule(Entry, settings)
{
    private static readonly RuleParameter LongEnough = new(
        "long_enough", MeasureUnit.Nanoseconds, 60 * Timestamp.NanosecondsPerSecond, "the usual idle timeouts (5, 60 s) and FIN_WAIT_2 (60 s)");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C012",
        Severity = Severity.Info,
        Title = new Phrase("capture shorter than the timers", "타이머보다 짧은 캡처"),
        References = ["RFC 9112 §9.5"],
        Advice =
        [
            new Phrase(
                "Capture on for longer than the longest timer in question: 75 s for nginx, 130 s for Kestrel, 350 s for an AWS NLB, 620 s behind Google's load balancer.",
                "문제가 되는 가장 긴 타이머보다 오래 캡처하십시오. nginx 75초, Kestrel 130초, AWS NLB 350초, Google 로드 밸런서 뒤는 620초입니다."),
        ],
        Parameters = [LongEnough],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Connections idle or half-closed when the capture ended: {count}, for {longest} at most (the first since {first}). Timers longer than that do not show: HWA-K020, HWA-K021, HWA-K003 and HWA-T007 cannot speak of them.",
        "캡처가 끝날 때 연결 {count}개가 유휴 또는 반쯤 닫힌 상태였고 최대 {longest}이었습니다(첫 번째 {first}). 그보다 긴 타이머는 보이지 않으므로 HWA-K020, HWA-K021, HWA-K003, HWA-T007이 판단할 수 없습니다.");

    private readonly List<(int Connection, PacketRef Since)> _waiting = [];
    private long _left;

    public override ConnectionTraits Connections => ConnectionTraits.Open | ConnectionTraits.HalfClosed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        var isWaiting = connection.HasBothDirections && !connection.Record.HasUnseenFin && (tcp.Close.How == CloseManner.HalfClosed
            || (tcp.Close.How == CloseManner.Open && !connection.LastWhole.IsNone && connection.Record.Http.Unanswered == 0
                && connection.Record.Http.SwitchedTo == ApplicationProtocol.Unknown));
        if (!isWaiting)
        {
            return;
        }

        if (_waiting.Count < findings.Limits.Suspects)
        {
            _waiting.Add((connection.Number, tcp.Close.How == CloseManner.HalfClosed ? tcp.Close.Packet : connection.LastWhole));
        }
        else
        {
            _left++;
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var longest = 0L;
        foreach (var (_, since) in _waiting)
        {
            longest = long.Max(longest, capture.Totals.Latest.Since(since.Time));
        }

        if (longest > 0 && longest < Of(LongEnough))
        {
            var first = _waiting.MinBy(waiting => waiting.Since.Number);
            Tell(
                capture,
                findings,
                Says,
                Evidence.Of([.. _waiting.Select(waiting => waiting.Since).OrderBy(since => since.Number).Take(3), capture.Totals.Last]),
                Measure.Count("count", _waiting.Count + _left),
                Measure.Duration("longest", longest),
                Measure.Frame("first", first.Since));
        }
    }
}
