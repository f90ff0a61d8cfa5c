using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>A piece of memory that packets are copied into on their way from the capture thread to the line.</summary>
internal sealed class PacketSlab
{
    /// <summary>As much as the second-level cache holds beside other things; a wakeup's worth of packets.</summary>
    public const int RoomOctets = 256 * 1024;

    /// <summary>So many of the least packets that are captured, 64 octets, fill the room.</summary>
    public const int RoomRecords = RoomOctets / 64;

    private readonly PacketRecord[] _records = new PacketRecord[RoomRecords];
    private int _used;

    public byte[] Octets { get; private set; } = new byte[RoomOctets];

    public int Count { get; private set; }

    public ref readonly PacketRecord this[int index] => ref _records[index];

    public ReadOnlySpan<byte> OctetsOf(int index) =>
        Octets.AsSpan(_records[index].Offset, _records[index].CapturedLength);

    public void Clear()
    {
        Count = 0;
        _used = 0;
    }

    /// <summary>False where the packet has no room: a slab that is empty makes it.</summary>
    public bool TryAdd(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        if (Count == RoomRecords || octets.Length > Octets.Length - _used)
        {
            if (Count > 0)
            {
                return false;
            }

            Octets = new byte[octets.Length];
        }

        octets.CopyTo(Octets.AsSpan(_used));
        _records[Count++] = record with { Offset = _used, CapturedLength = octets.Length };
        _used += octets.Length;
        return true;
    }
}
