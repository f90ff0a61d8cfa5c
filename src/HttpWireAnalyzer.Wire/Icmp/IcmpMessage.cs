using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Icmp;

/// <summary>An ICMP (RFC 792) or ICMPv6 (RFC 4443 §2.1) message.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |     Type      |     Code      |           Checksum            |
/// +---------------+---------------+-------------------------------+
/// |      By type; the next hop's MTU (RFC 1191 §4: lower half)    |
/// +---------------------------------------------------------------+
/// |      In errors: the head of the packet that they are about    |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct IcmpMessage
{
    public const int HeaderLength = 8;

    private const int CodeAt = 1;
    private const int MtuAt = 4;
    private const int Mtu4At = 6;
    private const byte Unreachable = 3;
    private const byte FragmentationNeeded = 4;
    private const byte SourceQuench = 4;
    private const byte Redirect = 5;
    private const byte TimeExceeded = 11;
    private const byte ParameterProblem = 12;
    private const byte PacketTooBig6 = 2;
    private const byte LastError6 = 127;

    private readonly ReadOnlySpan<byte> _octets;
    private readonly bool _isIpv6;

    private IcmpMessage(ReadOnlySpan<byte> octets, bool isIpv6)
    {
        _octets = octets;
        _isIpv6 = isIpv6;
    }

    public byte Type => _octets[0];

    public byte Code => _octets[CodeAt];

    /// <summary>RFC 4443 §2.1: errors are below 128; ICMP for IPv4 has its five.</summary>
    public bool IsError => _isIpv6
        ? Type is > 0 and <= LastError6
        : Type is Unreachable or SourceQuench or Redirect or TimeExceeded or ParameterProblem;

    public uint NextHopMtu => (_isIpv6, Type, Code) switch
    {
        (true, PacketTooBig6, _) => BinaryPrimitives.ReadUInt32BigEndian(_octets[MtuAt..]),
        (false, Unreachable, FragmentationNeeded) => BinaryPrimitives.ReadUInt16BigEndian(_octets[Mtu4At..]),
        _ => 0,
    };

    public ReadOnlySpan<byte> Quoted => _octets[HeaderLength..];

    public static bool TryParse(ReadOnlySpan<byte> octets, bool isIpv6, out IcmpMessage message, out DecodeError error)
    {
        message = default;
        if (octets.Length < HeaderLength)
        {
            error = DecodeError.Truncated(Layer.Icmp, HeaderLength, octets.Length);
            return false;
        }

        message = new IcmpMessage(octets, isIpv6);
        error = default;
        return true;
    }
}
