using HttpWireAnalyzer.Analysis;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>Keep-Alive: timeout, and idle times that fit it.</summary>
public sealed class AnnouncedTimeoutTests
{
    [Theory]
    [InlineData(4_499_999_999, false, true)]
    [InlineData(4_500_000_000, true, false)]
    [InlineData(7_000_000_000, true, false)]
    [InlineData(7_000_000_001, false, false)]
    public void An_idle_time_fits_within_the_tolerances(long idle, bool fits, bool isBroken)
    {
        var announced = AnnouncedTimeout.FromSeconds(5);
        Assert.Equal((fits, isBroken), (announced.Fits(idle), announced.IsBrokenBy(idle)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void No_wait_was_announced_and_a_close_at_once_fits_where_that_was_said(long seconds, bool isSaid)
    {
        var announced = AnnouncedTimeout.FromSeconds(seconds);
        Assert.Equal((isSaid, false, isSaid, false), (announced.IsSaid, announced.IsWait, announced.Fits(0), announced.IsBrokenBy(0)));
    }

    [Fact]
    public void More_seconds_than_a_duration_holds_are_as_long_as_one_can_be() =>
        Assert.True(AnnouncedTimeout.FromSeconds(long.MaxValue).IsBrokenBy(long.MaxValue / 4));
}
