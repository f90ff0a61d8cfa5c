namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Where packets are recorded to, and how much.</summary>
public sealed record RecordingOptions
{
    /// <summary>The file, or what the names of several are made of (<see cref="FileNames"/>).</summary>
    public required string Path { get; init; }

    /// <summary>What "-" means; the caller keeps it.</summary>
    public Stream? StandardOutput { get; init; }

    public required CaptureOrigin Origin { get; init; }

    /// <summary>Take the place of files that are there.</summary>
    public bool Overwrite { get; init; }

    /// <summary>When a file is followed by another; null writes one file.</summary>
    public FileLimits? Rotation { get; init; }

    /// <summary>So many files stay, the last ones; null keeps all.</summary>
    public int? FilesKept { get; init; }

    /// <summary>Stop when one file has so many octets; null does not. Packets and time are the source's to count.</summary>
    public long? StopAfterOctets { get; init; }

    /// <summary>Stop when so many files are full; null does not.</summary>
    public int? StopAfterFiles { get; init; }

    public bool IsStandardOutput => Path == OutputFile.StandardOutputName;
}

/// <summary>How long a file may become; null where that does not count.</summary>
/// <param name="Octets">Of the file; the packet that reaches it is its last.</param>
/// <param name="Duration">From its first packet.</param>
public sealed record FileLimits(long? Octets, TimeSpan? Duration, long? Packets)
{
    public static readonly FileLimits None = new(null, null, null);
}
