using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>One TCP segment as it passed the tap. Lives only during the call that hands it over.</summary>
public readonly ref struct TcpSegment
{
    public required PacketRef Packet { get; init; }

    /// <summary>Source and destination, in this order.</summary>
    public required TupleKey Key { get; init; }

    /// <summary>Source and destination address, where <see cref="Key"/> is only a digest of them; else meaningless.</summary>
    public AddressPair WideAddresses { get; init; }

    public Endpoint Source =>
        Key.IsWide ? new Endpoint(WideAddresses.First, Key.FirstPort) : Key.FirstIpv4;

    public Endpoint Destination =>
        Key.IsWide ? new Endpoint(WideAddresses.Second, Key.SecondPort) : Key.SecondIpv4;

    public required TcpHeader Header { get; init; }

    /// <summary>The captured part of the payload.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Payload octets by the IP length; more than <see cref="Payload"/> holds when the capture cut it.</summary>
    public required int PayloadLengthOnWire { get; init; }

    public required ChecksumVerdict Checksum { get; init; }

    /// <summary>
    /// The one's complement sum of the captured payload as if it began at an even offset (RFC 1071): two copies of
    /// the same octets have the same sum.
    /// </summary>
    public required ushort PayloadSum { get; init; }

    /// <summary>IPv4 TTL or IPv6 hop limit, of the innermost header.</summary>
    public required byte TimeToLive { get; init; }

    public required Encapsulation Encapsulation { get; init; }
}

/// <summary>What the TCP checksum says of a segment (RFC 9293 §3.1).</summary>
public enum ChecksumVerdict : byte
{
    /// <summary>Not all octets that it covers were captured.</summary>
    Unverifiable,
    Good,

    /// <summary>Wrong, or left to the network card (checksum offload) when seen on the sending host.</summary>
    Bad,
}
