using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>What an exchange has that may concern a rule.</summary>
[Flags]
public enum ExchangeTraits : uint
{
    None = 0,

    /// <summary>It ended in another way than whole.</summary>
    NotComplete = 1u << 0,

    /// <summary>The connection had been idle before it.</summary>
    AfterIdle = 1u << 1,

    /// <summary>It stood in a pipeline.</summary>
    Pipelined = 1u << 2,

    /// <summary>It repeats one that failed.</summary>
    Retry = 1u << 3,

    /// <summary>Something was odd about a message.</summary>
    Anomalous = 1u << 4,

    /// <summary>Status 400 or above.</summary>
    ErrorStatus = 1u << 5,

    /// <summary>TCP held it up.</summary>
    Stalled = 1u << 6,

    /// <summary>The response has a Keep-Alive field.</summary>
    KeepAlivePromise = 1u << 7,

    /// <summary>The connection does not persist after it, although its request is of HTTP/1.1 or has keep-alive.</summary>
    Closes = 1u << 8,

    /// <summary>A message has Proxy-Connection, or Connection names something else than close and keep-alive.</summary>
    HopByHop = 1u << 9,

    /// <summary>It is the first on its connection.</summary>
    First = 1u << 10,

    /// <summary>Between a proxy and one of its clients or servers, as far as both sides of it were captured.</summary>
    Proxied = 1u << 11,

    /// <summary>The request is of HTTP/1.0, and one of the messages has keep-alive.</summary>
    Http10KeepAlive = 1u << 12,

    /// <summary>The answer took a second or more to begin.</summary>
    SlowAnswer = 1u << 13,

    /// <summary>From its first octet to its last, the answer took a second or more; or it has no end.</summary>
    LongResponse = 1u << 14,

    /// <summary>The connection had been idle for 50 ms or more before it, or it is the first.</summary>
    AfterPause = 1u << 15,

    /// <summary>The connection had been idle for longer than the server had announced that it would wait.</summary>
    AfterPromise = 1u << 16,

    /// <summary>It is the second on its connection.</summary>
    Second = 1u << 17,

    /// <summary>Its answer waited for the end of another one.</summary>
    Queued = 1u << 18,

    /// <summary>The request, or the one before it on the connection, is not idempotent (RFC 9110 §9.2.2).</summary>
    NotIdempotent = 1u << 19,

    /// <summary>It is a stream of HTTP/2: only rules whose card <see cref="RuleCard.SpeaksOfStreams"/> see it.</summary>
    Stream = 1u << 20,

    /// <summary>For rules that must see all of them: they had better be cheap.</summary>
    Every = 1u << 31,
}

/// <summary>What a connection has that may concern a rule.</summary>
[Flags]
public enum ConnectionTraits : uint
{
    None = 0,

    /// <summary>Something was outstanding when the first FIN or RST passed, or a request came after it.</summary>
    Outstanding = 1u << 0,

    /// <summary>Closed while idle, and no message had said that it would be.</summary>
    IdleClose = 1u << 1,

    /// <summary>A RST, with or without a FIN before it.</summary>
    Reset = 1u << 2,

    /// <summary>Refused, or not answered.</summary>
    NeverOpened = 1u << 3,

    /// <summary>Octets after a FIN, or one FIN only.</summary>
    HalfClosed = 1u << 4,

    /// <summary>Open when it was last seen.</summary>
    Open = 1u << 5,

    /// <summary>It has a <see cref="Trail"/>: an exchange that did not go well, or a remark.</summary>
    Trail = 1u << 6,

    /// <summary>A TCP remark of any kind.</summary>
    Remarks = 1u << 7,

    /// <summary>No request, no response.</summary>
    WithoutHttp = 1u << 8,

    /// <summary>A SYN or SYN-ACK more than once.</summary>
    SynRepeated = 1u << 9,

    /// <summary>Closed by FIN or RST, and HTTP was spoken.</summary>
    HttpClosed = 1u << 10,

    /// <summary>Packets of one end only, and it is not that it never opened.</summary>
    OneDirection = 1u << 11,

    /// <summary>Open before the capture began.</summary>
    Midstream = 1u << 12,

    /// <summary>Octets captured in segments larger than the other end takes: the network card cuts or joins them.</summary>
    SuperSegments = 1u << 13,

    /// <summary>A segment has one of <see cref="Tcp.Diagnosis.SegmentMarks"/>, beside that its ports were used before.</summary>
    Marked = 1u << 14,

