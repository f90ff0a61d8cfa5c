using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>Is told of findings while the capture goes on, before they are weighed against its quality.</summary>
public interface IFindingAlarm
{
    void OnFinding(Finding finding);

    /// <summary>A case that the rule will judge when all is known; it may come to nothing.</summary>
    void OnSuspect(RuleCard rule, PacketRef packet);
}
