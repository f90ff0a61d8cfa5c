using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What an open connection in good order has no use for: its close, what came more than once, what it was wrapped in.
/// </summary>
internal sealed class ConnectionDetails
{
    private EndDetailsPair _ends;

    /// <summary>A field, not a property: it changes in place.</summary>
    public MarkedPackets Marked;

    public Encapsulation Encapsulation { get; set; }

    public int Incarnation { get; set; }

    /// <summary>Slot of the connection whose 4-tuple this one took over; -1 without one, or once that is settled.</summary>
    public int Previous { get; set; }

    /// <summary>When TIME-WAIT began, or began again for a repeated FIN (RFC 9293 §3.10.7.4).</summary>
    public Timestamp TimeWaitFrom { get; set; }

    /// <summary>Capture time of the last half-closed octet, or of the second FIN.</summary>
    public Timestamp HalfCloseUntil { get; set; }

    public long HalfCloseOctets { get; set; }

    /// <summary>Octets that a resetting end had acknowledged and cannot have answered; -1 without such a RST.</summary>
    public long UnreadAtReset { get; set; }

    public ref EndDetails this[Side side] => ref _ends[(int)side];

    /// <summary>Has it fetched from memory.</summary>
    public void Prefetch()
    {
        CacheLines.Prefetch(ref _ends);
        CacheLines.Prefetch(ref Marked);
    }

    public void Clear()
    {
        _ends = default;
        Marked = default;
        Encapsulation = Encapsulation.None;
        Incarnation = 1;
        Previous = -1;
        TimeWaitFrom = default;
        HalfCloseUntil = default;
        HalfCloseOctets = 0;
        UnreadAtReset = -1;
    }
}

/// <summary>The same of one end.</summary>
internal struct EndDetails
{
    public PacketRef Fin;
    public PacketRef FinAcknowledged;
    public PacketRef Rst;

    /// <summary>Beside the first.</summary>
    public int RepeatedSyns;

    /// <summary>Beside the first.</summary>
    public int RepeatedSynAcks;
    public int Fins;
    public int Rsts;
    public int BadChecksums;

    /// <summary>TTL or hop limit of <see cref="Rst"/>.</summary>
    public byte RstTimeToLive;
}

/// <summary>Of the two ends, by <see cref="Side"/>.</summary>
[InlineArray(2)]
internal struct EndDetailsPair
{
    private EndDetails _client;
}

/// <summary>Details that connections gave back, for others: as many as were ever needed at once.</summary>
internal sealed class DetailsPool
{
    private readonly Stack<ConnectionDetails> _free = new();

    /// <summary>The connection's own, made if it has none.</summary>
    public ConnectionDetails Of(ref TcpConnection connection)
    {
        if (connection.Details is null)
        {
            connection.Details = _free.TryPop(out var details) ? details : new ConnectionDetails();
            connection.Details.Clear();
        }

        return connection.Details;
    }

    public void GiveBack(ConnectionDetails details) => _free.Push(details);

    /// <summary>Remembers the packet for <paramref name="mark"/>, in place of an earlier one.</summary>
    public void Mark(ref TcpConnection connection, PacketMark mark, PacketRef packet)
    {
        if (connection.Details is { } details)
        {
            // Where there are details, nothing is gained by keeping it shorter.
            connection.Marks.SetInDetails(mark);
            details.Marked[(int)mark] = packet;
        }
        else if (!connection.Marks.TrySet(mark, packet))
        {
            Of(ref connection).Marked[(int)mark] = packet;
        }
    }
}
