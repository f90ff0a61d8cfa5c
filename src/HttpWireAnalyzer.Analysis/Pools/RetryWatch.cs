using System.Runtime.CompilerServices;
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
/// A client that closes has failed to get its answer there and then, whatever comes to it later.
/// </remarks>
internal sealed class RetryWatch(PoolLimits limits)
{
    /// <summary>Made with the first failure: most captures have none.</summary>
    private FailureStore? _failures;
    private Timestamp _latest;

    /// <summary>Nanoseconds: a client that closes its half and reads on does so at once, and one that gives up has waited.</summary>
    private const long LeastPatience = Timestamp.NanosecondsPerSecond / 10;

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

    private RetriedExchange? FindAmong(FailureStore failures, Address client, in HttpExchange exchange, RequestHead request)
    {
        int found;
        if (exchange.RequestTrace.Complete)
        {
            var hash = FailureStore.HashOf(client, request);
            found = OldestOf(failures, failures.Alike(hash, exchange.RequestTrace.BodyDigest), client, exchange, request);
            var cut = OldestOf(failures, failures.Alike(hash, null), client, exchange, request);
            found = found < 0 || (cut >= 0 && failures[cut].At.Number < failures[found].At.Number) ? cut : found;
        }
        else
        {
            // Its body may be any that was announced alike.
            found = OldestOf(failures, failures.All(), client, exchange, request);
        }

        return found < 0 ? null : Take(failures, found, exchange.RequestTrace.Start, request);
    }

    /// <summary>Negative where it repeats none of them.</summary>
    /// <param name="entries">The latest first.</param>
    private int OldestOf(
        FailureStore failures, Backwards entries, Address client, in HttpExchange exchange, RequestHead request)
    {
        var start = exchange.RequestTrace.Start;
        var found = -1;
        foreach (var entry in entries)
        {
            ref readonly var failure = ref failures[entry];
            if (failure.At.IsNone || start.Time.Since(failure.At.Time) > limits.RetryWithin)
            {
                break;
            }

            if (failure.At.Number < start.Number
                && start.Number < failure.Until
                && failure.Client == client
                && IsSame(failure.Request, request)
                && HasSameBody(failure, exchange, request))
            {
                found = entry;
            }
        }

        return found;
    }

    private static RetriedExchange Take(FailureStore failures, int entry, PacketRef start, RequestHead request)
    {
        var failure = failures[entry];
        failures.Remove(entry);
        return new RetriedExchange(
            failure.Connection, failure.Ordinal, failure.Kind, start.Time.Since(failure.At.Time), failure.At,
            !request.IsIdempotent && failure.Kind != ExchangeFailure.Refused);
    }

    /// <param name="kind">How it failed, whoever closed; None for one that did not.</param>
    /// <param name="closed">The client's FIN or RST, if it closed first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remember(Address client, in HttpExchange exchange, RequestHead request, ExchangeFailure kind, PacketRef closed)
    {
        if (kind != ExchangeFailure.None || !closed.IsNone)
        {
            RememberFailed(client, exchange, request, kind, closed);
        }
    }

    private void RememberFailed(Address client, in HttpExchange exchange, RequestHead request, ExchangeFailure kind, PacketRef closed)
    {
        var failed = FailedAt(exchange);
        var until = long.MaxValue;
        if (IsGivenUp(exchange, kind, closed))
        {
            // Who may have a whole answer all the same repeats nothing.
            until = kind == ExchangeFailure.None ? exchange.ResponseTrace.Start.Number : until;
            (kind, failed) = (ExchangeFailure.GivenUp, closed);
        }

        if (kind == ExchangeFailure.None)
        {
            return;
        }

        _failures ??= new FailureStore(limits.Failures);
        _latest = failed.Time > _latest ? failed.Time : _latest;
        _failures.Add(new Failure(
            client, request, exchange.RequestTrace.BodyOctets, exchange.RequestTrace.BodyDigest,
            exchange.RequestTrace.Complete, failed, until, exchange.Connection.Number, exchange.Ordinal, kind));
    }

    /// <summary>The client closed behind its request, and before an answer began.</summary>
    private static bool IsGivenUp(in HttpExchange exchange, ExchangeFailure kind, PacketRef closed)
    {
        var isWaitedFor = exchange.End is ExchangeEnd.Unanswered or ExchangeEnd.ResponseTruncated
            or ExchangeEnd.Complete or ExchangeEnd.CompleteByClose;
        return isWaitedFor && exchange.Stream == 0 && closed.Number > exchange.RequestTrace.End.Number
            && (exchange.ResponseTrace.Start.IsNone || closed.Number < exchange.ResponseTrace.Start.Number)
            && (kind is ExchangeFailure.Unanswered or ExchangeFailure.ResponseTruncated
                || closed.Time.Since(exchange.RequestTrace.End.Time) >= LeastPatience);
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
            : failure.Request.ContentLength == request.ContentLength;
}
