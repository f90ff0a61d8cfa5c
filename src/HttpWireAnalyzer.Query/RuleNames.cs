using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Query;

/// <summary>Rules by their ids, as people write them: HWA-K001, k001.</summary>
public static class RuleNames
{
    /// <summary>Null where there is no such rule; then the problem is a sentence.</summary>
    public static RuleCard? Find(string id, out string problem)
    {
        var card = RuleBook.Find(id);
        problem = card is null
            ? $"no such rule: {id}.{Suggestion.For(id.ToUpperInvariant(), RuleBook.Cards.Select(known => known.Id))} hwa explain lists them."
            : "";
        return card;
    }
}
