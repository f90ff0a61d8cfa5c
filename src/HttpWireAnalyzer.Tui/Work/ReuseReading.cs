using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>What the replay of a pool came to.</summary>
/// <param name="Outcome">Null where the pool has no whole exchange.</param>
/// <param name="IdleLimit">For how long connections were kept idle, nanoseconds.</param>
/// <param name="Ports">Its ports as they were.</param>
/// <param name="IsBound">Its connections are authenticated: requests may not change between them.</param>
/// <param name="LeftOut">Requests that were not replayed.</param>
internal sealed record PoolReplay(ReuseOutcome? Outcome, long IdleLimit, PortStanding? Ports, bool IsBound, long LeftOut);

/// <summary>Reads the capture again for one pool, and replays its requests with connections kept.</summary>
internal static class ReuseReading
{
    /// <exception cref="CaptureFormatException">It cannot be read again.</exception>
    public static PoolReplay Of(ICaptureInput input, PoolName pool, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: false);
        var taken = new ReuseQuestion(pool);
        var line = new FindingsLine([], FindingLimits.Default, taken);
        AnalysisPipeline.Run(source, new PoolAccount(line), input.Options, AnalysisTaps.None, stop);
        var limit = line.IdleLimitOf(pool);
        var outcome = taken.Requests.Of(pool)?.Run(limit, PortProfile.Linux.TimeWait);
        return new PoolReplay(
            outcome, limit, taken.Ports.Standings(PortProfile.Linux).FirstOrDefault(), taken.Requests.IsBound(pool), taken.Requests.LeftOut);
    }
}
