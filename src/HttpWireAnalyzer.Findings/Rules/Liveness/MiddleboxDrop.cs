using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>
/// HWA-G002: the first request after an idle time goes nowhere, again and again, and no end had closed: a device on the
/// way (NAT, firewall, load balancer) forgot the connection and does not say so. One finding for each pool, with the
/// interval in which its timer lies.
/// </summary>
/// <remarks>
/// Not flagged: a request that is answered in the end (HWA-G004), that RST or FIN answers, an idle time shorter than any
/// such timer, and a path on which other connections survived as long. Where the path is not seen alive afterwards, the
/// host itself may be gone: then it is only possible.
/// </remarks>
internal sealed class MiddleboxDrop(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter LeastIdle = new(
        "least_idle", MeasureUnit.Nanoseconds, 10 * Timestamp.NanosecondsPerSecond, "no device forgets an open connection sooner");

    private static readonly RuleParameter Timeouts = new(
        "timeouts", MeasureUnit.Count, 2, "one loss of a packet is chance");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-G002",
        Severity = Severity.Error,
        Title = new Phrase("idle connection dropped silently on the way", "유휴 연결이 경로에서 조용히 끊김"),
        References = ["RFC 5382 §5", "RFC 9293 §3.8.4", "crate/crate#10779", "cockroachdb/cockroach#13823", "private-attribution/ipa#758"],
        Advice =
        [
            new Phrase(
                "Keep the path alive or do not rely on it: probe each {probe_every} (SO_KEEPALIVE with TCP_KEEPIDLE, or net.ipv4.tcp_keepalive_time), or let the client's pool drop connections that were idle for {probe_every} or longer; and set TCP_USER_TIMEOUT, so that a dead connection is noticed in seconds.",
                "경로를 살려 두거나 의존하지 마십시오. {probe_every}마다 keep-alive 프로브를 보내거나(SO_KEEPALIVE와 TCP_KEEPIDLE, 또는 net.ipv4.tcp_keepalive_time), 클라이언트 풀이 {probe_every} 이상 유휴인 연결을 버리게 하십시오. 죽은 연결을 몇 초 안에 알아차리도록 TCP_USER_TIMEOUT도 설정하십시오."),
        ],
        Parameters = [LeastIdle, Timeouts],
        RestsOnSilence = true,
    };

    private static readonly Phrase Bracketed = new(
        "After {killed} without a packet, {request} met nobody, and {repeats} repetitions neither ({drops} such connections). Idle times up to {survived} were survived: something on the way forgets connections after more than {survived} and at most {killed}.{named}",
        "{killed} 동안 패킷이 없던 연결에서 {request} 요청과 재전송 {repeats}번에 아무 응답이 없었습니다(같은 연결 {drops}개). {survived}까지의 유휴는 견뎠으므로, 경로의 장비가 {survived} 초과 {killed} 이하의 유휴 뒤에 연결을 잊습니다.{named}");

    private static readonly Phrase Below = new(
        "After {killed} without a packet, {request} met nobody, and {repeats} repetitions neither ({drops} such connections): something on the way forgets connections after at most {killed}.{named}",
        "{killed} 동안 패킷이 없던 연결에서 {request} 요청과 재전송 {repeats}번에 아무 응답이 없었습니다(같은 연결 {drops}개). 경로의 장비가 늦어도 {killed}의 유휴 뒤에는 연결을 잊습니다.{named}");

    private static readonly Phrase PathAlive = new(
        "requests on other connections of the path were answered later", "같은 경로의 다른 연결에서는 이후에도 응답이 옴");

    private readonly ByPool<List<Drop>> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var server = ref connection.Tcp.ServerEnd;
        var calls = connection.UnansweredCalls(Side.Client);
        var repeats = calls.Count(call => call.Kind == TcpRemarkKind.RetransmissionTimeout);
        if (repeats < Of(Timeouts) || !server.Fin.IsNone || !server.Rst.IsNone || connection.Record.NeverOpened)
        {
            return;
        }

        foreach (var exchange in connection.Trail!.Exchanges)
        {
            var start = exchange.RequestTrace.Start;
            if (exchange is { IdleBefore: >= 0, Response: null, TunnelDepth: 0 } && start.Number > server.Last.Number
                && start.Time.Since(server.Last.Time) >= Of(LeastIdle))
            {
                var idle = new IdleSpan(start.Time.Since(server.Last.Time), server.Last, start);
                var drops = _pools.Of(connection.Pool);
                if (findings.TryKeep(drops.Count, findings.Limits.IdleSamples))
                {
                    drops.Add(new Drop(connection.Number, exchange.Ordinal, idle, repeats, calls[^1].Packet));
                    connection.Pool.Drops.Add(new IdleClose(idle, connection.Number));
                }

                return;
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, drops) in _pools.InOrder)
        {
            var shortest = drops.MinBy(drop => drop.Idle.Length)!;
            var survived = pool.ClientIdle.LongestSurvived;
            if (survived.Length >= shortest.Idle.Length)
            {
                continue;
            }

            Report(pool, drops, shortest, survived, findings);
        }
    }

    private void Report(PoolHabits pool, List<Drop> drops, Drop shortest, in IdleSpan survived, FindingList findings)
    {
        var named = Middleboxes.Between(survived.Length, shortest.Idle.Length);
        var isAlive = drops.Exists(drop => pool.LastAnswered.Number > drop.Idle.To.Number);
        var killed = shortest.Idle.Length;

        // What was survived is safe; where that tells little, a quarter of what was not.
        var safe = long.Max(survived.Length, killed / 4) / Timestamp.NanosecondsPerSecond * Timestamp.NanosecondsPerSecond;
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = drops.Count > 1 || named.Length > 0 ? Severity.Error : Severity.Warning,
            Confidence = !isAlive ? Confidence.Possible
                : drops.Count > 1 && survived.Length > 0 ? Confidence.Certain
                : Confidence.Likely,
            Subject = drops.Count > 1 ? FindingSubject.Of(pool.Name) : FindingSubject.Of(shortest.Connection, shortest.Ordinal),
            Frames = Evidence.Of(survived.From, survived.To, shortest.Idle.From, shortest.Idle.To, shortest.Last),
            Measured =
            [
                Measure.Duration("killed", killed),
                .. survived.Length > 0 ? new[] { Measure.Duration("survived", survived.Length) } : [],
                Measure.Duration("probe_every", safe),
                Measure.Count("drops", drops.Count),
                Measure.Count("repeats", shortest.Repeats),
                Measure.Frame("request", shortest.Idle.To),
                Measure.Words("named", named.Length == 0 ? "" : $" [{named}]"),
            ],
            Says = survived.Length > 0 ? Bracketed : Below,
            Threshold = ThresholdOf("killed", LeastIdle),
            Guards = [new Guard(PathAlive, isAlive)],
        });
    }

    private sealed record Drop(int Connection, int Ordinal, IdleSpan Idle, int Repeats, PacketRef Last);
}
