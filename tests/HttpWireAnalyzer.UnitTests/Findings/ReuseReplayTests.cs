using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What if connections were kept: which of them close, and when.</summary>
public sealed class ReuseReplayTests
{
    private const long Second = Timestamp.NanosecondsPerSecond;

    [Fact]
    public void A_connection_that_lives_longer_still_closes_once()
    {
        var outcome = Replay(0, 1, 2);
        Assert.Equal((1, 1), (outcome.Opened, outcome.TimeWaits));
    }

    [Fact]
    public void Those_that_were_dropped_before_and_those_that_are_left_add_up()
    {
        // Two at once, dropped after 60 s; the third comes 110 s after them, and is dropped 110 s later.
        var outcome = Replay(0, 0, 110);
        Assert.Equal((3, 3), (outcome.Opened, outcome.TimeWaits));
    }

    [Fact]
    public void TIME_WAITs_that_do_not_meet_do_not_add_up()
    {
        var outcome = Replay(0, 0, 200);
        Assert.Equal((3, 2), (outcome.Opened, outcome.TimeWaits));
    }

    [Fact]
    public void A_connection_whose_exchange_did_not_end_carries_no_more()
    {
        var replay = new ReuseReplay();
        foreach (var at in (int[])[0, 1, 2])
        {
            replay.Add(new Timestamp(at * Second), Second / 100, Second / 2, isLast: at < 2);
        }

        Assert.Equal(3, replay.Run(ReuseReplay.UsualIdleLimit, timeWait: 120 * Second)!.Opened);
    }

    /// <param name="seconds">When requests are wanted; each takes half a second.</param>
    private static ReuseOutcome Replay(params int[] seconds)
    {
        var replay = new ReuseReplay();
        foreach (var at in seconds)
        {
            replay.Add(new Timestamp(at * Second), Second / 100, Second / 2);
        }

        return replay.Run(ReuseReplay.UsualIdleLimit, timeWait: 120 * Second)!;
    }
}
