using System.Diagnostics;
using HttpWireAnalyzer.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>Claims about the order of things on a connection.</summary>
[StackTraceHidden]
public static class SequenceClaims
{
    /// <summary>Each connection shows these events, in this order; others may stand between them.</summary>
    /// <param name="steps">One to 32.</param>
    public static WireSelection<WireConnection> ShouldFollow(this WireSelection<WireConnection> connections, params WireStep[] steps)
    {
        if (steps.Length is 0 or > SequenceSteps.Most)
        {
            throw new ArgumentException($"a sequence has 1 to {SequenceSteps.Most} steps.", nameof(steps));
        }

        return connections.Settle(KeptRecords.Judge(
            new SequenceAssertion
            {
                Id = connections.Texts.Name,
                Line = ClaimTexts.Line,
                Kind = RecordKind.Connections,
                Steps = [.. steps.Select(step => step.Step)],
                OnEmpty = connections.Texts.OnEmpty,
                Shown = connections.Texts.Shown,
                Because = connections.Texts.Reason,
            },
            [.. connections.Select(connection => connection.KeptConnection)]));
    }
}
