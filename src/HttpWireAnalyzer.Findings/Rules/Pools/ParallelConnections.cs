using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R004: many connections of one client to one host at once, and one site under several names.</summary>
/// <remarks>
/// Not flagged: up to six, as browsers open; 7 and 8 are told. A proxy or NAT stands for many clients: the advice says so,
/// the packets do not.
/// </remarks>
internal sealed class ParallelConnections(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Most = new(
        "most", MeasureUnit.Count, 8, "RFC 9112 §9.4 ought to limit; browsers open 6 to 8");

    private static readonly RuleParameter Usual = new(
        "usual", MeasureUnit.Count, 6, "browsers");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R004",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("many parallel connections to one host", "한 호스트로의 병렬 연결이 많음"),
        References = ["RFC 9112 §9.4"],
        Advice =
        [
            new Phrase(
                "Limit the pool (MaxConnectionsPerServer, maxSockets, MaxConnsPerHost) to what the server can serve at once; behind a proxy or NAT the number is that of all its users.",
                "풀을 제한하십시오(MaxConnectionsPerServer, maxSockets, MaxConnsPerHost). 프록시나 NAT 뒤라면 이 수는 모든 사용자의 합입니다."),
        ],
        Parameters = [Usual, Most],
    };

    private static readonly Phrase Parallel = new(
        "{client} had {open} connections open at once to {server} ({frame}); {busy} of them were busy at most.",
        "{client}이(가) {server}에 동시에 연결 {open}개를 열었습니다({frame}). 그중 최대 {busy}개가 사용 중이었습니다.");

    private static readonly Phrase Sharded = new(
        "{client} had {open} connections open at once to {hosts|name|names} of {domain}: one site spread over several names (domain sharding), each with a handshake and a slow start of its own.",
        "{client}이(가) {domain}의 이름 {hosts}개에 동시에 연결 {open}개를 열었습니다. 한 사이트를 여러 이름으로 나눈 것(도메인 샤딩)으로, 이름마다 핸드셰이크와 슬로 스타트가 따로 듭니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (capture.RecordOf(pool.Name) is { } record && record.Exchanges.Total > 0 && record.Occupancy.Open.Max > Of(Usual))
            {
                findings.Add(Many(pool.Name, record));
            }
        }

        foreach (var site in capture.Pools.Sharded)
        {
            if (capture.Pools.Pools.FirstOrDefault(pool => pool.Client == site.Client && pool.ShardedDomains.Contains(site.Domain)) is { } record)
            {
                findings.Add(Site(site, record));
            }
        }
    }

    private Finding Many(PoolName pool, PoolRecord record) => new()
    {
        Rule = Card,
        Severity = record.Occupancy.Open.Max > Of(Most) ? Severity.Note : Severity.Info,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(pool),
        Frames = Evidence.Of(record.Occupancy.Open.MaxAt),
        Measured =
        [
            Measure.Words("client", pool.Client.ToString()),
            Measure.Words("server", pool.Server.ToString()),
            Measure.Count("open", record.Occupancy.Open.Max),
            Measure.Count("busy", record.Occupancy.Busy.Max),
            Measure.Frame("frame", record.Occupancy.Open.MaxAt),
        ],
        Says = Parallel,
        Threshold = ThresholdOf("open", record.Occupancy.Open.Max > Of(Most) ? Most : Usual),
    };

    private Finding Site(ShardedDomain site, PoolRecord record) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(new PoolName(record.Client, record.Server)),
        Frames = Evidence.Of(record.Occupancy.Open.MaxAt, record.First),
        Measured =
        [
            Measure.Words("client", site.Client.ToString()),
            Measure.Words("domain", site.Domain),
            Measure.Count("open", site.MaxOpen),
            Measure.Count("hosts", site.MaxHosts),
        ],
        Says = Sharded,
    };
}
