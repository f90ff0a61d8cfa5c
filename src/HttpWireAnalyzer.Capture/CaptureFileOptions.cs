namespace HttpWireAnalyzer.Capture;

/// <summary>How capture files are read.</summary>
public sealed record CaptureFileOptions
{
    /// <summary>A BPF filter in libpcap's language (pcap-filter(7)); null reads all, without libpcap.</summary>
    public string? Filter { get; init; }

    /// <summary>
    /// Keep what a pcapng file has beside packets: their notes (<see cref="Wire.PacketBatch.NotesOf"/>), and keys
    /// (<see cref="ISecretSource"/>). For who writes packets again; nobody else looks at them.
    /// </summary>
    public bool KeepsExtras { get; init; }

    /// <summary>
    /// Other threads take what this one reads: then it is read in larger pieces, for it goes through their caches, not this one's.
    /// </summary>
    public bool IsReadAhead { get; init; }

    /// <summary>What "-" among the paths means. The caller keeps it: it is not disposed with the source.</summary>
    public Stream? StandardInput { get; init; }
}
