using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>A request that a client sends again and again: when, and what came back.</summary>
internal sealed class Repeated(PoolHabits pool, RequestHead request, PacketRef first)
{
    private Timestamp _lastStart;
    private double _meanPeriod;
    private double _spread;
    private long _answeredLength = -1;
    private int _answeredStatus;

    public PoolHabits Pool { get; } = pool;

    public RequestHead Request { get; } = request;

    public PacketRef First { get; } = first;

    public PacketRef Last { get; private set; }

    public int Count { get; private set; }

    /// <summary>Answers like the one before: 304, or the same status and length.</summary>
    public int Same { get; private set; }

    /// <summary>Those that the server held back for so long that it waited for something to tell.</summary>
    public int Held { get; private set; }

    /// <summary>From one request to the next, nanoseconds.</summary>
    public long Period => (long)_meanPeriod;

    /// <summary>Standard deviation of the period, of its mean.</summary>
    public double Variation => Count < 3 || _meanPeriod <= 0 ? double.MaxValue : Math.Sqrt(_spread / (Count - 2)) / _meanPeriod;

    /// <param name="heldFrom">Nanoseconds from which an answer counts as held back.</param>
    public void Add(in HttpExchange exchange, long heldFrom)
    {
        var start = exchange.RequestTrace.Start.Time;
        var wait = exchange.ResponseTrace.Start.Time.Since(exchange.RequestTrace.End.Time);
        if (Count > 0)
        {
            // Welford's way: the mean and the sum of squares in one pass.
            double period = start.Since(_lastStart);
            var distance = period - _meanPeriod;
            _meanPeriod += distance / Count;
            _spread += distance * (period - _meanPeriod);
        }

        Count++;
        Held += wait >= heldFrom ? 1 : 0;
        NoteAnswer(exchange);
        Last = exchange.ResponseTrace.End;
        _lastStart = start;
    }

    private void NoteAnswer(in HttpExchange exchange)
    {
        var status = exchange.Response!.Status;
        var length = exchange.ResponseTrace.BodyOctets;
        Same += status == 304 || (Count > 1 && status == _answeredStatus && length == _answeredLength) ? 1 : 0;
        (_answeredStatus, _answeredLength) = (status, length);
    }
}