    /// <summary>A connection of the same 4-tuple was there before.</summary>
    PortsReused = 1u << 15,

    /// <summary>An end began slowly after idleness, sent a long run of small segments, or could not get one through.</summary>
    Slowed = 1u << 16,

    /// <summary>It became a WebSocket.</summary>
    WebSocket = 1u << 17,

    /// <summary>It carried HTTP/2, not in a tunnel: only rules whose card <see cref="RuleCard.SpeaksOfStreams"/> see it.</summary>
    Streams = 1u << 18,

    /// <summary>Closed by FINs that crossed, and HTTP was spoken.</summary>
    CrossingFins = 1u << 19,

    /// <summary>A response had Keep-Alive: max.</summary>
    KeepAliveMax = 1u << 20,

    /// <summary>For rules that must see all of them: they had better be cheap.</summary>
    Every = 1u << 31,
}

/// <summary>Says once for all rules what is special about an exchange or a connection.</summary>
internal static class Traits
{
    /// <summary>Nanoseconds: of a <see cref="ExchangeTraits.LongResponse"/> and a <see cref="ExchangeTraits.SlowAnswer"/>.</summary>
    public const long Noticeable = Timestamp.NanosecondsPerSecond;

    /// <summary>Nanoseconds: before an exchange that is <see cref="ExchangeTraits.AfterPause"/>.</summary>
    public const long Pause = Timestamp.NanosecondsPerSecond / 20;

    private const uint IdleCloses = 1u << (int)CloseReason.IdleClose | 1u << (int)CloseReason.AnnouncedIdleTimeout
        | 1u << (int)CloseReason.EarlierThanAnnounced | 1u << (int)CloseReason.ServerClosedUnannounced;

    private const ConnectionOptions HopByHop = ConnectionOptions.Upgrade | ConnectionOptions.OtherNames
        | ConnectionOptions.ProxyKeepAlive | ConnectionOptions.ProxyClose;

    public static ExchangeTraits Of(in HttpExchange exchange, in ExchangeTiming timing)
    {
        var traits = ExchangeTraits.Every;
        traits |= exchange.End == ExchangeEnd.Complete ? 0 : ExchangeTraits.NotComplete;
        if (exchange.IdleBefore >= 0)
        {
            traits |= exchange.IdleBefore >= Pause ? ExchangeTraits.AfterIdle | ExchangeTraits.AfterPause : ExchangeTraits.AfterIdle;
        }

        traits |= exchange.Ordinal switch
        {
            1 => ExchangeTraits.First | ExchangeTraits.AfterPause,
            2 => ExchangeTraits.Second,
            _ => 0,
        };
        traits |= exchange.PipelineDepth > 1 ? ExchangeTraits.Pipelined : 0;
        traits |= exchange.RetryOf is null ? 0 : ExchangeTraits.Retry;
        traits |= exchange.Anomalies == HttpAnomalies.None ? 0 : ExchangeTraits.Anomalous;
        traits |= timing.Stalled > 0 ? ExchangeTraits.Stalled : 0;
        traits |= timing.Queued > 0 ? ExchangeTraits.Queued : 0;
        traits |= exchange.Stream > 0 ? ExchangeTraits.Stream : 0;
        var named = ConnectionOptions.None;
        if (exchange.Request is { } request)
        {
            traits |= request.IsIdempotent ? 0 : ExchangeTraits.NotIdempotent;
            named = request.Connection;
            var letsPersist = request.Version == HttpVersion.Http11 || (named & ConnectionOptions.KeepAlive) != 0;
            traits |= letsPersist && exchange.Persistence.Verdict == PersistenceVerdict.Closes ? ExchangeTraits.Closes : 0;
        }

        if (exchange.Response is { } response)
        {
            traits |= response.Status >= 400 ? ExchangeTraits.ErrorStatus : 0;
            traits |= TimesOf(exchange);
            traits |= response.KeepAliveTimeout >= 0 || response.KeepAliveMax >= 0 ? ExchangeTraits.KeepAlivePromise : 0;
            named |= response.Connection;
        }

        traits |= (named & ConnectionOptions.KeepAlive) != 0 && exchange.Request is { Version: HttpVersion.Http10 }
            ? ExchangeTraits.Http10KeepAlive
            : 0;
        return (named & HopByHop) == 0 ? traits : traits | ExchangeTraits.HopByHop;
    }

