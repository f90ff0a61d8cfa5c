using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// Remembers exchanges that failed, and knows them again when their client sends the same request once more: method,
/// target, Host and body.
/// </summary>
/// <remarks>
/// Exchanges are given when they end. A retry that ended before the exchange which it repeats was known to have failed
/// is not found: the client had not waited for the connection to end.
/// </remarks>
internal sealed class RetryWatch(PoolLimits limits)
{
    private const int Ways = 4;

    /// <summary>Made with the first failure: most captures have none.</summary>
    private Failure[]? _failures;
    private Timestamp _latest;

    public static ExchangeFailure FailureOf(in HttpExchange exchange) => exchange.End switch
    {
        ExchangeEnd.Unanswered => ExchangeFailure.Unanswered,
        ExchangeEnd.RequestTruncated => ExchangeFailure.RequestTruncated,
        ExchangeEnd.ResponseTruncated => ExchangeFailure.ResponseTruncated,
        ExchangeEnd.Refused => ExchangeFailure.Refused,

        // Who resets its own request has given it up.
        ExchangeEnd.StreamReset when exchange.RequestTrace.Reset == Http2ErrorCode.None && !exchange.ResponseTrace.Complete =>
            exchange.Response is null ? ExchangeFailure.Unanswered : ExchangeFailure.ResponseTruncated,
        ExchangeEnd.Complete or ExchangeEnd.CompleteByClose when exchange.Response is { IsGatewayError: true } =>
            ExchangeFailure.ServerError,
        _ => ExchangeFailure.None,
    };

    /// <summary>The oldest failure that it can be the retry of, which is then forgotten: one retry for each.</summary>
    public RetriedExchange? Find(Address client, in HttpExchange exchange, RequestHead request) =>
        _failures is null || exchange.RequestTrace.Start.Time.Since(_latest) > limits.RetryWithin
            ? null
            : FindAmong(_failures, client, exchange, request);

    private RetriedExchange? FindAmong(Failure[] failures, Address client, in HttpExchange exchange, RequestHead request)
    {
        var start = exchange.RequestTrace.Start;
        Failure found = default;
        var at = -1;
        var place = PlaceOf(client, request);
        for (var i = place; i < place + Ways; i++)
        {
            ref readonly var failure = ref failures[i];
            if (failure.Request is not null
                && (at < 0 || failure.At.Number < found.At.Number)
                && failure.At.Number < start.Number
                && start.Time.Since(failure.At.Time) <= limits.RetryWithin
                && failure.Client == client
                && IsSame(failure.Request, request)
                && HasSameBody(failure, exchange, request))
            {
                (found, at) = (failure, i);
            }
        }

        if (at < 0)
        {
            return null;
        }

        failures[at] = default;
        return new RetriedExchange(
            found.Connection, found.Ordinal, found.Kind, start.Time.Since(found.At.Time), found.At,
            !request.IsIdempotent && found.Kind != ExchangeFailure.Refused);
    }

    public void Remember(Address client, in HttpExchange exchange, RequestHead request, ExchangeFailure kind)
    {
        _failures ??= new Failure[limits.FailurePlaces * Ways];
        var failed = FailedAt(exchange);
        _latest = failed.Time > _latest ? failed.Time : _latest;
        var place = PlaceOf(client, request);
        var oldest = place;
        for (var i = place + 1; i < place + Ways; i++)
        {
            // An empty way is older than any: its packet is none.
            oldest = _failures[i].At.Number < _failures[oldest].At.Number ? i : oldest;
        }

        _failures[oldest] = new Failure(
            client, request, exchange.RequestTrace.BodyOctets, exchange.RequestTrace.BodyDigest,
            exchange.RequestTrace.Complete, failed, exchange.Connection.Number, exchange.Ordinal, kind);
    }

    /// <summary>A request that was sent into a close had failed when it was sent, and not before.</summary>
    private static PacketRef FailedAt(in HttpExchange exchange) =>
        PacketRef.Later(exchange.EndedBy, exchange.RequestTrace.End);

    private static bool IsSame(RequestHead one, RequestHead other) => ReferenceEquals(one, other)
        || (one.Method == other.Method && one.Target == other.Target
            && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>As far as each was sent: of a body that was cut off, what had been announced is compared.</summary>
    private static bool HasSameBody(in Failure failure, in HttpExchange exchange, RequestHead request) =>
        failure.IsWhole && exchange.RequestTrace.Complete
            ? failure.BodyOctets == exchange.RequestTrace.BodyOctets
                && failure.BodyDigest == exchange.RequestTrace.BodyDigest
            : failure.Request!.ContentLength == request.ContentLength;

    /// <summary>Quick, and no more than that: equal requests have equal places, and a place holds four whatever comes.</summary>
    private int PlaceOf(Address client, RequestHead request)
    {
        var target = request.Target;
        var last = target.Length > 0 ? target[^1] : '\0';
        var hash = unchecked((client.Low ^ (ulong)(target.Length * 131) ^ ((ulong)last << 20)
            ^ ((ulong)request.Method.Length << 40)) * 0x9E37_79B9_7F4A_7C15);
        return (int)(hash >> 32 & (ulong)(limits.FailurePlaces - 1)) * Ways;
    }

    private readonly record struct Failure(
        Address Client, RequestHead? Request, long BodyOctets, uint BodyDigest, bool IsWhole, PacketRef At,
        int Connection, int Ordinal, ExchangeFailure Kind);
}
