using System.Text;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>What the three kinds of packet block say (draft-ietf-opsawg-pcapng §4.3, §4.4, §8.1).</summary>
/// <remarks><code>
/// Enhanced                             Obsolete: bits 8 to 11 are     Simple: no interface, no time
/// +---------------------------------+  +----------------+--------+   +---------------------------+
/// |          Interface ID           |  | Interface ID   | Drops  |   |      Original Length      |  8
/// +---------------------------------+  +----------------+--------+   +---------------------------+
/// |        Timestamp (high)         |                                /           Data            / 12
/// +---------------------------------+
/// |        Timestamp (low)          | 16
/// +---------------------------------+
/// |        Captured Length          | 20
/// +---------------------------------+
/// |        Original Length          | 24
/// +---------------------------------+
/// /        Data, then options       / 28
/// </code></remarks>
internal readonly ref struct PacketBlock
{
    public const int SimpleLeastLength = 16;
    public const int LeastLength = 32;

    private const int InterfaceOffset = 8;
    private const int TimeOffset = 12;
    private const int CapturedOffset = 20;
    private const int OriginalOffset = 24;
    private const int FullDataOffset = 28;
    private const int SimpleOriginalOffset = 8;
    private const int SimpleDataOffset = 12;

    private readonly ReadOnlySpan<byte> _block;
    private readonly ByteOrder _order;
    private readonly BlockType _type;

    /// <param name="block">Whole, and at least as long as its type needs.</param>
    public PacketBlock(ReadOnlySpan<byte> block, ByteOrder order, BlockType type)
    {
        _block = block;
        _order = order;
        _type = type;
    }

    public uint Interface => _type switch
    {
        BlockType.EnhancedPacket => _order.U32(_block, InterfaceOffset),
        BlockType.ObsoletePacket => _order.U16(_block, InterfaceOffset),

        // Draft §4.4: a simple packet is of the section's first interface.
        _ => 0,
    };

    /// <summary>What the options say, given the octets that come before them; null where they say nothing kept.</summary>
    public PacketNotes? NotesBehind(uint captured)
    {
        var offset = DataOffset + ((captured + 3L) & ~3L);
        if (!HasTime || offset >= _block.Length - BlockFrame.TrailerLength)
        {
            return null;
        }

        uint? flags = null;
        List<string> comments = [];
        BlockOptions options = new(_block[(int)offset..^BlockFrame.TrailerLength], _order);
        while (options.MoveNext())
        {
            if (options.Type == BlockOption.Comment)
            {
                comments.Add(Encoding.UTF8.GetString(options.Value));
            }
            else if (options.Type == PacketOption.Flags && options.Value.Length == sizeof(uint))
            {
                flags = _order.U32(options.Value, 0);
            }
        }

        return flags is null && comments.Count == 0 ? null : new PacketNotes(flags, comments);
    }

    public bool HasTime => _type != BlockType.SimplePacket;

    public ulong Ticks => _order.Ticks(_block, TimeOffset);

    public uint OriginalLength => _order.U32(_block, HasTime ? OriginalOffset : SimpleOriginalOffset);

    public int DataOffset => HasTime ? FullDataOffset : SimpleDataOffset;

    /// <summary>Octets between the fields and the trailing length: the most that can be data.</summary>
    public int Room => _block.Length - DataOffset - BlockFrame.TrailerLength;

    /// <param name="snapLength">Of the interface; 0 means no limit.</param>
    public uint CapturedLength(uint snapLength)
    {
        if (HasTime)
        {
            return _order.U32(_block, CapturedOffset);
        }

        // Draft §4.4: the captured length is the smaller of the original length and the interface's snap length.
        return snapLength == 0 ? OriginalLength : Math.Min(OriginalLength, snapLength);
    }

    public static int LeastLengthOf(BlockType type) => type == BlockType.SimplePacket ? SimpleLeastLength : LeastLength;
}
