using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// What one line is to do in one stretch of the capture: its segments, ICMP errors and ticks, in capture order. The
/// octets are copied: the source reuses its own for the next batch while lines still work.
/// </summary>
internal sealed class SegmentStretch
{
    private readonly List<IcmpError> _errors = [];
    private readonly List<long> _begun = [];
    private Item[] _items = new Item[256];
    private byte[] _octets = new byte[64 * 1024];
    private int _octetCount;

    public int Count { get; private set; }

    /// <summary>Octets copied into it so far.</summary>
    public int OctetCount => _octetCount;

    /// <summary>Nothing comes after this stretch.</summary>
    public bool IsLast { get; set; }

    public void Clear()
    {
        _errors.Clear();
        _begun.Clear();
        _octetCount = 0;
        Count = 0;
        IsLast = false;
    }

    public void Add(in TcpSegment segment)
    {
        var header = segment.Header.Octets;
        var needed = header.Length + segment.Payload.Length;
        if (_octets.Length - _octetCount < needed)
        {
            Array.Resize(ref _octets, int.Max(2 * _octets.Length, _octetCount + needed));
        }

        header.CopyTo(_octets.AsSpan(_octetCount));
        segment.Payload.CopyTo(_octets.AsSpan(_octetCount + header.Length));
        ref var item = ref Next();
        item.Kind = ItemKind.Segment;
        item.Packet = segment.Packet;
        item.Key = segment.Key;
        item.WideAddresses = segment.WideAddresses;
        item.At = _octetCount;
        item.HeaderLength = (byte)header.Length;
        item.PayloadLength = segment.Payload.Length;
        item.PayloadLengthOnWire = segment.PayloadLengthOnWire;
        item.PayloadSum = segment.PayloadSum;
        item.Checksum = segment.Checksum;
        item.TimeToLive = segment.TimeToLive;
        item.Encapsulation = segment.Encapsulation;
        _octetCount += needed;
    }

    public void Add(in IcmpError error)
    {
        ref var item = ref Next();
        item.Kind = ItemKind.IcmpError;
        item.Packet = error.Packet;
        item.At = _errors.Count;
        _errors.Add(error);
    }

    /// <param name="tick">The whole second that has come.</param>
    /// <param name="before">The packet that comes next.</param>
    /// <param name="begun">SYNs of the capture so far.</param>
    public void AddTick(Timestamp tick, PacketRef before, long begun)
    {
        ref var item = ref Next();
        item.Kind = ItemKind.Tick;
        item.Packet = new PacketRef(before.Number, tick);
        item.At = _begun.Count;
        _begun.Add(begun);
    }

    public ItemKind KindOf(int index) => _items[index].Kind;

    public PacketRef PacketOf(int index) => _items[index].Packet;

    public long BegunBefore(int tick) => _begun[_items[tick].At];

    public TupleKey KeyOf(int index) => _items[index].Key;

    public IcmpError ErrorAt(int index) => _errors[_items[index].At];

    public TcpSegment SegmentAt(int index)
    {
        ref readonly var item = ref _items[index];
        var octets = _octets.AsSpan(item.At, item.HeaderLength + item.PayloadLength);

        // It was parsed before it was copied.
        _ = TcpHeader.TryParse(octets[..item.HeaderLength], out var header, out _, out _);
        return new TcpSegment
        {
            Packet = item.Packet,
            Key = item.Key,
            WideAddresses = item.WideAddresses,
            Header = header,
            Payload = octets[item.HeaderLength..],
            PayloadLengthOnWire = item.PayloadLengthOnWire,
            Checksum = item.Checksum,
            PayloadSum = item.PayloadSum,
            TimeToLive = item.TimeToLive,
            Encapsulation = item.Encapsulation,
        };
    }

    private ref Item Next()
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _items.Length);
        }

        return ref _items[Count++];
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Item
    {
        public PacketRef Packet;
        public TupleKey Key;
        public AddressPair WideAddresses;
        public Encapsulation Encapsulation;

        /// <summary>Of the header in the octets, or of the error or the tick in its list.</summary>
        public int At;
        public int PayloadLength;
        public int PayloadLengthOnWire;
        public ushort PayloadSum;
        public byte HeaderLength;
        public byte TimeToLive;
        public ChecksumVerdict Checksum;
        public ItemKind Kind;
    }
}

/// <summary>What an item of a stretch is.</summary>
internal enum ItemKind : byte
{
    Segment,
    IcmpError,
    Tick,
}
