using HttpWireAnalyzer.Wire.Tcp;

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
    private const byte SourceQuench = 4;
    private const byte Redirect = 5;
    private const byte ParameterProblem = 12;
    private const byte LastError6 = 127;

    private readonly ReadOnlySpan<byte> _octets;
    private readonly bool _isIpv6;

    private IcmpMessage(ReadOnlySpan<byte> octets, bool isIpv6)
    {
        _octets = octets;
        _isIpv6 = isIpv6;
    }

    public IcmpReason Reason => new(_isIpv6, Type, _octets[CodeAt]);

    /// <summary>RFC 4443 §2.1: errors are below 128; ICMP for IPv4 has its five.</summary>
    public bool IsError => _isIpv6
        ? Type is > 0 and <= LastError6
        : Type is IcmpReason.Unreachable4 or SourceQuench or Redirect or IcmpReason.TimeExceeded4 or ParameterProblem;

    public ReadOnlySpan<byte> Quoted => _octets[HeaderLength..];

    private byte Type => _octets[0];

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
