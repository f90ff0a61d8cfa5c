using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>Linux "cooked" capture, version 1 (LINKTYPE_LINUX_SLL).</summary>
/// <remarks>
/// <code>
/// +---------------------------+
/// |     Packet type (2)       |
/// +---------------------------+
/// |     ARPHRD_ type (2)      |
/// +---------------------------+
/// |  Address length (2)       |
/// +---------------------------+
/// |     Address (8)           |
/// +---------------------------+
/// |     Protocol type (2)     |
/// +---------------------------+
/// </code>
/// </remarks>
internal readonly ref struct LinuxCooked
{
    public const int Length = 16;

    private const int ProtocolAt = 14;
    private const ushort Novell8023 = 0x0001;
    private const ushort Llc8022 = 0x0004;

    private readonly ReadOnlySpan<byte> _octets;

    private LinuxCooked(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => CarriesProtocol(BinaryPrimitives.ReadUInt16BigEndian(_octets[ProtocolAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out LinuxCooked header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new LinuxCooked(octets);
        error = default;
        return true;
    }

    /// <summary>The ETH_P_ numbers below 0x0600 are Linux's own; of them only 802.2 LLC can lead to IP.</summary>
    public static Carried CarriesProtocol(ushort protocol) => protocol switch
    {
        Novell8023 => Carried.Other,
        Llc8022 => Carried.Llc,
        _ => EtherType.Carries(protocol),
    };
}
