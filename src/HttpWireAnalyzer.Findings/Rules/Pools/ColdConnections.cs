using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R002: what connections cost that served one request and could have served more.</summary>
/// <remarks>
/// Not flagged: pools that pay for few handshakes, and clients that authenticate their connections (NTLM, Negotiate) or pass those of others on (PROXY protocol),
/// which others may not use.
/// </remarks>
internal sealed class ColdConnections(RuleSettings settings) : Rule(Entry, settings)
{
    /// <summary>Requests, enough to say what reuse would gain: a finding costs each capture something. Who asks has more replayed.</summary>
    private const int Sample = 1 << 14;

    private static readonly RuleParameter Warn = new(
        "saving", MeasureUnit.Thousandths, 200, "a fifth of the time that clients wait");

    private static readonly RuleParameter Faster = new(
        "faster", MeasureUnit.Nanoseconds, 20_000_000, "what people notice of a page of several requests");

    private static readonly RuleParameter Least = new(
        "requests", MeasureUnit.Count, 2, "one request cannot reuse anything");

    private static readonly RuleParameter Many = new(
        "many", MeasureUnit.Count, 20, "a share of fewer requests than these is no habit");

    private static readonly RuleParameter ColdShare = new(
        "cold", MeasureUnit.Thousandths, 50, "with fewer cold ones there is nothing to gain");

    private static readonly RuleParameter IdleLimit = new(
        "idle", MeasureUnit.Nanoseconds, 60 * Timestamp.NanosecondsPerSecond, "SocketsHttpHandler since .NET 6; less where the server is seen to close sooner, or says so");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R002",
        SpeaksOfStreams = false,
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("cost of cold connections", "새 연결의 비용"),
        References = ["RFC 9112 §9.3", "RFC 6928", "OData/odata.net#1722", "dotnet/runtime#45544"],
        Advice =
        [
            new Phrase(
                "Keep connections open and idle for up to {idle_limit}: {opened} would have done, in place of {connections}.",
                "연결을 최대 {idle_limit} 동안 유휴 상태로 유지하십시오. 연결 {connections}개 대신 {opened}개로 충분했습니다."),
        ],
        Parameters = [Least, Many, ColdShare, Warn, Faster, IdleLimit],
    };

    private static readonly Phrase Says = new(
        "{pool}: {cold} of {requests} requests waited for a handshake. With connections kept, {opened} would have been opened in place of {connections}, and {saved} of waiting saved ({saving} of all latency): p50 {p50_before} → {p50_after}, p95 {p95_before} → {p95_after}, all done after {end_after} in place of {end_before}.",
        "{pool}: 요청 {requests}건 중 {cold}건이 핸드셰이크를 기다렸습니다. 연결을 유지했다면 {connections}개 대신 {opened}개만 열고 대기 {saved}(전체 지연의 {saving})을(를) 줄였을 것입니다. p50 {p50_before} → {p50_after}, p95 {p95_before} → {p95_after}, 전체 완료 {end_before} → {end_after}.");

    private static readonly Phrase NotBound = new(
        "no request authenticates its connection", "연결 단위 인증을 쓰는 요청이 없음");

    private readonly ReuseAccount _account = new(Sample);

    public override ExchangeTraits Exchanges => ExchangeTraits.Every;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        if (!exchange.Pool.IsRest)
        {
            _account.Add(exchange.Pool.Name, exchange.Exchange, exchange.Timing);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (_account.Of(pool.Name) is { } replay
                && replay.Requests >= Of(Least)
                && !pool.IsOneForEach && !_account.IsBound(pool.Name)
                && capture.RecordOf(pool.Name) is { } record
                && record.Exchanges.Cold * 1000 >= record.Exchanges.Total * Of(ColdShare)
                && replay.Run(LimitOf(pool), PortProfile.Linux.TimeWait) is { } outcome
                && outcome.Opened < outcome.Cold)
            {
                findings.Add(Finding(pool, record, outcome));
            }
        }
    }

    private long LimitOf(PoolHabits pool) =>
        ReuseReplay.IdleLimitOf(pool.Server.Idle.Estimate(), pool.Server.Announced, Of(IdleLimit));

    private Finding Finding(PoolHabits pool, PoolRecord record, ReuseOutcome outcome)
    {
        var isMuch = (outcome.Requests >= Of(Many) && outcome.Saved * 1000 >= outcome.SumBefore * Of(Warn))
            || outcome.Saved >= Of(Faster) * outcome.Requests
            || outcome.Before.Percentile95 - outcome.After.Percentile95 >= Of(Faster);
        // What a client does that minds so short a time is no fault of its own.
        var isPromiseShort = ShortPromise.IsOf(pool) && record.Connections.ClosedByClient * 2 > record.Connections.Total;
        return new Finding
        {
            Rule = Card,
            Severity = isMuch ? Severity.Warning : Severity.Info,
            Confidence = Confidence.Likely,
            Subject = FindingSubject.Of(pool.Name),
            Frames = Evidence.Of(record.First, record.Last),
            Measured =
            [
                Measure.Words("pool", pool.Name.ToString()),
                Measure.Count("requests", outcome.Requests),
                Measure.Count("cold", outcome.Cold),
                Measure.Count("connections", _account.LeftOut > 0 ? outcome.Cold : record.Connections.Total),
                Measure.Count("opened", outcome.Opened),
                Measure.Duration("saved", outcome.Saved),
                Measure.Share("saving", outcome.Saved, outcome.SumBefore),
                Measure.Duration("p50_before", outcome.Before.Median),
                Measure.Duration("p50_after", outcome.After.Median),
                Measure.Duration("p95_before", outcome.Before.Percentile95),
                Measure.Duration("p95_after", outcome.After.Percentile95),
                Measure.Duration("end_before", outcome.EndBefore),
                Measure.Duration("end_after", outcome.EndAfter),
                Measure.Duration("idle_limit", LimitOf(pool)),
                .. isPromiseShort ? [ShortPromise.Of(pool)] : (ReadOnlySpan<Measure>)[],
            ],
            Says = Says,
            Advice = isPromiseShort ? [ShortPromise.Advice] : Card.Advice,
            Threshold = ThresholdOf("saving", Warn),
            Guards = [new Guard(NotBound, Passed: true)],
        };
    }
}
