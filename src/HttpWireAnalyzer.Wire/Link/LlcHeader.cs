using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>IEEE 802.2 LLC, with the SNAP header where there is one (RFC 1042).</summary>
/// <remarks>
/// <code>
/// +--------+--------+--------+
/// |  DSAP  |  SSAP  |Control |                      802.2 LLC
/// +--------+--------+--------+---------+--------+
/// |   Organization code (3)  |  EtherType (2)   |  802.2 SNAP
/// +--------------------------+------------------+
/// </code>
/// </remarks>
internal readonly ref struct LlcHeader
{
    private const int LlcLength = 3;
    private const int SnapLength = 8;
    private const int ControlAt = 2;
    private const int TypeAt = 6;
    private const byte SnapPoint = 0xAA;
    private const byte IpPoint = 0x06;
    private const byte UnnumberedInformation = 0x03;
    private const uint OrganizationMask = 0x00FF_FFFF;
    private const uint EncapsulatedEthernet = 0x000000;
    private const uint BridgeTunnel = 0x0000F8;

    private LlcHeader(int length, Carried carries)
    {
        Length = length;
        Carries = carries;
    }

    public int Length { get; }

    public Carried Carries { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out LlcHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        if (octets.Length < LlcLength)
        {
            error = DecodeError.Truncated(Layer.Link, LlcLength, octets.Length);
            return false;
        }

        if (octets[0] == IpPoint && octets[1] == IpPoint && octets[ControlAt] == UnnumberedInformation)
        {
            // RFC 948: IP on 802.3 without SNAP.
            header = new LlcHeader(LlcLength, Carried.Ip);
        }
        else if (octets[0] != SnapPoint || octets[1] != SnapPoint || octets[ControlAt] != UnnumberedInformation)
        {
            header = new LlcHeader(LlcLength, Carried.Other);
        }
        else if (octets.Length < SnapLength)
        {
            error = DecodeError.Truncated(Layer.Link, SnapLength, octets.Length);
            return false;
        }
        else
        {
            var organization = BinaryPrimitives.ReadUInt32BigEndian(octets[ControlAt..]) & OrganizationMask;
            var carries = organization is EncapsulatedEthernet or BridgeTunnel
                ? EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(octets[TypeAt..]))
                : Carried.Other;
            header = new LlcHeader(SnapLength, carries);
        }

        return true;
    }
}
