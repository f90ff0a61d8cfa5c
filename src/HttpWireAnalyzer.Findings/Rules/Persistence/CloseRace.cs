using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>
/// HWA-K001: a request that met the server's close of the idle connection. Three shapes: its FIN crossed the request;
/// its kernel took the request and answered RST, since the application had closed; its FIN came after the request.
/// </summary>
/// <remarks>
/// The last two are a race only where the connection had been idle for as long as this server lets them be: that is
/// known when the capture ends, so they wait until then. Not flagged: a request after a FIN that the client had
/// acknowledged (HWA-K002), or on its way when a close was announced; one that the client gave up itself, closing first;
/// one that met its end at another idle time than the server's, after less idleness than the server was seen to bear, or
/// on a server that also ends requests soon after an answer: its program fails (HWA-T005).
/// </remarks>
internal sealed class CloseRace(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleParameter Window = new(
        "window", MeasureUnit.Nanoseconds, IdleNotes.Race,
        "a kernel resets at once; a busy host and the way back take some time");

    private static readonly RuleParameter Gateway = new(
        "gateway", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a proxy that has lost a request says so at once");

    private static readonly Phrase Race = new(
        "Make the server keep idle connections at least 5 s longer than its clients do (65 s behind a load balancer with 60 s; 620 s behind one with 600 s), or the client drop them at least 1 s before the server's timeout. Retry only what is safe to repeat.",
        "서버의 유휴 시간을 클라이언트보다 최소 5초 길게 하거나(60초 로드 밸런서 뒤에서는 65초, 600초면 620초) 클라이언트가 서버보다 최소 1초 먼저 닫게 하십시오. 반복해도 안전한 요청만 재시도하십시오.");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K001",
        Severity = Severity.Error,
        Title = new Phrase("keep-alive close race, request lost", "keep-alive 종료 경합으로 요청 유실"),
        References = ["RFC 9112 §9.5", "RFC 9110 §9.2.2", "nodejs/node#20256", "nodejs/node#26166", "nodejs/node#17749", "AWS: Application Load Balancers, HTTP 502"],
        Advice = [Race],
        Parameters = [Window, Gateway],
    };

    private static readonly Phrase Crossing = new(
        "{method} {target} ({request}) crossed the server's FIN ({fin}) on the way: the server closed the connection, idle for {idle}, just before the request could arrive. It was lost.",
        "{method} {target}({request})이 서버의 FIN({fin})과 엇갈렸습니다. 서버는 {idle} 동안 유휴 상태이던 연결을 요청이 도착하기 직전에 닫았고, 요청은 유실되었습니다.");

    private static readonly Phrase Unaware = new(
        "{method} {target} ({request}) was sent {after_fin} after the server's FIN ({fin}), of which the client cannot have known: it had not acknowledged it. The server had closed the connection, idle for {idle}, and the request was lost.",
        "{method} {target}({request})이 서버의 FIN({fin}) 이후 {after_fin} 뒤에 전송되었습니다. 클라이언트는 그 FIN을 확인 응답하지 않았으니 알 수 없었습니다. 서버는 {idle} 동안 유휴 상태이던 연결을 이미 닫았고 요청은 유실되었습니다.");

    private static readonly Phrase Unread = new(
        "{method} {target} ({request}) arrived after {idle} of idleness, and the server answered RST ({rst}): its kernel had the request, its application had just closed the connection. It was lost.",
        "{method} {target}({request})이 {idle}의 유휴 뒤에 도착했고 서버는 RST({rst})로 답했습니다. 커널은 요청을 받았지만 애플리케이션은 막 연결을 닫은 뒤였습니다. 요청은 유실되었습니다.");

    private static readonly Phrase LateFin = new(
        "{method} {target} ({request}) arrived after {idle} of idleness, and the server closed ({fin}) without an answer: its idle timer ran out as the request came. It was lost.",
        "{method} {target}({request})이 {idle}의 유휴 뒤에 도착했지만 서버는 응답 없이 연결을 닫았습니다({fin}). 요청이 도착하는 순간 유휴 타이머가 만료되었습니다. 요청은 유실되었습니다.");

    private static readonly Phrase UnreadUnsure = new(
        "{method} {target} ({request}) arrived on a connection that had been idle for {idle}, and the server answered RST ({rst}): its kernel had the request, its application had not read it. Whether it closed the connection as idle or gave the request up, the packets do not show.",
        "{method} {target}({request})이 {idle} 동안 유휴 상태이던 연결로 도착했고 서버는 RST({rst})로 답했습니다. 커널은 요청을 받았지만 애플리케이션은 읽지 않았습니다. 유휴 연결로 보고 닫은 것인지 요청을 포기한 것인지는 패킷으로 알 수 없습니다.");

    private static readonly Phrase LateFinUnsure = new(
        "{method} {target} ({request}) arrived on a connection that had been idle for {idle}, and the server closed it ({fin}) without an answer. Whether its idle timer ran out or it gave the request up, the packets do not show.",
        "{method} {target}({request})이 {idle} 동안 유휴 상태이던 연결로 도착했지만 서버는 응답 없이 연결을 닫았습니다({fin}). 유휴 타이머가 만료된 것인지 요청을 포기한 것인지는 패킷으로 알 수 없습니다.");

    private static readonly Phrase Repeated = new(
        "The client sent it again ({retry}), with success.", "클라이언트가 다시 보내({retry}) 성공했습니다.");

    private static readonly Phrase BadGateway = new(
        "The client behind it was told {status} ({answer}).", "그 앞의 클라이언트는 {status} 응답을 받았습니다({answer}).");

    private static readonly Phrase AsLongAsOthers = new(
        "it had been idle for as long as the server lets connections be", "서버가 유휴 연결을 닫는 시간만큼 유휴 상태였음");

    private static readonly Phrase NotRepeated = new("no retry of it succeeded", "재시도가 성공하지 않음");

    private static readonly Phrase NoDrain = new(
        "the server did not close several connections at once, as in a restart", "재시작처럼 서버가 여러 연결을 한꺼번에 닫지 않음");

    private readonly List<LostRequest> _suspects = [];
    private List<Verdict>? _verdicts;
    private readonly Dictionary<(int Connection, int Ordinal), PacketRef> _repeated = [];
    private readonly BadGateways _gateways = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Retry | ExchangeTraits.ErrorStatus;

    public override ConnectionTraits Connections => ConnectionTraits.Outstanding;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        _gateways.Note(exchange, findings.Limits.Suspects);
        if (it is { RetryOf: { } retried, End: ExchangeEnd.Complete, Response.Status: < 500 }
            && _repeated.Count < findings.Limits.Suspects)
        {
            _repeated[(retried.Connection, retried.Ordinal)] = it.RequestTrace.Start;
        }
    }

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        foreach (var lost in LostRequest.Of(connection))
        {
            if (lost is { IsAfterKnownFin: false, IsAfterClose: false, WasGivenUp: false } && findings.TryKeep(_suspects.Count))
            {
                _suspects.Add(lost);
                findings.Suspect(Card, lost.Start);
            }
        }
    }

    /// <summary>After the last connection: how many requests of this pool were lost so.</summary>
    public int LostOf(PoolHabits pool) => Verdicts.Count(verdict => verdict.Lost.Pool == pool);

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var verdict in Verdicts)
        {
            findings.Add(Finding(verdict), verdict.Lost.Captured);
        }
    }

    private List<Verdict> Verdicts => _verdicts ??= [.. Judge()];

    private IEnumerable<Verdict> Judge()
    {
        var estimates = new Dictionary<ServerHabits, IdleEstimate?>();
        foreach (var server in _suspects.Select(lost => lost.Pool.Server).Distinct())
        {
            estimates.Add(server, server.Idle.Estimate());
        }

        var failing = _suspects.Where(lost => !lost.HasCrossed && lost.IsEndedWithin(Of(Window)) && lost.IsSoonAfterAnswer(estimates[lost.Pool.Server]))
            .Select(lost => lost.Pool.Server).ToHashSet();
        foreach (var lost in _suspects)
        {
            if (lost.IsLostOnTheWay(Of(Window)))
            {
                continue;
            }

            if (lost.HasCrossed)
            {
                yield return new Verdict(lost, lost.AfterFin <= lost.AtOnce(Of(Window)) ? Crossing : Unaware, Confidence.Certain, null);
            }
            else if (lost.IsEndedWithin(Of(Window)) && !failing.Contains(lost.Pool.Server)
                && ByIdle(lost, estimates[lost.Pool.Server]) is { } verdict)
            {
                yield return verdict;
            }
        }
    }

    private static Verdict? ByIdle(LostRequest lost, IdleEstimate? estimate)
    {
        if (!lost.MayBeAtTimeout(estimate))
        {
            return null;
        }

        var isExpected = lost.IsAtTimeout(estimate);
        var confidence = estimate is { Samples: >= IdleEstimate.Enough } ? Confidence.Certain
            : isExpected ? Confidence.Likely
            : Confidence.Possible;
        var says = (lost.ServerFin.IsNone, isExpected) switch
        {
            (true, true) => Unread,
            (false, true) => LateFin,
            (true, false) => UnreadUnsure,
            (false, false) => LateFinUnsure,
        };
        return new Verdict(lost, says, confidence, estimate);
    }

    private Finding Finding(Verdict verdict)
    {
        var (lost, says, confidence, estimate) = verdict;
        var isRepeated = _repeated.TryGetValue((lost.Exchange.Connection.Number, lost.Exchange.Ordinal), out var retry);
        var answer = _gateways.Find(lost, Of(Gateway));
        var isDrain = lost.Pool.Server.Idle.IsDrain(lost.ServerEnd.Time);
        var isExpected = says != UnreadUnsure && says != LateFinUnsure;
        var measured = lost.Measured(lost.Idle);
        if (!lost.ServerFin.IsNone)
        {
            measured.Add(Measure.Frame("fin", lost.ServerFin));
        }

        if (!lost.ServerFin.IsNone && lost.AfterFin > 0)
        {
            measured.Add(Measure.Duration("after_fin", lost.AfterFin));
        }

        if (!lost.ServerRst.IsNone)
        {
            measured.Add(Measure.Frame("rst", lost.ServerRst));
        }

        if (estimate is not null)
        {
            measured.Add(Measure.Duration("server_idle", estimate.Median));
            measured.Add(Measure.Count("server_idle_samples", estimate.Samples));
        }

        if (isRepeated)
        {
            measured.Add(Measure.Frame("retry", retry));
            says = says.Then(Repeated);
        }

        if (answer is not null)
        {
            measured.Add(Measure.Count("status", answer.Status));
            measured.Add(Measure.Frame("answer", answer.Packet));
            says = says.Then(BadGateway);
        }

        return new Finding
        {
            Rule = Card,
            Severity = answer is not null ? Severity.Error : isRepeated ? Severity.Note : lost.Severity,
            Confidence = isDrain ? Confidence.Possible : confidence,
            Subject = lost.Subject,
            Frames = Evidence.Of(lost.LastWhole, lost.Start, lost.ServerFin, lost.ServerRst, retry, answer?.Packet ?? default),
            Measured = measured,
            Says = says,
            Guards =
            [
                new Guard(NotRepeated, !isRepeated),
                new Guard(NoDrain, !isDrain),
                .. lost.HasCrossed ? [] : (ReadOnlySpan<Guard>)[new Guard(AsLongAsOthers, isExpected)],
            ],
        };
    }

    /// <param name="Estimate">Of the server's idle timeout, where the verdict rests on it.</param>
    private sealed record Verdict(LostRequest Lost, Phrase Says, Confidence Confidence, IdleEstimate? Estimate);
}
