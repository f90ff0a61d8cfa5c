using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>A connection before the rules, after its end. Good for the call.</summary>
public sealed class ConnectionCase
{
    internal ConnectionCase()
    {
    }

    public ConnectionRecord Record { get; private set; } = null!;

    public ref readonly TcpSummary Tcp => ref Record.Tcp;

    public PoolHabits Pool { get; private set; } = null!;

    /// <summary>Who its ends are; of the <see cref="Pool"/>, where that is one of its own (<see cref="PoolHabits.IsRest"/>).</summary>
    public PoolName PoolName => new(Tcp.Client.Address, Tcp.Server);

    public int Number => Record.Number;

    /// <summary>What was out of the ordinary; null where all went well.</summary>
    public Trail? Trail { get; private set; }

    /// <summary>The packet that ended the last whole exchange; none without one.</summary>
    public PacketRef LastWhole { get; private set; }

    /// <summary>Each end has been heard, or there was nothing to answer.</summary>
    public bool HasBothDirections => !Record.IsOneSided;

    /// <summary>Octets of a stream, or a FIN, are missing from the capture: what rests on this connection is less sure.</summary>
    public bool HasGaps => Record.Gaps > 0 || Record.HasUnseenFin;

    public Wholeness Wholeness => new(HasGaps, HasBothDirections);

    /// <summary>The round trip, or 0 where it is not known.</summary>
    public long RoundTrip => long.Max(0, Record.Handshake.RoundTrip);

    /// <summary>An answer had begun when the first FIN or RST passed, and had not ended.</summary>
    public bool IsHalfWay
    {
        get
        {
            foreach (ref readonly var cut in Ended(ExchangeEnd.ResponseTruncated))
            {
                if (cut.ResponseTrace.Start.Number < Tcp.Close.Packet.Number)
                {
                    return true;
                }
            }

            return Record.AtClose.AnswerBegun;
        }
    }

    /// <summary>Probes and timed retransmissions of an end after the other was last heard: nobody answered them.</summary>
    public IReadOnlyList<TcpRemark> UnansweredCalls(Side caller)
    {
        if (Trail?.Calls is not { } calls)
        {
            return [];
        }

        // What is heard behind its RST answers nothing any more.
        var heard = Tcp.EndOf(caller.Other()).Last;
        var isTooLate = !Tcp.EndOf(caller).Rst.IsNone && heard.Number > Tcp.EndOf(caller).Rst.Number;
        return isTooLate && Record.AtClose.UnansweredProbes > 0
            ? calls.Last(Record.AtClose.UnansweredProbes, Actual(caller))
            : calls.Since(heard, Actual(caller));
    }

    /// <summary>The exchanges of the trail that ended so.</summary>
    public EndedExchanges Ended(ExchangeEnd end) => Trail?.Ended(end) ?? default;

    /// <inheritdoc cref="TcpSummary.Actual"/>
    public Side Actual(Side side) => Tcp.Actual(side);

    public FindingSubject Subject(int exchange = -1) => FindingSubject.Of(Number, exchange);

    /// <summary>Tells of another connection from now on.</summary>
    internal void Take(ConnectionRecord record, in Attention attention)
    {
        Record = record;
        Pool = attention.Pool;
        Trail = attention.Trail;
        LastWhole = attention.LastWhole;
    }
}
