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
    public int Number;
    public EndPair Ends;
    public PacketMarks Marks;
    public HistoryText History;

    /// <summary>Null for most that are open.</summary>
    public StrongBox<ConnectionDetails>? Details;

    /// <summary>Sets what is not zero in a slot that has only its 4-tuple yet.</summary>
    public void Begin(int number, PacketRef first)
    {
        Number = number;
        Flags |= ConnectionFlags.Live;
        Marks.First = first;
        foreach (ref var end in Ends[..])
        {
            end.Acked = -1;
            end.WindowScale = TcpEndpoint.NoScale;
        }
    }

    public ConnectionFlags Flags
    {
        readonly get => Marks.Flags;
        set => Marks.Flags = value;
    }

    /// <summary>Meaningful with <see cref="ConnectionFlags.Closing"/>.</summary>
    public Side FirstCloser
    {
        readonly get => Has(ConnectionFlags.ServerClosesFirst) ? Side.Server : Side.Client;
        set => Flags = value == Side.Server
            ? Flags | ConnectionFlags.ServerClosesFirst
            : Flags & ~ConnectionFlags.ServerClosesFirst;
    }

    public readonly bool Has(ConnectionFlags flag) => (Flags & flag) != 0;

    public readonly PacketRef First => Marks.First;

    public readonly PacketRef HandshakeAck => Marks.Of(PacketMark.HandshakeAck, DetailsOrNone);

    public readonly PacketRef SynOf(Side side) => Marks.Of(MarkOfSyn(side), DetailsOrNone);

    public readonly PacketRef StateSinceOf(Side side) => Marks.Of(MarkOfState(side), DetailsOrNone);

    public readonly PacketRef FinOf(Side side) => DetailsOrNone.Ends[(int)side].Fin.Packet;

    /// <summary>Which of the ends is the client, as is known by now: a SYN seen late swaps them.</summary>
    public readonly Side Client => Has(ConnectionFlags.Swapped) ? Side.Server : Side.Client;

    /// <summary>Slot of the connection whose 4-tuple this one took over; -1 without one, or once that is settled.</summary>
    public readonly int Previous =>
        ((Ends[0].Flags | Ends[1].Flags) & EndFlags.TookOver) == 0 ? -1 : Details!.Value.Previous;

    /// <summary>No segment belongs to the connection before it any more.</summary>
    public void SettlePrevious()
    {
        foreach (ref var end in Ends[..])
        {
            end.Flags &= ~EndFlags.TookOver;
        }
    }

    public readonly int Incarnation => DetailsOrNone.Incarnation;

    public readonly Encapsulation Encapsulation => DetailsOrNone.Encapsulation;

    public readonly Timestamp TimeWaitFrom => DetailsOrNone.TimeWaitFrom;

    public readonly ref readonly ConnectionDetails DetailsOrNone
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Details is { } details ? ref details.Value : ref ConnectionDetails.None;
    }

    /// <summary>Has them fetched from memory, if there are any.</summary>
    public readonly void PrefetchDetails()
    {
        if (Details is { } details)
        {
            CacheLines.Prefetch(details);
        }
    }

    public static PacketMark MarkOfSyn(Side side) =>
        side == Side.Client ? PacketMark.ClientSyn : PacketMark.ServerSyn;

    public static PacketMark MarkOfState(Side side) =>
        side == Side.Client ? PacketMark.ClientStateSince : PacketMark.ServerStateSince;

    public readonly PacketRef Last => PacketRef.Later(Ends[0].Last, Ends[1].Last);

    /// <summary>Nothing more is to come from either end, but for a FIN whose acknowledgment passed and was lost behind the tap.</summary>
    public readonly bool IsClosed => IsOver(Side.Client) && IsOver(Side.Server);

    /// <summary>Each end has sent a FIN, of which the capture lacks at least one: by its acknowledgment it passed.</summary>
    public readonly bool HasUnseenClose =>
        (Ends[0].HasUnseenFin && (Ends[1].HasUnseenFin || Ends[1].Has(EndFlags.FinSeen)))
        || (Ends[1].HasUnseenFin && Ends[0].Has(EndFlags.FinSeen));

    private readonly bool IsOver(Side side) => Ends[(int)side].State switch
    {
        TcpState.Closed or TcpState.TimeWait => true,
        TcpState.LastAck or TcpState.Closing => !DetailsOrNone.Ends[(int)side].FinAcknowledged.IsNone,
        _ => false,
    };
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

    /// <summary>The end in place of the server began to close; of no meaning without Closing.</summary>
    ServerClosesFirst = 128,
}

/// <summary>The two ends, by <see cref="Side"/>.</summary>
[InlineArray(2)]
internal struct EndPair
{
    private TcpEndpoint _client;
}
