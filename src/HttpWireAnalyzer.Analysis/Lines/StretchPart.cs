using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>What one line is to do in one stretch of the capture, in capture order.</summary>
internal sealed class StretchPart
{
    private StretchItem[] _items = new StretchItem[PacketBatch.Capacity];

    public int Count { get; private set; }

    public DecodedSegments Segments { get; } = new();

    public List<IcmpError> Errors { get; } = [];

    public List<StretchTick> Ticks { get; } = [];

    public ref readonly StretchItem this[int index] => ref _items[index];

    public void Clear()
    {
        Segments.Clear();
        Errors.Clear();
        Ticks.Clear();
        Count = 0;
    }

    /// <summary>A packet that the line is to decode.</summary>
    public void Add(int batch, int at) => Add(new StretchItem(ItemKind.Packet, (byte)batch, (ushort)at));

    /// <summary>A segment of the stretch's batch number <paramref name="batch"/>.</summary>
    public void Add(in TcpSegment segment, Stretch stretch, int batch) =>
        Add(new StretchItem(ItemKind.Segment, (byte)batch, (ushort)Segments.Add(segment, stretch, batch)));

    public void Add(in IcmpError error)
    {
        Add(new StretchItem(ItemKind.IcmpError, 0, (ushort)Errors.Count));
        Errors.Add(error);
    }

    public void Add(in StretchTick tick)
    {
        Add(new StretchItem(ItemKind.Tick, 0, (ushort)Ticks.Count));
        Ticks.Add(tick);
    }

    private void Add(StretchItem item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _items.Length);
        }

        _items[Count++] = item;
    }
}

/// <summary>One thing to do.</summary>
/// <param name="Batch">The packet's, among the stretch's.</param>
/// <param name="At">Of the packet in its batch; of other items among their kind in the part.</param>
internal readonly record struct StretchItem(ItemKind Kind, byte Batch, ushort At);

/// <summary>What an item of a part is.</summary>
internal enum ItemKind : byte
{
    /// <summary>A plain one: any line's decoder makes the same of it.</summary>
    Packet,

    /// <summary>Decoded already: behind tags, tunnels, fragments.</summary>
    Segment,
    IcmpError,
    Tick,
}

/// <summary>A tick of the capture's clock.</summary>
/// <param name="Before">The packet that comes next.</param>
/// <param name="Begun">SYNs of the capture so far.</param>
internal readonly record struct StretchTick(Timestamp Time, PacketRef Before, long Begun);
