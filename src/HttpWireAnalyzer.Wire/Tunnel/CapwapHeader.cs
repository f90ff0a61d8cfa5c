using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The CAPWAP header between an access point and its controller (RFC 5415 §4.3).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------+---------+---------+-+-+-+-+-+-+-----+
/// |Version| Type  |  HLEN   |   RID   | WBID    |T|F|L|W|M|K|Flags|
/// +-------+-------+---------+---------+---------+-+-+-+-+-+-+-----+
/// |          Fragment ID          |     Frag Offset         |Rsvd |
/// +-------------------------------+-------------------------+-----+
/// |   (optional) Radio MAC address, wireless specific information |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct CapwapHeader
{
    private const int MinimumLength = 8;
    private const int FragmentOffsetAt = 6;
    private const int LengthShift = 19;
    private const uint LengthMask = 0x1F;
    private const int BindingShift = 9;
    private const uint BindingMask = 0x1F;
    private const uint Ieee80211Binding = 1;
    private const uint NativeBit = 0x100;
    private const uint KeepAliveBit = 0x08;
    private const ushort OffsetMask = 0xFFF8;

    private readonly uint _first;
    private readonly ushort _offset;

    private CapwapHeader(uint first, ushort offset, int length)
    {
        _first = first;
        _offset = offset;
        Length = length;
    }

    public int Length { get; }

    /// <summary>A frame as the radio has it, or one of Ethernet; of one in fragments the first.</summary>
    public Carried Carries =>
        (_first & KeepAliveBit) != 0 || (_offset & OffsetMask) != 0 ? Carried.Other
        : (_first & NativeBit) == 0 ? Carried.Ethernet
        : ((_first >> BindingShift) & BindingMask) == Ieee80211Binding ? Carried.Ieee80211
        : Carried.Other;

    /// <summary>Only in the clear: version and type 0. Type 1 is DTLS.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out CapwapHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        if (octets.Length < MinimumLength)
        {
            error = DecodeError.Truncated(Layer.Tunnel, MinimumLength, octets.Length);
            return false;
        }

        if (octets[0] != 0)
        {
            error = DecodeError.Version(Layer.Tunnel, 0, octets[0]);
            return false;
        }

        var first = BinaryPrimitives.ReadUInt32BigEndian(octets);
        var length = (int)((first >> LengthShift) & LengthMask) * sizeof(uint);
        if (length < MinimumLength)
        {
            error = DecodeError.TooSmall(Layer.Tunnel, MinimumLength, length);
            return false;
        }

        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        header = new CapwapHeader(first, BinaryPrimitives.ReadUInt16BigEndian(octets[FragmentOffsetAt..]), length);
        return true;
    }
}
