using HttpWireAnalyzer.Checks;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>One capture before one spec, with what came of it.</summary>
public sealed record CheckedCapture
{
    /// <summary>The spec's file, as given.</summary>
    public required string SpecPath { get; init; }

    public required CheckSpec Spec { get; init; }

    /// <summary>The capture's file, as given; - is standard input.</summary>
    public required string Path { get; init; }

    /// <summary>Empty where it could not be read.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Of its octets, in hexadecimal; null where it cannot be read again.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Packets around what is shown; null where the capture cannot be read again.</summary>
    public EvidencePackets? Packets { get; init; }

    public int Count(Outcome outcome) => Verdicts.Count(verdict => verdict.Outcome == outcome);
}
