namespace HttpWireAnalyzer.Wire;

/// <summary>How much decoding may hold and how deep it may go.</summary>
public sealed record DecoderLimits
{
    public static readonly DecoderLimits Default = new();

    /// <summary>
    /// Headers taken off one packet before it is given up. Suricata stops at 16 layers; three VLAN tags, MPLS with a
    /// pseudowire and two tunnels inside with IPv6 extension headers come to about 20.
    /// </summary>
    public int MaximumHeaders { get; init; } = 32;

    /// <summary>
    /// Incomplete datagrams held at once; the oldest gives way. Linux bounds them by memory only (next limit); 4096
    /// is that memory over a fragment of a kilobyte.
    /// </summary>
    public int MaximumDatagrams { get; init; } = 4096;

    /// <summary>Fragment octets held at once. 4 MiB is net.ipv4.ipfrag_high_thresh of Linux.</summary>
    public int MaximumFragmentOctets { get; init; } = 4 << 20;

    /// <summary>
    /// Fragments of one datagram. RFC 791 §3.2 lets every network carry 68 octets, so 65,535 octets never need more
    /// than 1,366.
    /// </summary>
    public int MaximumFragmentsPerDatagram { get; init; } = 2048;

    /// <summary>
    /// Capture time after which an incomplete datagram is dropped, from its first fragment. 30 s is
    /// net.ipv4.ipfrag_time of Linux; RFC 1122 §3.3.2 wants 60 to 120 s and RFC 8200 §4.5 60 s, but what the
    /// receiver has given up must not be put together here.
    /// </summary>
    public long FragmentTimeout { get; init; } = 30 * Timestamp.NanosecondsPerSecond;
}
