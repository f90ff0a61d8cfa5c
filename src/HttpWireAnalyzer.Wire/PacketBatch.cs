using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Wire;

/// <summary>Where one packet stands in its batch's octets, and what its record said of it.</summary>
/// <param name="Offset">Of the first captured octet in <see cref="PacketBatch.Buffer"/>.</param>
/// <param name="OriginalLength">Octets on the wire; more than were captured where the snap length cut it.</param>
/// <param name="Interface">Index of the capture interface, counted over all sections and files.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PacketRecord(
    PacketRef Packet, int Offset, int CapturedLength, int OriginalLength, LinkType LinkType, ushort Interface);

/// <summary>
/// A block of packets that a source fills and the pipeline reads: one call for many packets, so that neither an
/// object nor a virtual call is spent on each. Packets are valid until the source fills this batch again, or until
/// <see cref="Release"/>, whatever other batches it fills meanwhile.
/// </summary>
public sealed class PacketBatch
{
    /// <summary>Enough to hide a call's cost, few enough to stay in the second-level cache with their headers.</summary>
    public const int Capacity = 256;

    private readonly OctetBuffer _nothing = new([]);
    private readonly PacketRecord[] _records = new PacketRecord[Capacity];

    /// <summary>By the packet's place; null until a packet has notes.</summary>
    private PacketNotes?[]? _notes;

    public PacketBatch() => Buffer = _nothing;

    public int Count { get; private set; }

    /// <summary>The memory that the records point into; owned by the source.</summary>
    public OctetBuffer Buffer { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>
    /// Of an empty batch of a live source: how far the capture's clock has gone with no packet; none comes before it.
    /// </summary>
    public Timestamp Clock { get; private set; }

    public ref readonly PacketRecord this[int index] => ref _records[index];

    /// <summary>Empties the batch for packets in <paramref name="buffer"/>, and holds that.</summary>
    public void Begin(OctetBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Hold();
        Release();
        Buffer = buffer;
    }

    /// <summary>Empties the batch and lets its buffer go.</summary>
    public void Release()
    {
        if (Buffer != _nothing)
        {
            Buffer.Release();
            Buffer = _nothing;
        }

        Count = 0;
        if (_notes is not null)
        {
            Array.Clear(_notes);
        }
    }

    /// <summary>Empties the batch to say only how late it is.</summary>
    public void BeginIdle(Timestamp clock)
    {
        Release();
        Clock = clock;
    }

    public void Add(in PacketRecord record) => _records[Count++] = record;

    /// <param name="notes">Null for a packet that has none.</param>
    public void Add(in PacketRecord record, PacketNotes? notes)
    {
        if (notes is not null)
        {
            _notes ??= new PacketNotes?[Capacity];
            _notes[Count] = notes;
        }

        Add(record);
    }

    /// <summary>Leaves the first <paramref name="count"/> packets in it.</summary>
    public void Keep(int count) => Count = count;

    /// <summary>Null where the packet has none, or the source was not asked to keep them.</summary>
    public PacketNotes? NotesOf(int index) => _notes?[index];

    public ReadOnlySpan<byte> OctetsOf(in PacketRecord record) =>
        Buffer.Octets.AsSpan(record.Offset, record.CapturedLength);
}
