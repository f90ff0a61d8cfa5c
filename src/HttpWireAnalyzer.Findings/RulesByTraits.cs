using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Findings;

/// <summary>The rules that want to see what has certain traits: chosen once for each combination, for few of them occur.</summary>
/// <param name="rules">Each with the traits that it asks for, one bit each.</param>
/// <param name="streams">The trait of HTTP/2, which only rules that speak of it may see.</param>
internal sealed class RulesByTraits(IReadOnlyList<(uint Wanted, Rule Rule)> rules, uint streams)
{
    /// <summary>Combinations alternate: so many that were asked for lately are found without a look into the dictionary.</summary>
    private const int RecentBits = 5;

    private readonly Dictionary<uint, Rule[]> _chosen = [];
    private readonly uint _any = rules.Aggregate(streams, (all, rule) => all | rule.Wanted);

    /// <summary>By a hash of the combination. What nobody wants is in its place from the start: no rules.</summary>
    private readonly (uint Asked, Rule[] Rules)[] _recent = [.. Enumerable.Repeat((0u, Array.Empty<Rule>()), 1 << RecentBits)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<Rule> For(uint traits)
    {
        var asked = traits & _any;
        ref var recent = ref _recent[unchecked(asked * 0x9E37_79B1) >> (32 - RecentBits)];
        if (recent.Asked != asked)
        {
            recent = (asked, Choose(asked));
        }

        return recent.Rules;
    }

    private Rule[] Choose(uint asked)
    {
        if (!_chosen.TryGetValue(asked, out var chosen))
        {
            chosen = [.. rules.Where(rule => (rule.Wanted & asked) != 0
                && ((asked & streams) == 0 || rule.Rule.Card.SpeaksOfStreams)).Select(rule => rule.Rule)];
            _chosen.Add(asked, chosen);
        }

        return chosen;
    }
}
