using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>What the steps of a sequence may be.</summary>
public static class SequenceSteps
{
    public const int Most = 32;

    /// <summary>What a step's filter speaks of: the exchange alone, which is known when its message ends.</summary>
    public static readonly FilterScope Scope = new("exchanges", ExchangeFields.Set);
}
