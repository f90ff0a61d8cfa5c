using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>
/// The Prism or AVS header before an 802.11 frame (LINKTYPE_IEEE802_11_PRISM, LINKTYPE_IEEE802_11_AVS). Drivers
/// wrote either under both link types; the first word tells them apart.
/// </summary>
/// <remarks>
/// <code>
/// Prism, order of the writer            AVS, network order
/// +------------------+                  +------------------------+
/// | Message code (4) |                  | Magic and version (4)  |
/// +------------------+                  +------------------------+
/// | Length (4)       |                  | Length (4)             |
/// +------------------+                  +------------------------+
/// </code>
/// </remarks>
internal readonly ref struct PrismHeader
{
    private const int MinimumLength = 8;
    private const int LengthAt = 4;
    private const uint AvsMagic = 0x8021_1000;
    private const uint AvsMagicMask = 0xFFFF_F000;

    private PrismHeader(int length) => Length = length;

    public int Length { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out PrismHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < MinimumLength)
        {
            error = DecodeError.Truncated(Layer.Link, MinimumLength, octets.Length);
            return false;
        }

        var isAvs = (BinaryPrimitives.ReadUInt32BigEndian(octets) & AvsMagicMask) == AvsMagic;
        var length = BinaryPrimitives.ReadUInt32BigEndian(octets[LengthAt..]);
        if (!isAvs)
        {
            // The length is small, so of its two readings the smaller is the one that was meant.
            length = Math.Min(length, BinaryPrimitives.ReverseEndianness(length));
        }

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

        header = new PrismHeader((int)length);
        error = default;
        return true;
    }
}