    private static ExchangeTraits TimesOf(in HttpExchange exchange)
    {
        ref readonly var answer = ref exchange.ResponseTrace;
        var end = answer.End.IsNone ? exchange.EndedBy : answer.End;
        var traits = end.Time.Since(answer.Start.Time) >= Noticeable || exchange.End == ExchangeEnd.ResponseTruncated
            ? ExchangeTraits.LongResponse
            : 0;
        return !exchange.RequestTrace.End.IsNone && answer.Start.Time.Since(exchange.RequestTrace.End.Time) >= Noticeable
            ? traits | ExchangeTraits.SlowAnswer
            : traits;
    }

    public static ConnectionTraits Of(ConnectionRecord record, Trail? trail)
    {
        ref readonly var tcp = ref record.Tcp;
        ref readonly var atClose = ref record.AtClose;
        var traits = ConnectionTraits.Every;
        traits |= atClose.Outstanding || atClose.RequestsAfter > 0 ? ConnectionTraits.Outstanding : 0;
        traits |= (IdleCloses >> (int)record.Close.Reason & 1) != 0 ? ConnectionTraits.IdleClose : 0;
        traits |= tcp.ClientEnd.Rst.IsNone && tcp.ServerEnd.Rst.IsNone ? 0 : ConnectionTraits.Reset;
        traits |= record.NeverOpened ? ConnectionTraits.NeverOpened : 0;
        traits |= tcp.Close.How == CloseManner.HalfClosed || tcp.Close.HalfCloseOctets > 0 ? ConnectionTraits.HalfClosed : 0;
        traits |= tcp.Close.How == CloseManner.Open ? ConnectionTraits.Open : 0;
        traits |= trail is null ? 0 : ConnectionTraits.Trail;
        traits |= record.RemarkKinds == 0 ? 0 : ConnectionTraits.Remarks;
        traits |= record.Handshake.SynRetransmissions > 0 ? ConnectionTraits.SynRepeated : 0;
        traits |= Of(tcp.ClientEnd.Diagnosis) | Of(tcp.ServerEnd.Diagnosis);
        traits |= tcp.Incarnation > 1 ? ConnectionTraits.PortsReused : 0;
        traits |= tcp.Midstream ? ConnectionTraits.Midstream : 0;
        traits |= record.Http.Successor switch
        {
            null => 0,
            WebSocketRecord => ConnectionTraits.WebSocket,
            Http2Record { IsTunnelled: false } => ConnectionTraits.Streams,
            _ => 0,
        };
        traits |= record.IsOneSided ? ConnectionTraits.OneDirection : 0;
        traits |= IsSuper(tcp.ClientEnd, tcp.ServerEnd) || IsSuper(tcp.ServerEnd, tcp.ClientEnd) ? ConnectionTraits.SuperSegments : 0;
        traits |= record.Http.KeepAliveMax >= 0 ? ConnectionTraits.KeepAliveMax : 0;
        return traits | (!record.IsHttp ? ConnectionTraits.WithoutHttp
            : record.HasTwoClosers ? ConnectionTraits.HttpClosed | ConnectionTraits.CrossingFins
            : record.HasCloser ? ConnectionTraits.HttpClosed
            : 0);
    }

    /// <summary>Both ends were heard, and one acknowledged octets that were not captured.</summary>
    public static bool IsMissing(ConnectionRecord record, Trail? trail) => record.Gaps > 0 && !record.IsOneSided
        && trail is not null && trail.Gaps.Any(gap => gap.Cause == GapCause.Acknowledged);

    private static ConnectionTraits Of(in EndDiagnosisSummary end)
    {
        if (end.Troubles is not { } troubles)
        {
            return 0;
        }

        var isSlowed = troubles.SlowRestarts is not null || troubles.Stuck is not null || troubles.SmallSegments.Segments > 0;
        return (isSlowed ? ConnectionTraits.Slowed : 0) | (troubles.Marks is { IsTrouble: true } ? ConnectionTraits.Marked : 0);
    }

    /// <summary>The first flight tells: on average its segments are larger than the other end's MSS allows.</summary>
    public static bool IsSuper(in EndSummary sender, in EndSummary receiver) => receiver.MaximumSegmentSize > 0
        && sender.Diagnosis.InitialOctets > (long)sender.Diagnosis.InitialSegments * receiver.MaximumSegmentSize;
}
