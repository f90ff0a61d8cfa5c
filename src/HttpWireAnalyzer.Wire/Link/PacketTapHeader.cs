using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>What macOS's packet tap says before a frame of any link type (LINKTYPE_PKTAP); little-endian.</summary>
/// <remarks>
/// <code>
/// +------------+---------------+---------------+---------------------
/// | Length (4) | Next type (4) | Link type (4) | Interface, process ...
/// +------------+---------------+---------------+---------------------
/// </code>
/// </remarks>
internal readonly ref struct PacketTapHeader
{
    private const int MinimumLength = 12;
    private const int NextTypeAt = 4;
    private const int LinkTypeAt = 8;
    private const uint Packet = 1;

    private PacketTapHeader(int length, bool hasPacket, uint linkType)
    {
        Length = length;
        HasPacket = hasPacket;
        LinkType = linkType;
    }

    public int Length { get; }

    public bool HasPacket { get; }

    /// <summary>What follows: any number, of which the LINKTYPE_ values have 16 bits.</summary>
    public uint LinkType { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out PacketTapHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var length = octets.Length < MinimumLength ? MinimumLength : BinaryPrimitives.ReadUInt32LittleEndian(octets);
        if (length < MinimumLength)
        {
            error = DecodeError.TooSmall(Layer.Link, MinimumLength, (int)length);
            return false;
        }

        if (octets.Length < length)
        {
            error = new DecodeError(Layer.Link, DecodeErrorKind.Truncated, 0, length, octets.Length);
            return false;
        }

        header = new PacketTapHeader(
            (int)length,
            BinaryPrimitives.ReadUInt32LittleEndian(octets[NextTypeAt..]) == Packet,
            BinaryPrimitives.ReadUInt32LittleEndian(octets[LinkTypeAt..]));
        return true;
    }
}
