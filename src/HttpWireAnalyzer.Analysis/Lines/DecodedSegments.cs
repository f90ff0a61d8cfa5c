using System.Buffers;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Segments to be taken by another thread than decoded them. Headers are copied behind each other: many of them are all that
/// is wanted of a segment, and another processor has them in its cache. Payload is left where it lies, but for that which
/// decoding put together from fragments or unpacked: its memory for that is its own, so it is copied.
/// </summary>
internal sealed class DecodedSegments
{
    private const int FetchedAhead = 16;

    private readonly List<Item> _items = [];
    private readonly List<Wrapping> _wrappings = [];
    private readonly ArrayBufferWriter<byte> _headers = new(1024);
    private readonly ArrayBufferWriter<byte> _payloads = new(1024);

    public void Clear()
    {
        _items.Clear();
        _wrappings.Clear();
        _headers.ResetWrittenCount();
        _payloads.ResetWrittenCount();
    }

    /// <summary>Its place among the segments.</summary>
    public int Add(in TcpSegment segment, Stretch stretch, int batch)
    {
        var header = segment.Header.Octets;
        var payload = segment.Payload;
        var at = 0;
        var isInPlace = payload.IsEmpty || stretch[batch].Buffer.Octets.AsSpan().Overlaps(payload, out at);
        var headerAt = _headers.WrittenCount;
        _headers.Write(header);
        if (!isInPlace)
        {
            at = _payloads.WrittenCount;
            _payloads.Write(payload);
        }

        _items.Add(new Item
        {
            Packet = segment.Packet,
            Key = segment.Key,
            Measures = segment.Measures,
            Wrapping = WrappingOf(segment),
            Header = headerAt,
            At = at,
            PayloadLength = payload.Length,
            Batch = isInPlace ? (sbyte)batch : Item.Copied,
            HeaderLength = (byte)header.Length,
        });
        return _items.Count - 1;
    }

    public TcpSegment At(int index, Stretch stretch)
    {
        ref readonly var item = ref CollectionsMarshal.AsSpan(_items)[index];
        // It was parsed before it came here.
        _ = TcpHeader.TryParse(HeaderOf(item), out var header, out _, out _);
        var payload = item.PayloadLength == 0 ? default : PayloadOf(item, stretch);
        ref readonly var wrapping = ref Wrapping.None;
        if (item.Wrapping != Item.Bare)
        {
            wrapping = ref CollectionsMarshal.AsSpan(_wrappings)[item.Wrapping];
        }

        return new TcpSegment(
            item.Packet, item.Key, wrapping.WideAddresses, wrapping.Encapsulation, header, payload, item.Measures);
    }

    /// <summary>Has a segment's header and first octets fetched, and what is known of one as far ahead again.</summary>
    public void Fetch(int index, Stretch stretch, int most)
    {
        var items = CollectionsMarshal.AsSpan(_items);
        ref readonly var item = ref items[index];
        CacheLines.Prefetch(HeaderOf(item));
        if (item.PayloadLength > 0)
        {
            CacheLines.Prefetch(PayloadOf(item, stretch)[..int.Min(most, item.PayloadLength)]);
        }

        if (index + FetchedAhead < items.Length)
        {
            CacheLines.Prefetch(ref items[index + FetchedAhead]);
        }
    }

    private ReadOnlySpan<byte> HeaderOf(in Item item) => _headers.WrittenSpan.Slice(item.Header, item.HeaderLength);

    private ReadOnlySpan<byte> PayloadOf(in Item item, Stretch stretch) => item.Batch == Item.Copied
        ? _payloads.WrittenSpan.Slice(item.At, item.PayloadLength)
        : stretch[item.Batch].Buffer.Octets.AsSpan(item.At, item.PayloadLength);

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

        /// <summary>Where the header begins among those copied.</summary>
        public required int Header { get; init; }

        /// <summary>Where the payload begins.</summary>
        public required int At { get; init; }

        public required int PayloadLength { get; init; }

        /// <summary>Of the stretch, whose buffer the payload lies in; or <see cref="Copied"/>.</summary>
        public required sbyte Batch { get; init; }

        public required byte HeaderLength { get; init; }
    }

    private readonly struct Wrapping(in AddressPair wideAddresses, in Encapsulation encapsulation)
    {
        public static readonly Wrapping None = new(TcpSegment.NoWideAddresses, Encapsulation.None);

        public readonly AddressPair WideAddresses = wideAddresses;

        public readonly Encapsulation Encapsulation = encapsulation;
    }
}
