using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Octets that came before those that belong in front of them: sorted, without overlap, first copy kept. One of the
/// two places where octets are copied.
/// </summary>
internal sealed class SegmentQueue(WaitingOctets room)
{
    /// <summary>
    /// What a segment counts at least. An entry costs memory beside its octets, and time to keep in order: a flood of
    /// one-octet segments reaches <see cref="TrackerLimits.StreamQueueOctets"/> after 16,384 of them.
    /// </summary>
    private const long LeastCharge = 1024;

    /// <summary>Segments behind one that was lost, with a window of 64 KiB; where a stream had more, the room is given up at its end.</summary>
    private const int UsualLength = 64;

    private readonly List<Waiting> _waiting = [];

    /// <summary>Entries before this one have left; they are removed together, not one by one.</summary>
    private int _head;

    public bool IsEmpty => _head == _waiting.Count;

    /// <summary>What the limits count: <see cref="Charge"/> of all that waits.</summary>
    public long Held { get; private set; }

    public long FirstOffset => _waiting[_head].Offset;

    public PacketRef FirstPacket => _waiting[_head].Packet;

    /// <summary>
    /// Keeps those octets of the segment that are not here yet. Returns how many are new;
    /// <paramref name="conflict"/> is the offset of the first octet that differs from an earlier copy, or -1.
    /// </summary>
    /// <param name="lengthOnWire">More than <paramref name="octets"/> holds when the capture cut the segment.</param>
    public long Insert(
        long offset, ReadOnlySpan<byte> octets, long lengthOnWire, PacketRef packet, long acknowledged, out long conflict)
    {
        conflict = -1;
        long added = 0;
        var end = offset + lengthOnWire;
        var index = FirstEndingAfter(offset);
        while (offset < end)
        {
            if (index == _waiting.Count || _waiting[index].Offset >= end)
            {
                added += Keep(index, offset, end - offset, octets, packet, acknowledged);
                break;
            }

            var other = _waiting[index];
            if (offset < other.Offset)
            {
                var free = other.Offset - offset;
                added += Keep(index, offset, free, octets, packet, acknowledged);
                octets = octets[(int)Math.Min(free, octets.Length)..];
                offset = other.Offset;
                index++;
            }

            var shared = Math.Min(end, other.Offset + other.LengthOnWire) - offset;
            conflict = conflict < 0 ? FirstDifference(other, offset, shared, octets) : conflict;
            octets = octets[(int)Math.Min(shared, octets.Length)..];
            offset += shared;
            index++;
        }

        return added;
    }

    /// <summary>What a segment of so many octets, those cut by the snap length included, counts against the limits.</summary>
    public static long Charge(long lengthOnWire) => Math.Max(lengthOnWire, LeastCharge);

    /// <summary>Takes the first segment out; <see cref="Release"/> it once its octets were handed on.</summary>
    public Waiting Take()
    {
        var first = _waiting[_head++];
        Held -= Charge(first.LengthOnWire);
        if (_head == _waiting.Count)
        {
            _waiting.Clear();
            _head = 0;
        }
        else if (_head > 1024 && _head * 2 > _waiting.Count)
        {
            _waiting.RemoveRange(0, _head);
            _head = 0;
        }

        return first;
    }

    /// <summary>Of an empty one: that it was ever long.</summary>
    public void Forget()
    {
        if (_waiting.Capacity > UsualLength)
        {
            _waiting.Capacity = UsualLength;
        }
    }

    public void Release(in Waiting taken) => room.Return(taken.Buffer);

    private long Keep(
        int index, long offset, long length, ReadOnlySpan<byte> octets, PacketRef packet, long acknowledged)
    {
        var captured = octets[..(int)Math.Min(length, octets.Length)];
        var buffer = room.Rent(captured.Length);
        captured.CopyTo(buffer);
        _waiting.Insert(index, new Waiting(offset, length, buffer, captured.Length, packet, acknowledged));
        Held += Charge(length);
        return length;
    }

    private int FirstEndingAfter(long offset)
    {
        var low = _head;
        var high = _waiting.Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_waiting[middle].Offset + _waiting[middle].LengthOnWire > offset)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static long FirstDifference(in Waiting other, long offset, long shared, ReadOnlySpan<byte> octets)
    {
        var skip = (int)(offset - other.Offset);
        if (skip >= other.Captured)
        {
            return -1;
        }

        var earlier = other.Buffer.AsSpan(skip, other.Captured - skip);
        var length = (int)Math.Min(shared, Math.Min(earlier.Length, octets.Length));
        var same = earlier[..length].CommonPrefixLength(octets[..length]);
        return same < length ? offset + same : -1;
    }

    /// <summary>A segment, or part of one, that waits.</summary>
    internal readonly record struct Waiting(
        long Offset, long LengthOnWire, byte[] Buffer, int Captured, PacketRef Packet, long Acknowledged);
}
