using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What is kept of a closed connection that has left: enough to know its late segments, and the SYN that opens the
/// next one.
/// </summary>
internal struct Tombstone
{
    public ulong Addresses;
    public uint Ports;
    public int Number;
    public int Incarnation;
    public uint ClientBase;
    public uint ServerBase;
    public TcpState ClientState;
    public TcpState ServerState;
    public bool IsWide;

    /// <summary>Stands for a connection that left; an entry that was given back does not.</summary>
    public bool IsTaken;

    /// <summary>Where the streams ended: what a late segment's numbers are near to.</summary>
    public long ClientNext;
    public long ServerNext;

    /// <summary>Capture time of the last segment, late ones included.</summary>
    public Timestamp Last;

    /// <summary>As in <see cref="TcpConnection.TimeWaitFrom"/>.</summary>
    public Timestamp TimeWaitFrom;

    public static Tombstone Of(in TcpConnection connection) => new()
    {
        Addresses = connection.Addresses,
        Ports = connection.Ports,
        Number = connection.Number,
        Incarnation = connection.Incarnation,
        ClientBase = connection.Ends[0].Base,
        ServerBase = connection.Ends[1].Base,
        ClientState = connection.Ends[0].State,
        ServerState = connection.Ends[1].State,
        IsWide = connection.Has(ConnectionFlags.Wide),
        IsTaken = true,
        ClientNext = connection.Ends[0].Next,
        ServerNext = connection.Ends[1].Next,
        Last = connection.Last.Time,
        TimeWaitFrom = connection.TimeWaitFrom,
    };

    public readonly bool IsInTimeWait => ClientState == TcpState.TimeWait || ServerState == TcpState.TimeWait;

    /// <summary>A SYN, or SYN-ACK, that is neither of the connection's own nor answers its SYN.</summary>
    public readonly bool OpensAnother(in TcpHeader header, Side sender)
    {
        if ((header.Flags & TcpFlags.Syn) == 0)
        {
            return false;
        }

        var (mine, others) = sender == Side.Client ? (ClientBase, ServerBase) : (ServerBase, ClientBase);
        return header.Sequence.Advance(1).Value != mine
            && ((header.Flags & TcpFlags.Ack) == 0 || header.Acknowledgment.Value != others);
    }

    /// <summary>A segment that comes after its connection has left.</summary>
    public void Notice(in TcpSegment segment, Side sender)
    {
        Last = segment.Packet.Time > Last ? segment.Packet.Time : Last;
        ref var receiver = ref sender == Side.Client ? ref ServerState : ref ClientState;
        if (receiver != TcpState.TimeWait)
        {
            return;
        }

        var header = segment.Header;
        if ((header.Flags & TcpFlags.Fin) != 0)
        {
            // RFC 9293 §3.10.7.4: a FIN that comes again starts the 2 MSL timeout again.
            TimeWaitFrom = segment.Packet.Time;
        }
        else if ((header.Flags & TcpFlags.Rst) != 0 && header.Sequence.Value == BehindFinOf(sender))
        {
            // The same section, with RFC 5961 §3.2: a RST at RCV.NXT ends it.
            receiver = TcpState.Closed;
        }
    }

    private readonly uint BehindFinOf(Side sender) => unchecked(
        1 + (sender == Side.Client ? ClientBase + (uint)ClientNext : ServerBase + (uint)ServerNext));

    public readonly TrackedSegment Describe(in TcpHeader header, Side sender)
    {
        var isClient = sender == Side.Client;
        var first = header.Sequence.Value;
        var acknowledged = header.Acknowledgment.Value;
        return new TrackedSegment(
            new ConnectionId(Number, -1),
            sender,
            isClient ? TcpEndpoint.OffsetOf(first, ClientBase, ClientNext) : TcpEndpoint.OffsetOf(first, ServerBase, ServerNext),
            (header.Flags & TcpFlags.Ack) == 0 ? -1
                : isClient ? TcpEndpoint.OffsetOf(acknowledged, ServerBase, ServerNext)
                : TcpEndpoint.OffsetOf(acknowledged, ClientBase, ClientNext),
            -1,
            ClientState,
            ServerState);
    }
}
