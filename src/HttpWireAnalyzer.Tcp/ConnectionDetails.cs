using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What an open connection in good order has no use for: its close, what came more than once, what it was wrapped in.
/// Fields, because they change in place.
/// </summary>
internal struct ConnectionDetails
{
    /// <summary>Of a connection of which nothing is known yet.</summary>
    public static readonly ConnectionDetails None = new()
    {
        Encapsulation = Encapsulation.None,
        Incarnation = 1,
        UnreadAtReset = -1,
    };

    /// <summary>When TIME-WAIT began, or began again for a repeated FIN (RFC 9293 §3.10.7.4).</summary>
    public Timestamp TimeWaitFrom;

    /// <summary>Capture time of the last half-closed octet, or of the second FIN.</summary>
    public Timestamp HalfCloseUntil;

    public long HalfCloseOctets;

    /// <summary>Octets that a resetting end had acknowledged and cannot have answered; -1 without such a RST.</summary>
    public long UnreadAtReset;

    public int Incarnation;

    /// <summary>As <see cref="TcpConnection.Previous"/>; meaningful with <see cref="EndFlags.TookOver"/>.</summary>
    public int Previous;

    public Encapsulation Encapsulation;
    public EndDetailsPair Ends;

    /// <summary>Packets that have no place in <see cref="PacketMarks"/>.</summary>
    public MarkedPackets Marked;
}

/// <summary>The same of one end. Without gaps: most of it is packets of 13 octets.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct EndDetails
{
    public KeptPacket Fin;

    /// <summary>Of <see cref="Fin"/>.</summary>
    public HeaderPrint FinPrint;
    public KeptPacket FinAcknowledged;

    /// <inheritdoc cref="EndSummary.HeardAtFin"/>
    public long HeardAtFin;
    public KeptPacket Rst;

    /// <summary>TTL or hop limit of <see cref="Rst"/>.</summary>
    public byte RstTimeToLive;

    /// <summary>How far <see cref="Rst"/> acknowledged the other end's octets, where further than all before: the lower half.</summary>
    public uint RstAcknowledged;

    /// <inheritdoc cref="EndSummary.IsRstOfClosed"/>
    public bool IsRstOfClosed;

    /// <inheritdoc cref="EndSummary.IsFinAcknowledgedAhead"/>
    public bool IsFinAcknowledgedAhead;

    /// <summary>Beside the first.</summary>
    public int RepeatedSyns;

    /// <summary>Beside the first.</summary>
    public int RepeatedSynAcks;

    /// <summary>Copies that the wire or the capture made.</summary>
    public int DoubledSyns;

    /// <summary>Copies that the wire or the capture made.</summary>
    public int DoubledSynAcks;

    /// <summary>Copies that the wire or the capture made.</summary>
    public int DoubledFins;

    /// <summary>The first included.</summary>
    public int Fins;
    public int Rsts;
    public int BadChecksums;
}

/// <summary>Of the two ends, by <see cref="Side"/>.</summary>
[InlineArray(2)]
internal struct EndDetailsPair
{
    private EndDetails _client;
}

/// <summary>A packet for each <see cref="PacketMark"/>.</summary>
[InlineArray(5)]
internal struct MarkedPackets
{
    private KeptPacket _first;
}

/// <summary>Details that connections gave back, for others: as many as were ever needed at once.</summary>
internal sealed class DetailsPool
{
    private readonly Stack<StrongBox<ConnectionDetails>> _free = new();

    /// <summary>The connection's own, made if it has none.</summary>
    public ref ConnectionDetails Of(ref TcpConnection connection)
    {
        connection.Details ??= Take();
        return ref connection.Details.Value;
    }

    public void GiveBack(StrongBox<ConnectionDetails> details) => _free.Push(details);

    /// <summary>Remembers the packet for <paramref name="mark"/>, in place of an earlier one.</summary>
    public void Mark(ref TcpConnection connection, PacketMark mark, PacketRef packet)
    {
        if (connection.Details is { } details)
        {
            // Where there are details, nothing is gained by keeping it shorter.
            connection.Marks.SetInDetails(mark);
            details.Value.Marked[(int)mark] = new KeptPacket(packet);
        }
        else if (!connection.Marks.TrySet(mark, packet))
        {
            Of(ref connection).Marked[(int)mark] = new KeptPacket(packet);
        }
    }

    private StrongBox<ConnectionDetails> Take()
    {
        if (!_free.TryPop(out var details))
        {
            return new StrongBox<ConnectionDetails>(ConnectionDetails.None);
        }

        details.Value = ConnectionDetails.None;
        if (_free.TryPeek(out var next))
        {
            // The one that is taken next was given back long ago.
            CacheLines.Prefetch(next);
        }

        return details;
    }
}
