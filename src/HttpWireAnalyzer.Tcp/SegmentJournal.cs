using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The segments most recently seen with new octets, over all connections: which packet brought an octet that comes
/// again, and was it the same octet.
/// </summary>
/// <remarks>
/// Octets handed on are gone, so copies are compared by the sum that the checksum needs anyway: a copy that differs
/// is missed once in 65,535. A ring of fixed size: what has left it cannot be named any more, and nothing else
/// depends on it. Each stream's entries are a list, newest first.
/// </remarks>
internal sealed class SegmentJournal
{
    /// <summary>
    /// Segments kept: at 10 Gbit/s and 1,460 octets, 20 ms of one direction; at 100 Mbit/s, two seconds. A
    /// retransmission follows its original by one round trip or the retransmission timeout (RFC 6298: 200 ms to 1 s).
    /// </summary>
    private const int Capacity = 1 << 14;

    /// <summary>
    /// A walk ends after so many segments that lie wholly before what is asked: older ones lie before it too, but
    /// for reordering.
    /// </summary>
    private const int Reordering = 16;

    private readonly Entry[] _entries = new Entry[Capacity];

    /// <summary>Entered so far, counted from 1, modulo 2^32.</summary>
    private uint _total = 1;

    /// <summary>Enters a segment with new octets; the answer goes into <see cref="TcpEndpoint.LastJournal"/>.</summary>
    public uint Enter(
        uint previous, int connection, Side sender, long offset, int length, ushort sum, PacketRef packet, HeaderPrint print)
    {
        if (length > Entry.LongestLength)
        {
            return previous;
        }

        // What has left the ring is forgotten: a list only ever leads to older entries, also where numbers came round.
        var older = IsHere(previous) ? previous : 0;
        _entries[_total & (Capacity - 1)] = new Entry(
            offset, packet, older, length, StreamOf(connection, sender), sum, print);
        return unchecked(_total++);
    }

    /// <summary>The packet that first brought <paramref name="offset"/>; none if it has left the journal.</summary>
    public FirstCopy FirstToBring(uint newest, int connection, Side sender, long offset)
    {
        FirstCopy first = default;
        var below = 0;
        for (var at = newest; below < Reordering && TryAt(at, connection, sender, out var entry); at = entry.Previous)
        {
            var start = entry.OffsetNear(offset);
            if (offset >= start + entry.Length)
            {
                below++;
            }
            else if (offset >= start)
            {
                first = new FirstCopy(entry.Packet, entry.Print);
            }
        }

        return first;
    }

    /// <summary>
    /// Compares a later copy with the journal: false if an earlier segment that lies wholly within the copy has
    /// another sum; then <paramref name="conflict"/> is where that one begins.
    /// </summary>
    public bool Agrees(uint newest, int connection, Side sender, long offset, ReadOnlySpan<byte> copy, out long conflict)
    {
        conflict = -1;
        var below = 0;
        for (var at = newest; below < Reordering && TryAt(at, connection, sender, out var entry); at = entry.Previous)
        {
            var start = entry.OffsetNear(offset);
            var end = start + entry.Length;
            if (end <= offset)
            {
                below++;
            }
            else if (start >= offset && end <= offset + copy.Length
                && Sum(copy.Slice((int)(start - offset), entry.Length)) != Canonical(entry.Sum))
            {
                conflict = start;
            }
        }

        return conflict < 0;
    }

    /// <summary>Octets of the longest segment that lies wholly before <paramref name="offset"/>; 0 where none is known any more.</summary>
    public int LongestBefore(uint newest, int connection, Side sender, long offset)
    {
        var longest = 0;
        for (var at = newest; TryAt(at, connection, sender, out var entry); at = entry.Previous)
        {
            longest = entry.OffsetNear(offset) + entry.Length <= offset ? int.Max(longest, entry.Length) : longest;
        }

        return longest;
    }

    /// <summary>Octets of the newest segment; 0 where it is not known any more.</summary>
    public int LengthOf(uint newest, int connection, Side sender) =>
        TryAt(newest, connection, sender, out var entry) ? entry.Length : 0;

    private bool TryAt(uint index, int connection, Side sender, out Entry entry)
    {
        if (!IsHere(index))
        {
            entry = default;
            return false;
        }

        entry = _entries[index & (Capacity - 1)];
        return entry.Stream == StreamOf(connection, sender);
    }

    private static uint StreamOf(int connection, Side sender) => ((uint)connection << 1) | (uint)sender;

    private bool IsHere(uint index) => index != 0 && unchecked(_total - index - 1) < Capacity;

    /// <summary>RFC 1071. Rare, and short: the vectorised sum belongs to the decoder.</summary>
    public static ushort Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            sum += (i & 1) == 0 ? (uint)octets[i] << 8 : octets[i];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return Canonical((ushort)sum);
    }

    // One's complement has two zeros (RFC 1071).
    private static ushort Canonical(ushort sum) => sum == 0xFFFF ? (ushort)0 : sum;

    /// <summary>In 32 octets, so that the whole journal takes half of a megabyte: of a second-level cache, not of memory.</summary>
    private readonly struct Entry
    {
        /// <summary>Longer than any packet of IP.</summary>
        public const int LongestLength = 0xFF_FFFF;

        public readonly uint Previous;
        private readonly uint _lengthAndChecksum;
        public readonly uint Stream;
        private readonly uint _offset;
        private readonly KeptPacket _packet;
        private readonly byte _identification;
        public readonly ushort Sum;

        /// <param name="offset">Its lower half is kept: what is compared is nearer than 2^31, as sequence numbers are.</param>
        public Entry(long offset, PacketRef packet, uint previous, int length, uint stream, ushort sum, HeaderPrint print)
        {
            _offset = unchecked((uint)offset);
            _packet = new KeptPacket(packet);
            _lengthAndChecksum = ((uint)print.Checksum << 24) | (uint)length;
            _identification = print.Identification;
            Previous = previous;
            Stream = stream;
            Sum = sum;
        }

        public int Length => (int)(_lengthAndChecksum & LongestLength);

        public HeaderPrint Print => new(_identification, (byte)(_lengthAndChecksum >> 24));

        public PacketRef Packet => _packet.Packet;

        public long OffsetNear(long asked) => unchecked(asked + (int)(_offset - (uint)asked));
    }
}

/// <summary>The packet that first brought an octet.</summary>
internal readonly record struct FirstCopy(PacketRef Packet, HeaderPrint Print)
{
    /// <summary>A packet with another print is none that the wire or the tap doubled: its sender made it.</summary>
    public bool IsResentAs(HeaderPrint print) => !Packet.IsNone && print != Print;
}

/// <summary>By what packets with the same octets, sent soon after each other, differ: where one is equal to the other, it is a copy.</summary>
/// <param name="Identification">The lower half of the IP header's: many senders count.</param>
/// <param name="Checksum">The lower half of TCP's: timestamps, the window and the flags are under it.</param>
internal readonly record struct HeaderPrint(byte Identification, byte Checksum)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HeaderPrint Of(in TcpSegment segment) =>
        new(unchecked((byte)segment.Identification), unchecked((byte)segment.Header.Checksum));
}
