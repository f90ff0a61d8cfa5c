using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>HWA-P007: Connection: upgrade on requests that upgrade nothing, as a proxy's copied configuration has it.</summary>
/// <remarks>
/// A note where connections are reused all the same: most servers take no notice of the option.
/// Not flagged: requests that name a protocol and get it (101), and pools with few requests.
/// </remarks>
internal sealed class HardCodedUpgrade(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Requests = new("requests", MeasureUnit.Count, 10, "with fewer there is no habit");

    private static readonly RuleParameter Share = new("share", MeasureUnit.Thousandths, 900, "nearly every request carries it, and none upgrades");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P007",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("Connection: upgrade on requests that upgrade nothing", "업그레이드하지 않는 요청에 Connection: upgrade"),
        References = ["RFC 9110 §7.8", "RFC 9110 §7.6.1", "iv-org/invidious#604"],
        Advice =
        [
            new Phrase(
                "nginx: a map of $http_upgrade to $connection_upgrade (upgrade where it is set, otherwise empty) and proxy_set_header Connection $connection_upgrade, so that other requests keep their connections; hwa explain HWA-P007 has the lines.",
                "nginx: $http_upgrade를 $connection_upgrade로 바꾸는 map(값이 있으면 upgrade, 없으면 빈 값)과 proxy_set_header Connection $connection_upgrade를 써서 다른 요청의 연결이 유지되게 하십시오. 설정 예는 hwa explain HWA-P007에 있습니다."),
        ],
        Parameters = [Requests, Share],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count} of {requests} requests say Connection: upgrade and upgrade nothing, first {frame}: a setting for WebSocket that stands on every request. {reused} of its requests reused a connection.",
        "{pool}: 요청 {requests}건 중 {count}건이 Connection: upgrade를 보내지만 업그레이드하지 않습니다(처음 {frame}). 모든 요청에 붙은 WebSocket용 설정입니다. 요청의 {reused}이(가) 연결을 재사용했습니다.");

    private readonly Dictionary<PoolHabits, (long Count, PacketRef First)> _uses = [];

    public override ExchangeTraits Exchanges => ExchangeTraits.HopByHop;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is { } request && (request.Connection & ConnectionOptions.Upgrade) != 0 && it.Response is not { Status: 101 })
        {
            var known = _uses.GetValueOrDefault(exchange.Pool, (0, it.RequestTrace.Start));
            _uses[exchange.Pool] = (known.Item1 + 1, known.Item2);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (_uses.TryGetValue(pool, out var use)
                && capture.RecordOf(pool.Name) is { } record
                && record.Exchanges.Total >= Of(Requests)
                && use.Count * 1000 >= record.Exchanges.Total * Of(Share))
            {
                findings.Add(new Finding
                {
                    Rule = Card,
                    Severity = record.Exchanges.Reusing * 2 < record.Exchanges.Total ? Card.Severity : Severity.Note,
                    Confidence = Confidence.Certain,
                    Subject = FindingSubject.Of(pool.Name),
                    Frames = [use.First],
                    Measured =
                    [
                        Measure.Words("pool", pool.Name.ToString()),
                        Measure.Count("count", use.Count),
                        Measure.Count("requests", record.Exchanges.Total),
                        Measure.Share("reused", record.Exchanges.Reusing, record.Exchanges.Total),
                        Measure.Frame("frame", use.First),
                    ],
                    Says = Says,
                    Threshold = ThresholdOf("count", Share),
                });
            }
        }
    }
}
