using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>
/// An ICMP (RFC 792) or ICMPv6 (RFC 4443) error with the head of the TCP segment that it is about. Eight octets of
/// it are enough: ports and sequence number.
/// </summary>
/// <param name="Reporter">The host or router that sent the error.</param>
/// <param name="QuotedSource">The end whose segment failed.</param>
/// <param name="NextHopMtu">For "fragmentation needed" and "packet too big", in octets; else 0.</param>
public readonly record struct IcmpError(
    PacketRef Packet,
    bool IsIpv6,
    byte Type,
    byte Code,
    Address Reporter,
    Endpoint QuotedSource,
    Endpoint QuotedDestination,
    SequenceNumber QuotedSequence,
    uint NextHopMtu);
