using System.Runtime.InteropServices;
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
    private readonly List<Item> _items = [];
    private byte[] _copied = [];
    private int _copiedCount;

    public void Clear()
    {
        _items.Clear();
        _copiedCount = 0;
    }

    /// <summary>Its place among the segments.</summary>
    public int Add(in TcpSegment segment, Stretch stretch, int batch)
    {
        var header = segment.Header.Octets;
        var isInPlace = stretch[batch].Buffer.Octets.AsSpan().Overlaps(header, out var at);
        _items.Add(new Item(segment.WideAddresses, segment.Encapsulation)
        {
            Packet = segment.Packet,
            Key = segment.Key,
            Batch = isInPlace ? batch : Item.Copied,
            At = isInPlace ? at : Copy(header, segment.Payload),
            HeaderLength = (byte)header.Length,
            PayloadLength = segment.Payload.Length,
            Measures = segment.Measures,
        });
        return _items.Count - 1;
    }

    public TcpSegment At(int index, Stretch stretch)
    {
        ref readonly var item = ref CollectionsMarshal.AsSpan(_items)[index];
        var octets = (item.Batch == Item.Copied ? _copied : stretch[item.Batch].Buffer.Octets)
            .AsSpan(item.At, item.HeaderLength + item.PayloadLength);

        // It was parsed before it came here.
        _ = TcpHeader.TryParse(octets[..item.HeaderLength], out var header, out _, out _);
        return new TcpSegment(
            item.Packet, item.Key, item.WideAddresses, item.Encapsulation, header, octets[item.HeaderLength..], item.Measures);
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

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Item(in AddressPair wideAddresses, in Encapsulation encapsulation)
    {
        public const int Copied = -1;

        public required PacketRef Packet { get; init; }

        public required TupleKey Key { get; init; }

        public readonly AddressPair WideAddresses = wideAddresses;

        public readonly Encapsulation Encapsulation = encapsulation;

        /// <summary>Of the stretch, whose buffer the octets lie in; or <see cref="Copied"/>.</summary>
        public required int Batch { get; init; }

        /// <summary>Where the header begins; the payload is next to it.</summary>
        public required int At { get; init; }

        public required byte HeaderLength { get; init; }

        public required int PayloadLength { get; init; }

        public required SegmentMeasures Measures { get; init; }
    }
}
