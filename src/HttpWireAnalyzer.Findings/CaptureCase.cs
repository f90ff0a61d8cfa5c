using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings;

/// <summary>The capture before the rules, after its end.</summary>
/// <param name="Pools">As hwa pools lists them.</param>
/// <param name="Habits">In order of their first connection.</param>
public sealed record CaptureCase(CaptureTotals Totals, PoolReport Pools, IReadOnlyList<PoolHabits> Habits)
{
    /// <summary>Null where the pool carried no connection that was counted.</summary>
    public PoolRecord? RecordOf(PoolName pool) =>
        Pools.Pools.FirstOrDefault(record => record.Client == pool.Client && record.Server == pool.Server);
}
