namespace HttpWireAnalyzer.Findings;

/// <summary>
/// What a rule keeps of each pool that concerns it, in the order in which they came. Pools are bounded already; of those
/// beyond the bound it keeps nothing that it gives back.
/// </summary>
internal sealed class ByPool<T>
    where T : class, new()
{
    private readonly Dictionary<PoolHabits, T> _kept = [];
    private readonly List<(PoolHabits Pool, T Kept)> _inOrder = [];

    /// <summary>Exchange after exchange is of one pool.</summary>
    private (PoolHabits? Pool, T? Kept) _recent;

    public IReadOnlyList<(PoolHabits Pool, T Kept)> InOrder => _inOrder;

    public T Of(PoolHabits pool)
    {
        if (pool == _recent.Pool)
        {
            return _recent.Kept!;
        }

        if (!_kept.TryGetValue(pool, out var kept))
        {
            kept = new T();
            _kept.Add(pool, kept);
            if (!pool.IsRest)
            {
                _inOrder.Add((pool, kept));
            }
        }

        _recent = (pool, kept);
        return kept;
    }
}
