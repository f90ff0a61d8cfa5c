using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>One TCP segment as it passed the tap. Lives only during the call that hands it over.</summary>
public readonly ref struct TcpSegment
{
    /// <summary>Those of a segment between two IPv4 addresses.</summary>
    public static readonly AddressPair NoWideAddresses;

    private readonly ref readonly AddressPair _wideAddresses;
    private readonly ref readonly Encapsulation _encapsulation;
    private readonly TupleKey _key;
    private readonly SegmentMeasures _measures;

    /// <param name="key">Source and destination, in this order.</param>
    /// <param name="wideAddresses">Meaningful where <paramref name="key"/> is only a digest of them. Outlives the segment.</param>
    /// <param name="encapsulation">Outlives the segment.</param>
    /// <param name="payload">The captured part of it.</param>
    public TcpSegment(
        PacketRef packet,
        scoped in TupleKey key,
        in AddressPair wideAddresses,
        in Encapsulation encapsulation,
        scoped in TcpHeader header,
        ReadOnlySpan<byte> payload,
        SegmentMeasures measures)
    {
        Packet = packet;
        _key = key;
        _wideAddresses = ref wideAddresses;
        _encapsulation = ref encapsulation;
        Header = header;
        Payload = payload;
        _measures = measures;
    }

    public PacketRef Packet { get; }

    /// <summary>Source and destination, in this order.</summary>
    [UnscopedRef]
    public ref readonly TupleKey Key => ref _key;

    /// <summary>Source and destination address, where <see cref="Key"/> is only a digest of them; else meaningless.</summary>
    public ref readonly AddressPair WideAddresses => ref _wideAddresses;

    public Endpoint Source =>
        Key.IsWide ? new Endpoint(WideAddresses.First, Key.FirstPort) : Key.FirstIpv4;

    public Endpoint Destination =>
        Key.IsWide ? new Endpoint(WideAddresses.Second, Key.SecondPort) : Key.SecondIpv4;

    public TcpHeader Header { get; }

    /// <summary>The captured part of the payload.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <inheritdoc cref="SegmentMeasures.PayloadLengthOnWire"/>
    public int PayloadLengthOnWire => _measures.PayloadLengthOnWire;

    public ChecksumVerdict Checksum => _measures.Checksum;

    public bool IsChecksumWrong => _measures.Checksum >= ChecksumVerdict.Bad;

    /// <inheritdoc cref="SegmentMeasures.PayloadSum"/>
    public ushort PayloadSum => _measures.PayloadSum;

    /// <inheritdoc cref="SegmentMeasures.TimeToLive"/>
    public byte TimeToLive => _measures.TimeToLive;

    /// <inheritdoc cref="SegmentMeasures.Identification"/>
    public ushort Identification => _measures.Identification;

    public SegmentMeasures Measures => _measures;

    public ref readonly Encapsulation Encapsulation => ref _encapsulation;
}

/// <summary>What is known of a segment beside its octets.</summary>
/// <param name="PayloadLengthOnWire">
/// Payload octets by the IP length; more than <see cref="TcpSegment.Payload"/> holds when the capture cut it.
/// </param>
/// <param name="PayloadSum">
/// The one's complement sum of the captured payload as if it began at an even offset (RFC 1071): two copies of the same
/// octets have the same sum.
/// </param>
/// <param name="TimeToLive">IPv4 TTL or IPv6 hop limit, of the innermost header.</param>
/// <param name="Identification">Of the innermost IPv4 header; 0 for IPv6, which has none.</param>
public readonly record struct SegmentMeasures(
    int PayloadLengthOnWire, ushort PayloadSum, ChecksumVerdict Checksum, byte TimeToLive, ushort Identification);

/// <summary>What the TCP checksum says of a segment (RFC 9293 §3.1).</summary>
public enum ChecksumVerdict : byte
{
    /// <summary>Not all octets that it covers were captured.</summary>
    Unverifiable,
    Good,

    /// <summary>Wrong, and as no card is known to want it: damaged on the way, or never filled in.</summary>
    Bad,

    /// <summary>Wrong as it is on the sending host where the network card fills it in (checksum offload).</summary>
    LeftToCard,
}
