namespace HttpWireAnalyzer.Findings;

/// <summary>The rules that want to see what has certain traits: chosen once for each combination, for few of them occur.</summary>
/// <param name="rules">Each with the traits that it asks for, one bit each.</param>
internal sealed class RulesByTraits(IReadOnlyList<(uint Wanted, Rule Rule)> rules)
{
    private readonly Dictionary<uint, Rule[]> _chosen = [];
    private readonly uint _any = rules.Aggregate(0u, (all, rule) => all | rule.Wanted);
    private uint _recent;
    private Rule[] _recentRules = [];

    public ReadOnlySpan<Rule> For(uint traits)
    {
        var asked = traits & _any;
        if (asked != _recent)
        {
            if (!_chosen.TryGetValue(asked, out var chosen))
            {
                chosen = [.. rules.Where(rule => (rule.Wanted & asked) != 0).Select(rule => rule.Rule)];
                _chosen.Add(asked, chosen);
            }

            (_recent, _recentRules) = (asked, chosen);
        }

        return _recentRules;
    }
}
