using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Analysis.Timing;

/// <summary>The phases of one exchange: each begins where the one before it ends.</summary>
internal readonly struct ExchangePhases
{
    private readonly long _start;
    private readonly long _sent;
    private readonly long _turn;
    private readonly long _answered;
    private readonly long _end;

    /// <param name="before">When the response before it ended, nanoseconds; 0 without one.</param>
    public ExchangePhases(in HttpExchange exchange, long before)
    {
        _start = exchange.RequestTrace.Start.Time.Nanoseconds;
        _end = exchange.ResponseTrace.End.Time.Nanoseconds;
        _answered = Within(_start, exchange.ResponseTrace.Start.Time.Nanoseconds, _end);
        // A response may begin before its request ends (RFC 9112 §9.3): then nobody waited in between.
        _sent = Within(_start, exchange.RequestTrace.End.Time.Nanoseconds, _answered);
        _turn = Within(_sent, before, _answered);
    }

    /// <param name="toResponder">From the tap to the responder and back.</param>
    public ExchangeTiming Divide(long connect, long connectRetry, long toResponder, ReadOnlySpan<Stall> stalls)
    {
        long send = _sent - _start, queued = _turn - _sent, wait = _answered - _turn, transfer = _end - _answered;
        long timeout = 0, loss = 0, zeroWindow = 0, ackWait = 0;
        foreach (ref readonly var stall in stalls)
        {
            var length = Shared(stall, _start, _end);
            send -= Shared(stall, _start, _sent);
            queued -= Shared(stall, _sent, _turn);
            wait -= Shared(stall, _turn, _answered);
            transfer -= Shared(stall, _answered, _end);
            timeout += stall.Kind == StallKind.Timeout ? length : 0;
            loss += stall.Kind == StallKind.Loss ? length : 0;
            zeroWindow += stall.Kind == StallKind.ZeroWindow ? length : 0;
            ackWait += stall.Kind == StallKind.AckWait ? length : 0;
        }

        // So long its answer would have taken with nothing before it: the path comes first, also while others are answered.
        var ofQueued = long.Min(queued, toResponder);
        var ofWait = long.Min(wait, toResponder - ofQueued);
        return new ExchangeTiming(
            connect, connectRetry, send, queued - ofQueued, ofQueued + ofWait, wait - ofWait, transfer, timeout, loss, zeroWindow, ackWait);
    }

    /// <summary>The time, or the bound that it is beyond.</summary>
    private static long Within(long from, long time, long to) => long.Max(from, long.Min(time, to));

    private static long Shared(in Stall stall, long from, long to) =>
        long.Max(0, long.Min(stall.To, to) - long.Max(stall.From, from));
}
