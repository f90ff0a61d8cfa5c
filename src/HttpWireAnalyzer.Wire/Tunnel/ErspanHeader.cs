using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The ERSPAN header, type II or III; a mirrored Ethernet frame follows (draft-foschiano-erspan §4).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-----------------------+-----+---+-+-------------------+
/// |  Ver  |          VLAN         | COS | En|T|    Session ID     |
/// +-------+-----------------------+-----+---+-+-------------------+
/// |      Type II: Reserved, Index; type III: Timestamp            |
/// +---------------------------------------------------------------+
/// |      Type III: SGT (16), P, FT, Hw ID, D, Gra, O (last bit)   |
/// +---------------------------------------------------------------+
/// |      Type III with O: platform specific (8 octets)            |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct ErspanHeader
{
    private const int LengthOfType2 = 8;
    private const int LengthOfType3 = 12;
    private const int LengthOfOption = 8;
    private const int SessionAt = 2;
    private const int OptionFlagAt = 11;
    private const int SessionMask = 0x03FF;
    private const int VersionOfType3 = 2;

    private ErspanHeader(int length, uint session)
    {
        Length = length;
        Session = session;
    }

    public int Length { get; }

    public uint Session { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out ErspanHeader header, out DecodeError error)
    {
        header = default;
        var isType3 = !octets.IsEmpty && octets[0] >> 4 == VersionOfType3;
        var length = isType3 ? LengthOfType3 : LengthOfType2;
        if (isType3 && octets.Length > OptionFlagAt && (octets[OptionFlagAt] & 1) != 0)
        {
            length += LengthOfOption;
        }

        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        var session = BinaryPrimitives.ReadUInt16BigEndian(octets[SessionAt..]) & SessionMask;
        header = new ErspanHeader(length, (uint)session);
        error = default;
        return true;
    }
}
