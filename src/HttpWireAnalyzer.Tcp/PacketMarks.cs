using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What a connection remembers a packet for, from its beginning on.</summary>
internal enum PacketMark : byte
{
    ClientSyn,
    ServerSyn,
    HandshakeAck,
    ClientStateSince,
    ServerStateSince,
}

/// <summary>
/// The packets that a connection remembers. Most marks are on one of the same three: the SYN, the SYN-ACK and the
/// ACK. The first is kept whole and two more by their distance from it; a packet that finds no place, or is too far off,
/// is in <see cref="ConnectionDetails"/>.
/// </summary>
internal struct PacketMarks
{
    private const int None = 0;
    private const int IsFirst = 1;
    private const int IsSecond = 2;
    private const int IsThird = 3;
    private const int IsInDetails = 4;
    private const int PlaceBits = 3;
    private const int PlaceMask = (1 << PlaceBits) - 1;
    private const int EachMark = 0b001_001_001_001_001;

    /// <summary>Of a distance: 18 minutes of capture time, and 16 million packets. A handshake gives up sooner.</summary>
    private const int TimeBits = 40;
    private const int NumberBits = 24;

    private KeptPacket _first;

    /// <summary>Of the whole connection. Here they take the octet that would be left empty.</summary>
    public ConnectionFlags Flags;

    private ushort _places;
    private ulong _second;
    private ulong _third;

    public PacketRef First
    {
        readonly get => _first.Packet;
        set => _first = new KeptPacket(value);
    }

    public readonly PacketRef Of(PacketMark mark, in ConnectionDetails details) => PlaceOf((int)mark) switch
    {
        None => default,
        IsFirst => First,
        IsSecond => At(_second),
        IsThird => At(_third),
        _ => details.Marked[(int)mark].Packet,
    };

    public readonly bool Has(PacketMark mark) => PlaceOf((int)mark) != None;

    /// <summary>False if the packet has no place here: then the caller puts it into the details.</summary>
    public bool TrySet(PacketMark mark, PacketRef packet)
    {
        SetInDetails(mark);
        if (packet == First)
        {
            Move(mark, IsFirst);
            return true;
        }

        return TryDistance(packet, out var distance)
            && (TryPlace(ref _second, IsSecond, mark, distance) || TryPlace(ref _third, IsThird, mark, distance));
    }

    public void SetInDetails(PacketMark mark) => Move(mark, IsInDetails);

    private bool TryPlace(ref ulong kept, int place, PacketMark mark, ulong distance)
    {
        if (kept != distance && IsUsed(place))
        {
            return false;
        }

        kept = distance;
        Move(mark, place);
        return true;
    }

    // All marks at once: one that has the place leaves three zeros.
    private readonly bool IsUsed(int place)
    {
        var others = _places ^ (place * EachMark);
        return ((others | (others >> 1) | (others >> 2)) & EachMark) != EachMark;
    }

    private readonly int PlaceOf(int mark) => (_places >> (mark * PlaceBits)) & PlaceMask;

    private void Move(PacketMark mark, int place)
    {
        var shift = (int)mark * PlaceBits;
        _places = (ushort)((_places & ~(PlaceMask << shift)) | (place << shift));
    }

    private readonly PacketRef At(ulong distance)
    {
        var first = First;
        return new PacketRef(
            first.Number + (long)(distance >> TimeBits), first.Time.Plus((long)(distance & ((1UL << TimeBits) - 1))));
    }

    private readonly bool TryDistance(PacketRef packet, out ulong distance)
    {
        var first = First;
        var packets = unchecked((ulong)(packet.Number - first.Number));
        var time = unchecked((ulong)packet.Time.Since(first.Time));
        distance = (packets << TimeBits) | time;
        return packets < 1UL << NumberBits && time < 1UL << TimeBits;
    }
}
