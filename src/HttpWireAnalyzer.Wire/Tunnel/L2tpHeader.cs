using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The L2TPv2 header; in data messages PPP follows (RFC 2661 §3.1).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+---+-+-+-+-+-------+-------+-------------------------------+
/// |T|L|x x|S|x|O|P|x x x x|  Ver  |          Length (L)           |
/// +-+-+---+-+-+-+-+-------+-------+-------------------------------+
/// |           Tunnel ID           |           Session ID          |
/// +-------------------------------+-------------------------------+
/// |             Ns (S)            |             Nr (S)            |
/// +-------------------------------+-------------------------------+
/// |        Offset Size (O)        |       Offset pad (O) ...      |
/// +-------------------------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct L2tpHeader
{
    private const ushort ControlBit = 0x8000;
    private const ushort LengthBit = 0x4000;
    private const ushort SequenceBit = 0x0800;
    private const ushort OffsetBit = 0x0200;
    private const ushort VersionMask = 0x000F;
    private const ushort Version2 = 2;
    private const int FixedLength = 6;
    private const int SequenceLength = 4;

    private readonly ushort _flags;

    private L2tpHeader(ushort flags, uint session, int length)
    {
        _flags = flags;
        Session = session;
        Length = length;
    }

    public int Length { get; }

    /// <summary>Tunnel id in the upper, session id in the lower half.</summary>
    public uint Session { get; }

    public bool IsControl => (_flags & ControlBit) != 0;

    public static bool TryParse(ReadOnlySpan<byte> octets, out L2tpHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        if (octets.Length < FixedLength)
        {
            error = DecodeError.Truncated(Layer.Tunnel, FixedLength, octets.Length);
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(octets);
        if ((flags & VersionMask) != Version2)
        {
            error = DecodeError.Version(Layer.Tunnel, Version2, flags & VersionMask);
            return false;
        }

        var idsAt = (flags & LengthBit) != 0 ? 2 * sizeof(ushort) : sizeof(ushort);
        var offsetAt = idsAt + sizeof(uint) + ((flags & SequenceBit) != 0 ? SequenceLength : 0);
        var hasOffset = (flags & OffsetBit) != 0;
        var length = offsetAt + (hasOffset ? sizeof(ushort) : 0);
        if (hasOffset && octets.Length >= length)
        {
            length += BinaryPrimitives.ReadUInt16BigEndian(octets[offsetAt..]);
        }

        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        header = new L2tpHeader(flags, BinaryPrimitives.ReadUInt32BigEndian(octets[idsAt..]), length);
        return true;
    }
}
