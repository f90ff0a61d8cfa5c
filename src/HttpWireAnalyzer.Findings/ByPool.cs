namespace HttpWireAnalyzer.Findings;

/// <summary>What a rule keeps of each pool that concerns it, in the order in which they came. Pools are bounded already.</summary>
internal sealed class ByPool<T>
    where T : class, new()
{
    private readonly Dictionary<PoolHabits, T> _kept = [];
    private readonly List<(PoolHabits Pool, T Kept)> _inOrder = [];

    public IReadOnlyList<(PoolHabits Pool, T Kept)> InOrder => _inOrder;

    public T Of(PoolHabits pool)
    {
        if (!_kept.TryGetValue(pool, out var kept))
        {
            kept = new T();
            _kept.Add(pool, kept);
            _inOrder.Add((pool, kept));
        }

        return kept;
    }
}
