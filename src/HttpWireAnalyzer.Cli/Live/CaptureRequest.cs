using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What the command line of hwa capture asks for.</summary>
/// <param name="On">The display filter that has packets written; null writes all of them.</param>
/// <param name="OnFindings">The rules whose findings have packets written; empty where <paramref name="On"/> or nothing does.</param>
/// <param name="Settings">Thresholds of those rules, as given to --set.</param>
/// <param name="Trigger">How much is written then.</param>
internal sealed record CaptureRequest(
    LiveOptions Capture, RecordingOptions Recording, string? On, IReadOnlyList<RuleCard> OnFindings, IReadOnlyList<string> Settings,
    TriggerOptions Trigger, bool Quiet)
{
    /// <summary>Packets are kept until something happens, and are not all written.</summary>
    public bool WaitsForReason => On is not null || OnFindings.Count > 0;
}
