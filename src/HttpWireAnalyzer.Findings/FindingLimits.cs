using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings;

/// <summary>What the rules may keep. Reaching a limit is told with the findings.</summary>
public sealed record FindingLimits
{
    public static FindingLimits Default { get; } = new();

    /// <summary>Findings of one rule that are kept; the rest are counted. More of a kind tell nobody anything new.</summary>
    public int FindingsOfRule { get; init; } = 1000;

    /// <summary>Exchanges that did not go well, kept of one connection until it ends: the first of them tell why.</summary>
    public int NotableExchanges { get; init; } = 32;

    /// <summary>Remarks of each kind (TCP's, HTTP's, gaps) kept of one connection until it ends.</summary>
    public int NotableRemarks { get; init; } = 64;

    /// <summary>
    /// Remarks kept over all connections of a pool, of the kinds that a client who does it once does on every connection:
    /// waits for a delayed ACK, and ports used again in TIME_WAIT.
    /// </summary>
    public int CommonRemarks { get; init; } = 1024;

    /// <summary>Pools whose habits are kept apart: those that <see cref="PoolLimits.Pools"/> tells apart. The rest share one.</summary>
    public int Pools { get; init; } = PoolLimits.Default.Pools;

    /// <summary>Idle closes kept of one endpoint: a timeout shows in far fewer.</summary>
    public int IdleSamples { get; init; } = 1024;

    /// <summary>Cases that a rule may keep until all is known, before it judges them.</summary>
    public int Suspects { get; init; } = 4096;
}
