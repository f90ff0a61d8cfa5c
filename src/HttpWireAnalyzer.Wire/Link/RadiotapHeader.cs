using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The radiotap header before an 802.11 frame (radiotap.org).</summary>
/// <remarks>
/// <code>
/// +-------------+---------+------------+-------------------+--------------------
/// | Version (1) | Pad (1) | Length (2) | Present (4) ...   | fields, aligned ...
/// +-------------+---------+------------+-------------------+--------------------
///                          little-endian; bit 31: another Present word follows
/// </code>
/// </remarks>
internal readonly ref struct RadiotapHeader
{
    private const int MinimumLength = 8;
    private const int LengthAt = 2;
    private const int PresentAt = 4;
    private const uint TimerBit = 1;
    private const uint FlagsBit = 2;
    private const uint AnotherBit = 0x8000_0000;
    private const int TimerLength = 8;
    private const byte DataPadFlag = 0x20;

    private RadiotapHeader(int length, bool isPadded)
    {
        Length = length;
        IsPadded = isPadded;
    }

    public int Length { get; }

    /// <summary>The 802.11 header is padded to a multiple of four octets.</summary>
    public bool IsPadded { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out RadiotapHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < MinimumLength)
        {
            error = DecodeError.Truncated(Layer.Link, MinimumLength, octets.Length);
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(octets[LengthAt..]);
        if (length < MinimumLength)
        {
            error = DecodeError.TooSmall(Layer.Link, MinimumLength, length);
            return false;
        }

        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        header = new RadiotapHeader(length, (FlagsIn(octets[..length]) & DataPadFlag) != 0);
        error = default;
        return true;
    }

    private static byte FlagsIn(ReadOnlySpan<byte> octets)
    {
        var present = BinaryPrimitives.ReadUInt32LittleEndian(octets[PresentAt..]);
        var at = PresentAt;
        while (at + 2 * sizeof(uint) <= octets.Length
            && (BinaryPrimitives.ReadUInt32LittleEndian(octets[at..]) & AnotherBit) != 0)
        {
            at += sizeof(uint);
        }

        at += sizeof(uint);
        if ((present & TimerBit) != 0)
        {
            at = ((at + TimerLength - 1) & ~(TimerLength - 1)) + TimerLength;
        }

        return (present & FlagsBit) != 0 && at < octets.Length ? octets[at] : (byte)0;
    }
}
