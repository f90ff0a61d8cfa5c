using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>HWA-P005: clients reuse their connections to a proxy, and the proxy opens one for each request behind it.</summary>
/// <remarks>Not flagged: proxies of which one side was captured, and those with few exchanges behind them.</remarks>
internal sealed class BackWithoutReuse(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Least = new("exchanges", MeasureUnit.Count, 20, "with fewer there is no habit");

    private static readonly RuleParameter Front = new("front", MeasureUnit.Thousandths, 800, "clients reuse");

    private static readonly RuleParameter Back = new("back", MeasureUnit.Thousandths, 100, "the proxy does not");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P005",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("a proxy reuses no connection behind it", "프록시가 뒤쪽 연결을 재사용하지 않음"),
        References = ["RFC 9112 §9.3", "RFC 9110 §7.6.1"],
        Advice =
        [
            new Phrase(
                "nginx: keepalive in upstream, proxy_http_version 1.1 and proxy_set_header Connection \"\"; HAProxy: http-reuse safe; Apache: enablereuse=on.",
                "nginx: upstream의 keepalive, proxy_http_version 1.1, proxy_set_header Connection \"\". HAProxy: http-reuse safe. Apache: enablereuse=on."),
        ],
        Parameters = [Least, Front, Back],
    };

    private static readonly Phrase Says = new(
        "{proxy} gets {front} of its requests on connections that were used before, and sends {back} of its own so: {connections} connections for {requests} requests behind it.",
        "{proxy}은(는) 요청의 {front}을(를) 재사용된 연결로 받지만 뒤로는 {back}만 재사용합니다. 뒤쪽 요청 {requests}건에 연결 {connections}개를 열었습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var proxies = capture.Habits.Where(pool => pool.IsBehindProxy).Select(pool => pool.Name.Client).Distinct().ToHashSet();
        foreach (var proxy in proxies)
        {
            var front = Sum(capture, pool => pool.IsBeforeProxy && pool.Name.Server.Address == proxy);
            var back = Sum(capture, pool => pool.IsBehindProxy && pool.Name.Client == proxy);
            if (back.Requests >= Of(Least)
                && front.Requests > 0
                && front.Reusing * 1000 >= front.Requests * Of(Front)
                && back.Reusing * 1000 <= back.Requests * Of(Back))
            {
                findings.Add(Finding(proxy, front, back));
            }
        }
    }

    private static Sums Sum(CaptureCase capture, Func<PoolHabits, bool> isMeant)
    {
        PoolRecord[] records = [.. capture.Habits.Where(isMeant).Select(pool => capture.RecordOf(pool.Name)).OfType<PoolRecord>()];
        return new Sums(
            records.Sum(record => record.Exchanges.Total),
            records.Sum(record => record.Exchanges.Reusing),
            records.Sum(record => record.Connections.Total),
            records.Select(record => record.First).OrderBy(packet => packet.Number).FirstOrDefault(),
            records.Length == 0 ? null : new PoolName(records[0].Client, records[0].Server));
    }

    private Finding Finding(Address proxy, Sums front, Sums back) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(back.Pool!.Value),
        Frames = Evidence.Of(front.First, back.First),
        Measured =
        [
            Measure.Words("proxy", proxy.ToString()),
            Measure.Share("front", front.Reusing, front.Requests),
            Measure.Share("back", back.Reusing, back.Requests),
            Measure.Count("connections", back.Connections),
            Measure.Count("requests", back.Requests),
        ],
        Says = Says,
        Threshold = ThresholdOf("back", Back),
    };

    private readonly record struct Sums(long Requests, long Reusing, long Connections, PacketRef First, PoolName? Pool);
}
