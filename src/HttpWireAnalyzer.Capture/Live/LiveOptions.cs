namespace HttpWireAnalyzer.Capture.Live;

/// <summary>What to capture, and with what room.</summary>
public sealed record LiveOptions
{
    /// <summary>Linux's name for all interfaces at once.</summary>
    public const string AnyInterface = "any";

    /// <summary>Names as <see cref="CaptureDevices"/> lists them; packets of several are one timeline.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>A BPF filter in libpcap's language (pcap-filter(7)), which the kernel applies; null captures all.</summary>
    public string? Filter { get; init; }

    /// <summary>Octets kept of each packet. Segments on a loopback interface have up to 64 KiB: less cuts bodies.</summary>
    public int SnapLength { get; init; } = CaptureLimits.UsualPacketOctets;

    /// <summary>Also packets to other hosts that pass by.</summary>
    public bool Promiscuous { get; init; } = true;

    public CaptureDirection Direction { get; init; } = CaptureDirection.Both;

    /// <summary>
    /// For how long the kernel gathers packets before it hands them on. A screen wants 10 to 50 ms; less costs a wakeup
    /// for every few packets.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The kernel's buffer for each interface. 2 MiB, libpcap's default, dropped a sixth of 64 KiB packets on a
    /// loopback interface where 16 MiB dropped none.
    /// </summary>
    public int BufferOctets { get; init; } = 16 << 20;

    /// <summary>
    /// Octets that may wait between capture and analysis. Where more come than can be analysed, payload is shed before
    /// packets are: see <see cref="ShedCounts"/>.
    /// </summary>
    public int QueueOctets { get; init; } = 64 << 20;

    /// <summary>Ends the capture after this time; null does not.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Ends the capture after so many packets; 0 does not.</summary>
    public long MaxPackets { get; init; }
}

/// <summary>Which packets of an interface: pcap_direction_t.</summary>
public enum CaptureDirection : byte
{
    Both,
    In,
    Out,
}
