using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;

namespace HttpWireAnalyzer.Checks;

/// <summary>What is claimed of a capture. Names and values are looked up already: it can be judged.</summary>
public sealed record CheckSpec
{
    public required string Name { get; init; }

    /// <summary>In the order in which they are written; each is judged alone.</summary>
    public required IReadOnlyList<Assertion> Assertions { get; init; }

    public Requirements Require { get; init; } = new();

    /// <summary>Whose ports "ports" are.</summary>
    public PortProfile Ports { get; init; } = PortProfile.Linux;

    /// <summary>Thresholds of the rules behind findings.</summary>
    public RuleSettings Rules { get; init; } = RuleSettings.Usual;
}
