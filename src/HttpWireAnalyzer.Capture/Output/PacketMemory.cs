using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>The last packets of a capture, as many octets of them as are wanted; the oldest make room, a slab at a time.</summary>
internal sealed class PacketMemory
{
    private readonly PacketSlab?[] _ring;

    // Slabs are counted from the first one ever; each stands in the ring at its number.
    private long _oldest;
    private long _newest;
    private long _next;
    private int _nextInSlab;

    public PacketMemory(long octets)
    {
        // The oldest slab goes as a whole: one more keeps as many octets as are wanted.
        _ring = new PacketSlab?[Math.Max(octets / PacketSlab.RoomOctets, 1) + 1];
        _ring[0] = new PacketSlab();
    }

    /// <summary>No packet is forgotten by the next that is added.</summary>
    public bool HasRoom => _newest - _oldest + 1 < _ring.Length;

    /// <summary>May forget the oldest, whether they were taken or not.</summary>
    public void Add(in PacketRecord record, ReadOnlySpan<byte> packet)
    {
        if (SlabOf(_newest).TryAdd(record, packet))
        {
            return;
        }

        if (!HasRoom && _oldest++ == _next)
        {
            Rewind();
        }

        ref var place = ref _ring[++_newest % _ring.Length];
        place ??= new PacketSlab();
        place.Clear();
        place.TryAdd(record, packet);
    }

    /// <summary>Packets are taken from the oldest again.</summary>
    public void Rewind() => (_next, _nextInSlab) = (_oldest, 0);

    /// <summary>The next packet; false where there is none.</summary>
    /// <param name="packet">Good until one is added.</param>
    public bool TryPeek(out PacketRecord record, out ReadOnlySpan<byte> packet)
    {
        if (_nextInSlab == SlabOf(_next).Count && _next < _newest)
        {
            _next++;
            _nextInSlab = 0;
        }

        var slab = SlabOf(_next);
        var isThere = _nextInSlab < slab.Count;
        record = isThere ? slab[_nextInSlab] : default;
        packet = isThere ? slab.OctetsOf(_nextInSlab) : default;
        return isThere;
    }

    /// <summary>Goes on to the packet after the one that <see cref="TryPeek"/> gave.</summary>
    public void MoveOn() => _nextInSlab++;

    private PacketSlab SlabOf(long number) => _ring[number % _ring.Length]!;
}
