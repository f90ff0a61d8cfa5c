using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>
/// HWA-K002: a request on a connection whose FIN from the server the client's own kernel had acknowledged: no race in
/// the network, the pool did not look.
/// </summary>
/// <remarks>
/// Not flagged: a request that the server answered after its FIN cannot be (its half is closed), and one that crossed
/// the FIN on the way is HWA-K001.
/// </remarks>
internal sealed class StaleReuse(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter NeverChecked = new(
        "never_checked", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a pool that looks at all looks sooner");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K002",
        Severity = Severity.Error,
        Title = new Phrase("stale pooled connection reused", "이미 닫힌 풀 연결을 재사용함"),
        References = ["RFC 9112 §9.5", "mono/mono#17710", "TalAloni/StandardSocketsHttpHandler#13", "openresty/lua-resty-core#65"],
        Advice =
        [
            new Phrase(
                "Have the pool look for end of file before it hands a connection out (poll the socket for readability), or keep idle connections for {client_limit} at most: this server closed this one after {server_idle}.",
                "풀이 연결을 내주기 전에 EOF를 확인하게 하거나(소켓 읽기 가능 여부 검사), 유휴 연결을 최대 {client_limit}까지만 유지하십시오. 이 서버는 이 연결을 {server_idle} 뒤에 닫았습니다."),
        ],
        Parameters = [NeverChecked],
    };

    private static readonly Phrase Says = new(
        "{method} {target} ({request}) was sent {after_fin} after the server's FIN ({fin}), which the client had acknowledged ({fin_ack}): the pool did not notice that the connection was closed, and the request was lost.",
        "{method} {target}({request})이 서버의 FIN({fin}) 이후 {after_fin} 뒤에 전송되었습니다. 클라이언트는 그 FIN을 이미 확인 응답했습니다({fin_ack}). 풀이 연결 종료를 알아차리지 못했고 요청은 유실되었습니다.");

    private static readonly Phrase SaysHeard = new(
        "{method} {target} ({request}) was sent {after_fin} after the server's FIN ({fin}), which the client had acknowledged ({fin_ack}): the pool did not notice that the server had closed its half. The server's kernel acknowledged the request, and no RST followed: it may have been read and done, and no answer can come.",
        "{method} {target}({request})이 서버의 FIN({fin}) 이후 {after_fin} 뒤에 전송되었습니다. 클라이언트는 그 FIN을 이미 확인 응답했습니다({fin_ack}). 풀이 서버 쪽이 닫힌 것을 알아차리지 못했습니다. 서버의 커널은 요청을 확인 응답했고 RST는 없었으므로 요청이 처리되었을 수 있지만, 응답은 올 수 없습니다.");

    private static readonly Phrase Look = new(
        "Have the pool look for end of file, and for octets that it did not ask for, before it hands a connection out (poll the socket for readability): this server closed this one right after it had answered.",
        "풀이 연결을 내주기 전에 EOF와 요청하지 않은 데이터가 있는지 확인하게 하십시오(소켓 읽기 가능 여부 검사). 이 서버는 응답 직후 이 연결을 닫았습니다.");

    private static readonly Phrase Ended = new(
        "Have the pool look for end of file before it hands a connection out (poll the socket for readability). No idle limit helps here: the server closed this connection as it ended or was restarted, together with others.",
        "풀이 연결을 내주기 전에 EOF를 확인하게 하십시오(소켓 읽기 가능 여부 검사). 서버가 종료되거나 재시작되면서 다른 연결과 함께 이 연결을 닫았으므로 유휴 제한으로는 막을 수 없습니다.");

    private static readonly Phrase NoAnswer = new("nothing answered the request", "요청에 대한 응답이 전혀 없음");

    public override ConnectionTraits Connections => ConnectionTraits.Outstanding;

    private readonly List<LostRequest> _lost = [];

    /// <summary>After the last connection: how many requests of this pool were lost so; the first ones that a rule keeps.</summary>
    public int LostOf(PoolHabits pool) => _lost.Count(lost => lost.Pool == pool);

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        foreach (var lost in LostRequest.Of(connection))
        {
            if (!lost.IsAfterKnownFin)
            {
                continue;
            }

            if (_lost.Count < findings.Limits.Suspects)
            {
                _lost.Add(lost);
                findings.Suspect(Card, lost.Start);
            }
            else
            {
                findings.Add(Finding(lost), lost.Captured);
            }
        }
    }

    /// <summary>What to advise is known when all closes of the server are.</summary>
    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var lost in _lost)
        {
            findings.Add(Finding(lost), lost.Captured);
        }
    }

    private Finding Finding(LostRequest lost)
    {
        var (serverIdle, after) = (lost.Idle, lost.AfterFin);
        return new Finding
        {
            Rule = Card,
            Severity = after > Of(NeverChecked) ? Severity.Error : lost.Severity,
            Confidence = lost.IsHeard ? Confidence.Likely : Confidence.Certain,
            Subject = lost.Subject,
            Frames = Evidence.Of(lost.LastWhole, lost.ServerFin, lost.FinAcknowledged, lost.Start, lost.ServerRst),
            Measured =
            [
                .. lost.Measured(lost.Exchange.IdleBefore),
                Measure.Duration("after_fin", after),
                Measure.Duration("server_idle", serverIdle),
                Measure.Duration("client_limit", IdleMargin.ClientLimit(serverIdle)),
                Measure.Frame("fin", lost.ServerFin),
                Measure.Frame("fin_ack", lost.FinAcknowledged),
            ],
            Says = lost.IsHeard ? SaysHeard : Says,
            Advice = serverIdle < IdleTimeouts.Shortest ? [Look]
                : lost.Pool.Server.Idle.IsDrain(lost.ServerFin.Time) ? [Ended]
                : Card.Advice,
            Threshold = ThresholdOf("after_fin", NeverChecked),
            Guards = [new Guard(NoAnswer, Passed: true)],
        };
    }
}
