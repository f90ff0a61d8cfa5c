using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui;

/// <summary>How far a capture has been read, and what was found by then. It stays as it is; the rows go on growing.</summary>
internal sealed record CaptureState
{
    public required CaptureRows Rows { get; init; }

    public CapturePhase Phase { get; init; }

    /// <summary>Since reading began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Rows that were there at that moment: what the screen shows.</summary>
    public int Connections { get; init; }

    public int Exchanges { get; init; }

    public long Packets { get; init; }

    public long Octets { get; init; }

    /// <summary>Of the file, 0 to 1; null where its length is not known.</summary>
    public double? Share { get; init; }

    /// <summary>Null until the end.</summary>
    public CaptureTotals? Totals { get; init; }

    /// <summary>Null for the first second.</summary>
    public CaptureOverview? Overview { get; init; }

    public PoolReport? Pools { get; init; }

    /// <summary>Null for the first second; until the end as they are found, without those that are made of the whole capture.</summary>
    public FindingReport? Findings { get; init; }

    /// <summary>Its findings are those so far.</summary>
    public bool MayFindMore => Phase != CapturePhase.Done;

    /// <summary>Why reading ended before it was to; null where it did not.</summary>
    public string? Failure { get; init; }
}

/// <summary>Where the reading of a capture is.</summary>
internal enum CapturePhase : byte
{
    Reading,

    /// <summary>Packets come as they are captured.</summary>
    Live,
    Done,
    Failed,
}
