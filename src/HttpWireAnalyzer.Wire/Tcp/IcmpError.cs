using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>
/// An ICMP (RFC 792) or ICMPv6 (RFC 4443) error with the head of the TCP segment that it is about. Eight octets of
/// it are enough: its ports are in them.
/// </summary>
/// <param name="Reporter">The host or router that sent the error.</param>
/// <param name="QuotedSource">The end whose segment failed.</param>
public readonly record struct IcmpError(
    PacketRef Packet,
    IcmpReason Reason,
    Address Reporter,
    Endpoint QuotedSource,
    Endpoint QuotedDestination);
