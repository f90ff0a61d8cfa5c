using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>One live connection, in its slot.</summary>
internal struct TcpConnection
{
    /// <summary>The 4-tuple, as <see cref="TupleKey"/> has it: the client first.</summary>
    public ulong Addresses;
    public uint Ports;
    public EndPair Ends;
    public int Number;
    public int Incarnation;
    public ConnectionFlags Flags;
    public Side FirstCloser;
    public Encapsulation Encapsulation;

    /// <summary>Slot of the connection whose 4-tuple this one took over; -1 without one, or once that is settled.</summary>
    public int Previous;

    public PacketRef First;
    public PacketRef HandshakeAck;

    /// <summary>When TIME-WAIT began, or began again for a repeated FIN (RFC 9293 §3.10.7.4).</summary>
    public Timestamp TimeWaitFrom;

    /// <summary>Capture time of the last half-closed octet, or of the second FIN.</summary>
    public Timestamp HalfCloseUntil;
    public long HalfCloseOctets;

    /// <summary>Octets that a resetting end had acknowledged and cannot have answered; -1 without such a RST.</summary>
    public long UnreadAtReset;

    public HistoryText History;

    /// <summary>Sets what is not zero in a slot that has only its ends yet.</summary>
    public void Begin(int number, in TcpSegment first)
    {
        Number = number;
        Flags |= ConnectionFlags.Live;
        Encapsulation = first.Encapsulation;
        Previous = -1;
        First = first.Packet;
        UnreadAtReset = -1;
        foreach (ref var end in Ends[..])
        {
            end.Acked = -1;
            end.LastJournal = -1;
            end.WindowScale = -1;
        }
    }

    public readonly bool Has(ConnectionFlags flag) => (Flags & flag) != 0;

    public readonly PacketRef Last =>
        Ends[0].Last.Number >= Ends[1].Last.Number ? Ends[0].Last : Ends[1].Last;

    /// <summary>Nothing more is to come from either end.</summary>
    public readonly bool IsClosed =>
        Ends[0].State is TcpState.Closed or TcpState.TimeWait && Ends[1].State is TcpState.Closed or TcpState.TimeWait;
}

/// <summary>What is known of a connection as a whole.</summary>
[Flags]
internal enum ConnectionFlags : byte
{
    None = 0,
    Live = 1,

    /// <summary>A late SYN showed that the ends are the other way round.</summary>
    Swapped = 2,

    /// <summary>A FIN or RST was seen; FirstCloser is set.</summary>
    Closing = 4,

    /// <summary>Both FINs were sent before either end had the other's.</summary>
    SimultaneousFin = 8,

    /// <summary>A later connection has its 4-tuple.</summary>
    Superseded = 16,

    /// <summary>Stands in the queue of connections that are about to leave.</summary>
    Retiring = 32,

    /// <summary>IPv6: the addresses are in the <see cref="ConnectionStore"/>.</summary>
    Wide = 64,
}

/// <summary>The two ends, by <see cref="Side"/>.</summary>
[InlineArray(2)]
internal struct EndPair
{
    private TcpEndpoint _client;
}
