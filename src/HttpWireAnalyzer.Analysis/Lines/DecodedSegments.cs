using System.Runtime.InteropServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Segments to be taken by another thread than decoded them. Their octets are left where they lie, but for those that
/// decoding put together from fragments or unpacked: its memory for those is its own, so they are copied.
/// </summary>
internal sealed class DecodedSegments
{
    private const int FetchedAhead = 16;

    private readonly List<Item> _items = [];
    private readonly List<Wrapping> _wrappings = [];
    private byte[] _copied = [];
    private int _copiedCount;

    public void Clear()
    {
        _items.Clear();
        _wrappings.Clear();
        _copiedCount = 0;
    }

    /// <summary>Its place among the segments.</summary>
    public int Add(in TcpSegment segment, Stretch stretch, int batch)
    {
        var header = segment.Header.Octets;
        var isInPlace = stretch[batch].Buffer.Octets.AsSpan().Overlaps(header, out var at);
        _items.Add(new Item
        {
            Packet = segment.Packet,
            Key = segment.Key,
            Measures = segment.Measures,
            Wrapping = WrappingOf(segment),
            At = isInPlace ? at : Copy(header, segment.Payload),
            PayloadLength = segment.Payload.Length,
            Batch = isInPlace ? (sbyte)batch : Item.Copied,
            HeaderLength = (byte)header.Length,
        });
        return _items.Count - 1;
    }

    public TcpSegment At(int index, Stretch stretch)
    {
        ref readonly var item = ref CollectionsMarshal.AsSpan(_items)[index];
        var octets = OctetsOf(item, stretch);

        // It was parsed before it came here.
        _ = TcpHeader.TryParse(octets[..item.HeaderLength], out var header, out _, out _);
        if (item.Wrapping == Item.Bare)
        {
            return new TcpSegment(
                item.Packet, item.Key, TcpSegment.NoWideAddresses, Encapsulation.None, header, octets[item.HeaderLength..],
                item.Measures);
        }

        ref readonly var wrapping = ref CollectionsMarshal.AsSpan(_wrappings)[item.Wrapping];
        return new TcpSegment(
            item.Packet, item.Key, wrapping.WideAddresses, wrapping.Encapsulation, header, octets[item.HeaderLength..],
            item.Measures);
    }

    /// <summary>Has a segment's first octets fetched, and what is known of one as far ahead again.</summary>
    public void Fetch(int index, Stretch stretch, int most)
    {
        var items = CollectionsMarshal.AsSpan(_items);
        ref readonly var item = ref items[index];
        CacheLines.Prefetch(OctetsOf(item, stretch)[..int.Min(most, item.HeaderLength + item.PayloadLength)]);
        if (index + FetchedAhead < items.Length)
        {
            CacheLines.Prefetch(ref items[index + FetchedAhead]);
        }
    }

    private ReadOnlySpan<byte> OctetsOf(in Item item, Stretch stretch) =>
        (item.Batch == Item.Copied ? _copied : stretch[item.Batch].Buffer.Octets)
            .AsSpan(item.At, item.HeaderLength + item.PayloadLength);

    public TupleKey KeyOf(int index) => _items[index].Key;

    private int WrappingOf(in TcpSegment segment)
    {
        if (!segment.Key.IsWide && segment.Encapsulation == Encapsulation.None)
        {
            return Item.Bare;
        }

        _wrappings.Add(new Wrapping(segment.WideAddresses, segment.Encapsulation));
        return _wrappings.Count - 1;
    }

    private int Copy(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var at = _copiedCount;
        _copiedCount += header.Length + payload.Length;
        if (_copied.Length < _copiedCount)
        {
            Array.Resize(ref _copied, int.Max(2 * _copied.Length, _copiedCount));
        }

        header.CopyTo(_copied.AsSpan(at));
        payload.CopyTo(_copied.AsSpan(at + header.Length));
        return at;
    }

    /// <summary>A cache line, for each is carried from one processor to another.</summary>
    private readonly struct Item
    {
        public const sbyte Copied = -1;
        public const int Bare = -1;

        public required PacketRef Packet { get; init; }

        public required TupleKey Key { get; init; }

        public required SegmentMeasures Measures { get; init; }

        /// <summary>Place of what few segments have beside; or <see cref="Bare"/>.</summary>
        public required int Wrapping { get; init; }

        /// <summary>Where the header begins; the payload is next to it.</summary>
        public required int At { get; init; }

        public required int PayloadLength { get; init; }

        /// <summary>Of the stretch, whose buffer the octets lie in; or <see cref="Copied"/>.</summary>
        public required sbyte Batch { get; init; }

        public required byte HeaderLength { get; init; }
    }

    private readonly struct Wrapping(in AddressPair wideAddresses, in Encapsulation encapsulation)
    {
        public readonly AddressPair WideAddresses = wideAddresses;

        public readonly Encapsulation Encapsulation = encapsulation;
    }
}
