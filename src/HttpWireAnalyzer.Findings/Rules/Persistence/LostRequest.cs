using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>A request on a connection that had carried others, which nothing answered, and how the server's end stood.</summary>
/// <param name="ServerFin">None without one.</param>
/// <param name="HasCrossed">That FIN had left the server before the request arrived.</param>
/// <param name="IsSentBeforeFin">The client's acknowledgment of the FIN stands behind the request in its stream: this had left before.</param>
/// <param name="IsHeard">The server's kernel acknowledged the request, and no RST says that nobody reads there.</param>
/// <param name="FinAcknowledged">The client's packet that acknowledged that FIN; none where not seen.</param>
/// <param name="ServerRst">None without one.</param>
/// <param name="ClientEnd">The client's first FIN or RST; none without one.</param>
/// <param name="RstOnUnread">The RST covers octets that the server's kernel had and its application did not read.</param>
/// <param name="IsAfterClose">An earlier message had said that the connection would close: what came then was not on an idle one.</param>
/// <param name="Announced">What the server had announced before.</param>
/// <param name="Captured">Of its connection.</param>
internal sealed record LostRequest(
    HttpExchange Exchange,
    PoolHabits Pool,
    PoolName PoolName,
    PacketRef ServerFin,
    bool HasCrossed,
    bool IsSentBeforeFin,
    bool IsHeard,
    PacketRef FinAcknowledged,
    PacketRef ServerRst,
    PacketRef ClientEnd,
    bool RstOnUnread,
    bool IsAfterClose,
    PacketRef LastWhole,
    AnnouncedTimeout Announced,
    Wholeness Captured,
    long RoundTrip)
{
    /// <summary>A fifth of the timeout is no timer's fault.</summary>
    private const int Soon = 5;

    public PacketRef Start => Exchange.RequestTrace.Start;

    public FindingSubject Subject => FindingSubject.Of(Exchange, PoolName);

    /// <summary>The request's packet came after the client had acknowledged the server's FIN, or acknowledges it itself.</summary>
    public bool IsAfterKnownFin => !ServerFin.IsNone && Start.Number > ServerFin.Number && !IsSentBeforeFin
        && !FinAcknowledged.IsNone && FinAcknowledged.Number <= Start.Number;

    /// <summary>The server closed long after the request ought to have arrived: this was lost on the way, and raced nothing.</summary>
    /// <param name="window">Of HWA-K001, nanoseconds.</param>
    public bool IsLostOnTheWay(long window) => IsSentBeforeFin || (HasCrossed && -AfterFin > AtOnce(window));

    public RequestHead Request => Exchange.Request!;

    /// <summary>The client closed before the server did: it did not wait for an answer.</summary>
    public bool WasGivenUp => ClientEnd.Number > Start.Number && (ServerEnd.IsNone || ClientEnd.Number < ServerEnd.Number);

    /// <summary>How long after the server's FIN it was sent; negative where that came later.</summary>
    public long AfterFin => Start.Time.Since(ServerFin.Time);

    /// <summary>How long the connection had been idle when the server closed it or, sooner, the request was sent.</summary>
    public long Idle => ServerEnd.IsNone ? Exchange.IdleBefore
        : Exchange.IdleBefore - long.Max(0, Start.Time.Since(ServerEnd.Time));

    /// <summary>A connection that had been idle for longer still got its answer from this server: no timer is so short.</summary>
    public bool WasOutlived => Pool.Server.Idle.LongestSurvived.Length > Exchange.IdleBefore;

    /// <summary>Idle for as long as this server lets connections be, as far as that is known.</summary>
    public bool IsAtTimeout(IdleEstimate? estimate) =>
        estimate?.MayBeDue(Exchange.IdleBefore, RoundTrip) == true || Announced.Fits(Exchange.IdleBefore);

    /// <summary>It was idle for that long, or nothing is known that speaks against it.</summary>
    public bool MayBeAtTimeout(IdleEstimate? estimate) =>
        IsAtTimeout(estimate) || (estimate is null && !Announced.IsSaid && !WasOutlived);

    /// <summary>No idle timer of this server can have been due.</summary>
    public bool IsSoonAfterAnswer(IdleEstimate? estimate)
    {
        var timeout = estimate?.Shortest.Span.Length ?? Announced.Length;
        return timeout > 0 && Exchange.IdleBefore < timeout / Soon;
    }

    /// <summary>The server's FIN or RST followed the request, as soon as the way and a busy host allow.</summary>
    /// <param name="window">Of HWA-K001, nanoseconds.</param>
    public bool IsEndedWithin(long window) => !ServerEnd.IsNone
        && (RstOnUnread || !ServerFin.IsNone)
        && ServerEnd.Time.Since(Exchange.RequestTrace.End.Time) <= AtOnce(window);

    /// <param name="window">Of HWA-K001, nanoseconds.</param>
    public long AtOnce(long window) => long.Max(2 * RoundTrip, window);

    /// <summary>No idle timer ended it: none was due, or the request had been there for longer than a race lasts.</summary>
    /// <param name="window">Of HWA-K001, nanoseconds.</param>
    public bool IsNoRace(IdleEstimate? estimate, long window) => !HasCrossed
        && (!MayBeAtTimeout(estimate) || !IsEndedWithin(window));

    /// <summary>The server's FIN or, without one, its RST; none where it did not end the connection.</summary>
    public PacketRef ServerEnd => ServerFin.IsNone ? ServerRst : ServerFin;

    /// <summary>Of those that cannot be repeated safely (RFC 9110 §9.2.2), a loss is worse.</summary>
    public Severity Severity => Request.IsIdempotent ? Severity.Warning : Severity.Error;

    /// <summary>Those of a finished connection.</summary>
    public static IEnumerable<LostRequest> Of(ConnectionCase connection)
    {
        foreach (var exchange in connection.Ended(ExchangeEnd.Unanswered))
        {
            if (exchange is { Request: not null, Ordinal: > 1, IdleBefore: >= 0 } && connection.Actual(exchange.Requester) == Side.Client)
            {
                yield return new LostRequest(
                    exchange,
                    connection.Pool,
                    connection.PoolName,
                    connection.Tcp.ServerEnd.Fin,
                    connection.Tcp.ServerEnd.HasClosedBefore(exchange.RequestTrace.HeadOffset),
                    connection.Tcp.ServerEnd.IsFinAcknowledgedAhead,
                    connection.Tcp.ServerEnd.Rst.IsNone && connection.Tcp.ClientEnd.Unacknowledged == 0,
                    connection.Tcp.ServerEnd.FinAcknowledged,
                    connection.Tcp.ServerEnd.Rst,
                    connection.Tcp.ClientEnd.Fin.IsNone ? connection.Tcp.ClientEnd.Rst : connection.Tcp.ClientEnd.Fin,
                    connection.Tcp.Close is { ResetOnUnread: true, First: Side.Server } && !ForeignResets.MayBe(connection.Tcp, Side.Server),
                    connection.Record.Close.IsAnnounced && connection.Record.Close.Evidence.Number < exchange.RequestTrace.Start.Number,
                    connection.LastWhole,
                    AnnouncedTimeout.Of(connection.Record),
                    connection.Wholeness,
                    connection.RoundTrip);
            }
        }
    }

    /// <summary>What both rules tell of it.</summary>
    /// <param name="idle">As the rule counts it.</param>
    public List<Measure> Measured(long idle) =>
    [
        Measure.Words("method", Request.Method),
        Measure.Words("target", Request.Target),
        Measure.Duration("idle", idle),
        Measure.Duration("round_trip", RoundTrip),
        Measure.Frame("request", Start),
    ];
}
