namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>What an ICMP error says, by the numbers of its family: ICMP (RFC 792, RFC 1122 §3.2.2.1) or ICMPv6 (RFC 4443 §3).</summary>
public readonly record struct IcmpReason(bool IsIpv6, byte Type, byte Code)
{
    public const byte Unreachable4 = 3;
    public const byte TimeExceeded4 = 11;
    public const byte Unreachable6 = 1;
    public const byte TimeExceeded6 = 3;

    private const byte FragmentationNeeded4 = 4;
    private const byte PacketTooBig6 = 2;

    /// <summary>The packet does not fit a link on its way (RFC 1191 §4; RFC 4443 §3.2, where receivers pass the code over).</summary>
    public bool IsPacketTooBig => this is (false, Unreachable4, FragmentationNeeded4) or (true, PacketTooBig6, _);

    /// <summary>The whole of it in one number, which <see cref="Unpack"/> takes apart.</summary>
    public long Packed => (IsIpv6 ? 0x1_0000 : 0) | (Type << 8) | Code;

    public static IcmpReason Unpack(long packed) => new((packed & 0x1_0000) != 0, unchecked((byte)(packed >> 8)), unchecked((byte)packed));
}
