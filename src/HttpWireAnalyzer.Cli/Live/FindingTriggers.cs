using System.Globalization;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Makes a recorder write when one of the named rules finds something, or suspects it.</summary>
internal sealed class FindingTriggers(IReadOnlyList<RuleCard> rules, IRecordingTrigger trigger) : IFindingAlarm
{
    public void OnFinding(Finding finding)
    {
        if (rules.Contains(finding.Rule))
        {
            var about = finding.Subject.Connection < 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" on connection {finding.Subject.Connection}");
            trigger.Fire(finding.To, $"{finding.Rule.Id}: {finding.Rule.Title.English}{about}");
        }
    }

    public void OnSuspect(RuleCard rule, PacketRef packet)
    {
        if (rules.Contains(rule))
        {
            trigger.Fire(packet, $"{rule.Id} suspected: {rule.Title.English}");
        }
    }
}
