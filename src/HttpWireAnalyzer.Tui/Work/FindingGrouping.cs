using System.Collections.Immutable;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Puts findings below their rules: a rule stands where the first of its findings stood.</summary>
internal static class FindingGrouping
{
    /// <param name="open">The ids of rules whose findings are shown.</param>
    public static RowOrder Of(IReadOnlyList<Finding> findings, IEnumerable<int> places, ImmutableHashSet<string> open)
    {
        List<int> rows = [];
        List<FindingGroup?> heads = [];
        foreach (var group in places.GroupBy(place => findings[place].Rule))
        {
            var isOpen = open.Contains(group.Key.Id);
            rows.Add(group.MaxBy(place => findings[place].Severity));
            heads.Add(new FindingGroup(group.Key, group.Count(), isOpen));
            foreach (var place in isOpen ? group : Enumerable.Empty<int>())
            {
                rows.Add(place);
                heads.Add(null);
            }
        }

        return new RowOrder([.. rows], [.. heads]);
    }
}
