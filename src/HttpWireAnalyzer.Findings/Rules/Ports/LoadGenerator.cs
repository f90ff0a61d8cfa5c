using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Ports;

/// <summary>HWA-X003: what fails is the load generator, which has used up its own ports, not the server.</summary>
/// <remarks>Not flagged: failures of clients that have ports left, and ports that run out without a failure (HWA-X001).</remarks>
internal sealed class LoadGenerator(RuleSettings settings, PortExhaustion ports) : Rule(Entry, settings)
{
    private static readonly RuleParameter Utilisation = new(
        "utilisation", MeasureUnit.Thousandths, 800, "as HWA-X001 calls it an error");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-X003",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("the load generator is the bottleneck", "부하 생성기가 병목임"),
        References = ["TechEmpower/FrameworkBenchmarks#4092", "RFC 9293 §3.4.1"],
        Advice =
        [
            new Phrase(
                "Let the load generator keep its connections, or give it more addresses: what it measures now is its own TIME_WAIT.",
                "부하 생성기가 연결을 유지하게 하거나 주소를 더 주십시오. 지금 측정되는 것은 자신의 TIME_WAIT입니다."),
        ],
        Parameters = [Utilisation],
    };

    private static readonly Phrase Says = new(
        "{pool}: {failed|connection|connections} that did not open or needed a second SYN, while the client had used {utilisation} of its ports; its rate of {rate} leads there whatever the server does.",
        "{pool}: 클라이언트가 포트의 {utilisation}을(를) 쓴 동안 연결 {failed}개가 열리지 못했거나 SYN을 다시 보냈습니다. 초당 {rate}이면 서버와 무관하게 이렇게 됩니다.");

    private static readonly Phrase OneClient = new("no other client of that server failed", "같은 서버의 다른 클라이언트는 실패하지 않음");

    private readonly Dictionary<PoolHabits, Failures> _failures = [];

    public override ConnectionTraits Connections => ConnectionTraits.NeverOpened | ConnectionTraits.SynRepeated;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var known = _failures.GetValueOrDefault(connection.Pool, new Failures(0, connection.Tcp.First, default));
        _failures[connection.Pool] = known with { Count = known.Count + 1, Last = connection.Tcp.Last };
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (!_failures.TryGetValue(pool, out var failures) || ports.ForecastOf(pool.Name) is not { } forecast)
            {
                continue;
            }

            var othersFail = capture.Habits.Any(other => other != pool && other.Server == pool.Server && _failures.ContainsKey(other));
            if (forecast.Utilisation >= Of(Utilisation) && !othersFail)
            {
                findings.Add(Finding(pool.Name, failures, forecast));
            }
        }
    }

    private Finding Finding(PoolName pool, Failures failures, PortForecast forecast) => new()
    {
        Rule = Card,
        Confidence = Confidence.Likely,
        Subject = FindingSubject.Of(pool),
        Frames = Evidence.Of(failures.First, failures.Last),
        Measured =
        [
            Measure.Words("pool", pool.ToString()),
            Measure.Count("failed", failures.Count),
            Measure.Share("utilisation", forecast.Utilisation, 1000),
            Measure.Rate("rate", forecast.Rate),
        ],
        Says = Says,
        Threshold = ThresholdOf("utilisation", Utilisation),
        Guards = [new Guard(OneClient, Passed: true)],
    };

    private readonly record struct Failures(long Count, PacketRef First, PacketRef Last);
}
