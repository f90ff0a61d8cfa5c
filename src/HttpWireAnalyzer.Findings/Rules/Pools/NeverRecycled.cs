using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R008: connections that live so long that the client does not notice other servers for the same name.</summary>
/// <remarks>Not flagged: old connections where no other server of the same host was seen: nothing shows that there is one.</remarks>
internal sealed class NeverRecycled(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Age = new(
        "age", MeasureUnit.Nanoseconds, 600 * Timestamp.NanosecondsPerSecond, "ten times the usual time to live of a load balancer's name");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R008",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("connections are never recycled", "연결이 교체되지 않음"),
        References = ["dotnet/corefx#11224", "RFC 9112 §9.3"],
        Advice =
        [
            new Phrase(
                "Give connections a life time (PooledConnectionLifetime, IdleConnTimeout does not do it, keepalive_time in nginx, max_connection_duration in Envoy), so that names are looked up again.",
                "연결에 수명을 주어 이름을 다시 조회하게 하십시오(PooledConnectionLifetime, nginx의 keepalive_time, Envoy의 max_connection_duration. IdleConnTimeout으로는 되지 않습니다)."),
        ],
        Parameters = [Age],
    };

    private static readonly Phrase Says = new(
        "{pool}: the oldest connection lived {age}, while {other} served the same host {host}: this client stays with one server.",
        "{pool}: 가장 오래된 연결은 {age} 동안 살아 있었고, 그동안 {other}도 같은 호스트 {host}를 서비스했습니다. 이 클라이언트는 한 서버에만 머물러 있습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var record in capture.Pools.Pools)
        {
            if (record.Connections.Age.Max >= Of(Age)
                && record.Hosts.Count > 0
                && capture.Pools.Pools.FirstOrDefault(other => IsAnotherServerOf(other, record)) is { } other)
            {
                findings.Add(Finding(record, other));
            }
        }
    }

    private static bool IsAnotherServerOf(PoolRecord other, PoolRecord record) =>
        other.Server.Address != record.Server.Address
        && other.Hosts.Any(host => record.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase));

    private Finding Finding(PoolRecord record, PoolRecord other) => new()
    {
        Rule = Card,
        Confidence = Confidence.Likely,
        Subject = FindingSubject.Of(new PoolName(record.Client, record.Server)),
        Frames = Evidence.Of(record.First, record.Last),
        Measured =
        [
            Measure.Words("pool", new PoolName(record.Client, record.Server).ToString()),
            Measure.Duration("age", record.Connections.Age.Max),
            Measure.Words("host", record.Hosts[0]),
            Measure.Words("other", other.Server.ToString()),
        ],
        Says = Says,
        Threshold = ThresholdOf("age", Age),
    };
}
