namespace HttpWireAnalyzer.Checks;

/// <summary>What a capture has to be to be judged at all. What is null is not required.</summary>
public sealed record Requirements
{
    /// <summary>Packets that the capture admits to have lost.</summary>
    public long? Dropped { get; init; }

    /// <summary>Holes in streams: octets that the receiver acknowledged and the capture has not.</summary>
    public long? Gaps { get; init; }

    /// <summary>Both ends of every connection were heard, but for those that were refused or not answered.</summary>
    public bool BothDirections { get; init; }

    /// <summary>The file is whole.</summary>
    public bool CompleteFile { get; init; }

    public long? MinConnections { get; init; }

    public long? MinExchanges { get; init; }

    /// <summary>First packet to last, in nanoseconds, at least.</summary>
    public long? MinDuration { get; init; }
}

/// <summary>One of the requirements.</summary>
public enum RequirementKind : byte
{
    Dropped,
    Gaps,
    BothDirections,
    CompleteFile,
    MinConnections,
    MinExchanges,
    Duration,
}

/// <summary>A requirement that the capture does not meet.</summary>
/// <param name="Wanted">A bound; nanoseconds of <see cref="RequirementKind.Duration"/>.</param>
/// <param name="Found">What there is: packets, holes, connections heard from one end, damages, nanoseconds.</param>
public readonly record struct UnmetRequirement(RequirementKind Kind, long Wanted, long Found);
