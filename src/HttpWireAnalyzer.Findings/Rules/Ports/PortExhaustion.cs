using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Ports;

/// <summary>
/// HWA-X001: a client's ports to one server run out, or will at this rate: each connection that the client closes first
/// keeps its port in TIME-WAIT.
/// </summary>
/// <remarks>
/// Not flagged: connections that the server closes first (its TIME-WAIT takes none of the client's ports), resets, and
/// clients on the same host as the server, where Linux uses ports in TIME-WAIT again (tcp_tw_reuse = 2): those are notes.
/// </remarks>
internal sealed class PortExhaustion(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleParameter Ports = new(
        "ports", MeasureUnit.Count, PortProfile.Linux.Ports, "Linux, ip_local_port_range 32768 to 60999; Windows 16,384");

    public static readonly RuleParameter TimeWait = new(
        "time_wait", MeasureUnit.Nanoseconds, PortProfile.Linux.TimeWait, "Linux, TCP_TIMEWAIT_LEN; Windows 120 s; RFC 9293 §3.4.1 2 MSL = 240 s");

    private static readonly RuleParameter Warn = new(
        "warning", MeasureUnit.Thousandths, 500, "half of the ports: a burst of twice the load finds none");

    private static readonly RuleParameter Fail = new(
        "error", MeasureUnit.Thousandths, 800, "connect() searches longer and longer for a free port from here on");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-X001",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("ephemeral ports run out", "임시 포트 고갈"),
        References = ["RFC 9293 §3.4.1", "RFC 6191", "dotnet/runtime#45544", "OData/odata.net#1722", "TechEmpower/FrameworkBenchmarks#4092"],
        Advice =
        [
            new Phrase(
                "Keep connections and reuse them: at {limit} ports and {time_wait} of TIME_WAIT no more than {most_rate} can be opened and closed. hwa pools --what-if shows what reuse would need.",
                "연결을 유지하고 재사용하십시오. 포트 {limit}개와 TIME_WAIT {time_wait}에서는 {most_rate}까지만 열고 닫을 수 있습니다. hwa pools --what-if 명령으로 재사용 시 필요한 연결 수를 볼 수 있습니다."),
        ],
        Parameters = [Ports, TimeWait, Warn, Fail],
    };

    private static readonly Phrase Reached = new(
        "{pool}: {peak} of {limit} ports were taken at once ({utilisation}), {waiting} of them at most by TIME_WAIT.",
        "{pool}: 포트 {limit}개 중 최대 {peak}개({utilisation})가 동시에 사용되었고, 그중 최대 {waiting}개는 TIME_WAIT였습니다.");

    private static readonly Phrase Coming = new(
        "{pool}: {rate} end in the client's TIME_WAIT; {limit} ports and {time_wait} allow {most_rate}. At this rate no port is free {exhausted} after the first connection.",
        "{pool}: 초당 연결 {rate}이(가) 클라이언트의 TIME_WAIT로 끝납니다. 포트 {limit}개와 {time_wait}에서는 {most_rate}까지 가능합니다. 이 속도라면 첫 연결 {exhausted} 뒤에 빈 포트가 없어집니다.");

    private static readonly Phrase Toward = new(
        "{pool}: {rate} end in the client's TIME_WAIT, which is {utilisation} of what {limit} ports and {time_wait} allow ({most_rate}).",
        "{pool}: 초당 연결 {rate}이(가) 클라이언트의 TIME_WAIT로 끝나며, 이는 포트 {limit}개와 {time_wait}에서 가능한 {most_rate}의 {utilisation}입니다.");

    private static readonly Phrase AcrossTheNetwork = new(
        "client and server are on different hosts", "클라이언트와 서버가 서로 다른 호스트에 있음");

    private readonly PortAccount _account = new(settings.Of(Entry, TimeWait));

    public override ConnectionTraits Connections => ConnectionTraits.Every;

    /// <summary>What it counted; null before the first connection.</summary>
    public PortForecast? ForecastOf(PoolName pool) =>
        _account.Of(pool) is { } use ? PortForecast.Of(use, Of(Ports), Of(TimeWait)) : null;

    public override void OnConnection(ConnectionCase connection, FindingList findings) =>
        _account.OnConnection(connection.Record);

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in _account.Pools)
        {
            if (_account.Of(pool) is { } use && MayMatter(use)
                && ForecastOf(pool) is { } forecast && forecast.Utilisation >= Of(Warn) && capture.RecordOf(pool) is { } record)
            {
                Report(pool, use, forecast, Evidence.Of(record.First, record.Occupancy.Open.MaxAt, record.Last), findings);
            }
        }
    }

    /// <summary>
    /// A rate is taken over a second at least, so that no forecast exceeds all connections in each second of TIME-WAIT, and
    /// once more for those that are open: most pools have too few for any course.
    /// </summary>
    private bool MayMatter(PortUse use) =>
        (Int128)use.Opened * ((Of(TimeWait) / Timestamp.NanosecondsPerSecond) + 2) * 1000 >= (Int128)Of(Ports) * Of(Warn);

    private void Report(PoolName pool, PortUse use, PortForecast forecast, IReadOnlyList<PacketRef> frames, FindingList findings)
    {
        var isLocal = pool.Client == pool.Server.Address;
        var reached = forecast.Reached >= Of(Warn);
        List<Measure> measured =
        [
            Measure.Words("pool", pool.ToString()),
            Measure.Count("connections", use.Opened),
            Measure.Count("peak", forecast.Peak),
            Measure.Count("waiting", use.MostWaiting),
            Measure.Rate("rate", forecast.Rate),
            Measure.Count("steady", forecast.Steady),
            Measure.Count("limit", forecast.Limit),
            Measure.Duration("time_wait", forecast.TimeWait),
            Measure.Rate("most_rate", forecast.MostRate),
            Measure.Share("utilisation", reached ? forecast.Reached : forecast.Utilisation, 1000),
        ];
        if (forecast.Exhausted >= 0)
        {
            measured.Add(Measure.Duration("exhausted", forecast.Exhausted));
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isLocal ? Severity.Note : forecast.Utilisation >= Of(Fail) ? Severity.Error : Severity.Warning,
            Confidence = reached ? Confidence.Certain : Confidence.Likely,
            Subject = FindingSubject.Of(pool),
            Frames = frames,
            Measured = measured,
            Says = reached ? Reached : forecast.Exhausted >= 0 ? Coming : Toward,
            Threshold = ThresholdOf("utilisation", forecast.Utilisation >= Of(Fail) ? Fail : Warn),
            Guards = [new Guard(AcrossTheNetwork, !isLocal)],
        });
    }
}
