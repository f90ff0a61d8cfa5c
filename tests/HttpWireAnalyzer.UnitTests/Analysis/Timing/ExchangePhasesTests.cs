using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Analysis.Timing;

/// <summary>The parts of an exchange's time.</summary>
public sealed class ExchangePhasesTests
{
    [Fact]
    public void Parts_add_up_and_none_is_negative()
    {
        var times = Gen.Choose(0, 1000).ArrayOf(6);
        var stalls = Gen.Choose(0, 1000).Two().ArrayOf();
        Prop.ForAll(
            Arb.From(times),
            Arb.From(stalls),
            (at, held) =>
            {
                var log = new StallLog();
                for (var i = 0; i < held.Length; i++)
                {
                    log.Add(held[i].Item1, held[i].Item2, (StallKind)(i % 4));
                }

                var end = at[0] + at[3];
                var timing = new ExchangePhases(Exchange(Trace(at[0], at[1]), Trace(at[2], end)), at[4])
                    .Divide(-1, 0, at[5], log.Noted);
                long[] parts =
                [
                    timing.Send, timing.Queued, timing.Network, timing.Think, timing.Transfer, timing.Timeout,
                    timing.Loss, timing.ZeroWindow, timing.AckWait,
                ];
                return parts.All(part => part >= 0) && parts.Sum() == at[3] && timing.Total == at[3];
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Stalls_never_overlap()
    {
        Prop.ForAll(
            Arb.From(Gen.Choose(0, 200).Two().ArrayOf()),
            held =>
            {
                var log = new StallLog();
                for (var i = 0; i < held.Length; i++)
                {
                    log.Add(held[i].Item1, held[i].Item2, (StallKind)(i % 4));
                }

                var moments = Enumerable.Range(0, 200)
                    .Select(at => log.Noted.ToArray().Count(stall => stall.From <= at && at < stall.To));
                return moments.All(count => count <= 1);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_timeout_is_told_even_where_octets_were_missing_as_well()
    {
        var log = new StallLog();
        log.Add(0, 100, StallKind.Loss);
        log.Add(40, 80, StallKind.Timeout);

        var timing = new ExchangePhases(Exchange(Trace(0, 0), Trace(0, 100)), 0)
            .Divide(-1, 0, 0, log.Noted);

        Assert.Equal((60, 40, 0), (timing.Loss, timing.Timeout, timing.Transfer));
    }

    [Fact]
    public void A_timer_that_runs_out_while_the_window_is_closed_asks_for_the_window()
    {
        var log = new StallLog();
        log.Add(10, 60, StallKind.ZeroWindow);
        log.Add(40, 80, StallKind.Timeout);

        var timing = new ExchangePhases(Exchange(Trace(0, 0), Trace(0, 100)), 0)
            .Divide(-1, 0, 0, log.Noted);

        Assert.Equal((50, 20, 30), (timing.ZeroWindow, timing.Timeout, timing.Transfer));
    }

    [Fact]
    public void A_pipelined_request_waits_for_its_turn_before_the_server_thinks()
    {
        var timing = new ExchangePhases(Exchange(Trace(0, 10), Trace(100, 120)), 70)
            .Divide(-1, 0, 0, default(StallLog).Noted);

        Assert.Equal((10, 60, 30, 20), (timing.Send, timing.Queued, timing.Think, timing.Transfer));
    }

    [Theory]
    [InlineData(25, 35, 25, 30)]
    [InlineData(75, 0, 75, 15)]
    [InlineData(95, 0, 90, 0)]
    public void The_path_comes_before_the_turn(long toResponder, long queued, long network, long think)
    {
        var timing = new ExchangePhases(Exchange(Trace(0, 10), Trace(100, 120)), 70)
            .Divide(-1, 0, toResponder, default(StallLog).Noted);

        Assert.Equal((queued, network, think), (timing.Queued, timing.Network, timing.Think));
    }

    private static HttpExchange Exchange(MessageTrace request, MessageTrace response) =>
        default(HttpExchange) with { RequestTrace = request, ResponseTrace = response };

    private static MessageTrace Trace(long start, long end) => new()
    {
        Start = new PacketRef(1, new Timestamp(start)),
        End = new PacketRef(2, new Timestamp(end)),
    };
}
