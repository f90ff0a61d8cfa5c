using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings;

/// <summary>The capture before the rules, after its end.</summary>
public sealed class CaptureCase
{
    private readonly Dictionary<PoolName, PoolRecord> _records = [];

    internal CaptureCase(CaptureTotals totals, PoolReport pools, IReadOnlyList<PoolHabits> habits)
    {
        Totals = totals;
        Pools = pools;
        Habits = habits;
        foreach (var pool in pools.Pools)
        {
            _records.Add(new PoolName(pool.Client, pool.Server), pool);
        }
    }

    public CaptureTotals Totals { get; }

    /// <summary>As hwa pools lists them.</summary>
    public PoolReport Pools { get; }

    /// <summary>In order of their first connection.</summary>
    public IReadOnlyList<PoolHabits> Habits { get; }

    /// <summary>Null where the pool carried no connection that was counted.</summary>
    public PoolRecord? RecordOf(PoolName pool) => _records.GetValueOrDefault(pool);

    /// <summary>How many connections the pool had; <paramref name="otherwise"/> where none was counted.</summary>
    internal long ConnectionsOf(PoolHabits pool, long otherwise) => RecordOf(pool.Name)?.Connections.Total ?? otherwise;
}
