namespace HttpWireAnalyzer.Capture;

/// <summary>One thing that was wrong, or odd, with a capture.</summary>
/// <param name="File">As the user named it; "-" is standard input. Of what is lost the interface, where it has a name.</param>
/// <param name="Offset">Octets from the start of the (unpacked) file to where it shows; -1 where it shows in no one place.</param>
/// <param name="Expected">What the format wants there.</param>
/// <param name="Found">What was there.</param>
public sealed record CaptureRemark(CaptureRemarkKind Kind, string File, long Offset, string Expected, string Found)
{
    /// <summary>The file that says it of an interface of its own; null where <see cref="File"/> is the file, or the capture is live.</summary>
    public string? SaidBy { get; init; }

    /// <summary>What the user knows it by: a file, or an interface of a live capture.</summary>
    public string Source => SaidBy ?? File;
}

/// <summary>The kinds of remark on a file.</summary>
public enum CaptureRemarkKind : byte
{
    /// <summary>The file ends inside a record: every packet before it was read.</summary>
    Truncated,

    /// <summary>A record cannot be right, and what follows cannot be found: reading stopped there.</summary>
    Damaged,

    /// <summary>Something the format does not allow, read past without loss.</summary>
    Odd,

    /// <summary>Packets of a kind that cannot be read, passed over.</summary>
    Skipped,

    /// <summary>
    /// Packets, or parts of them, that did not come, or an interface that went away: of a live capture, or of the one that made
    /// the file, by its statistics.
    /// </summary>
    Lost,
}
