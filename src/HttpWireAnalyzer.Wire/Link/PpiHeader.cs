using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>Per-Packet Information before a frame of any link type (LINKTYPE_PPI); little-endian.</summary>
/// <remarks>
/// <code>
/// +-------------+-----------+------------+---------------+--------------
/// | Version (1) | Flags (1) | Length (2) | Link type (4) | Fields ...
/// +-------------+-----------+------------+---------------+--------------
/// </code>
/// </remarks>
internal readonly ref struct PpiHeader
{
    private const int FixedLength = 8;
    private const int LengthAt = 2;
    private const int LinkTypeAt = 4;

    private PpiHeader(int length, uint linkType)
    {
        Length = length;
        LinkType = linkType;
    }

    /// <summary>With the fields behind the fixed part.</summary>
    public int Length { get; }

    /// <summary>What follows: any number, of which the LINKTYPE_ values have 16 bits.</summary>
    public uint LinkType { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out PpiHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var length = octets.Length < FixedLength ? FixedLength : BinaryPrimitives.ReadUInt16LittleEndian(octets[LengthAt..]);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        if (length < FixedLength)
        {
            error = DecodeError.TooSmall(Layer.Link, FixedLength, length);
            return false;
        }

        header = new PpiHeader(length, BinaryPrimitives.ReadUInt32LittleEndian(octets[LinkTypeAt..]));
        return true;
    }
}
