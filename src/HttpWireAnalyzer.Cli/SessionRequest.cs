namespace HttpWireAnalyzer.Cli;

/// <summary>What a <see cref="Session"/> reads, and how it tells what is wrong with it.</summary>
internal record SessionRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>BPF; null for every packet.</summary>
    public string? Filter { get; init; }

    /// <summary>The display filter as given; null to list everything.</summary>
    public string? DisplayFilter { get; init; }

    /// <summary>0 for all.</summary>
    public long MaxPackets { get; init; }

    /// <summary>Threads that share the work.</summary>
    public int Jobs { get; init; } = 1;

    public bool Quiet { get; init; }

    public Colouring Colour { get; init; }
}
