using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("www.example.com", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("a.b.example.co.uk:8080", "example.co.uk")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("bbc.uk", "bbc.uk")]
    [InlineData("a.bbc.uk", "bbc.uk")]
    [InlineData("localhost", null)]
    [InlineData("10.0.0.1:80", null)]
    [InlineData("[2001:db8::1]:80", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData(".com", null)]
    [InlineData("a..uk", ".uk")]
    public void A_registrable_domain_is_the_last_labels(string host, string? domain) =>
        Assert.Equal(domain, RegistrableDomain.Of(RegistrableDomain.NameOf(host)));

    [Fact]
    public void No_name_is_too_odd_to_look_at() => Prop.ForAll<NonNull<string>>(host =>
        RegistrableDomain.Of(RegistrableDomain.NameOf(host.Get))?.Length <= host.Get.Length || true)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_median_is_right_to_a_thirty_second() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(value => (long)value * value / 7).NonEmptyListOf().ToArbitrary(), durations =>
        {
            var histogram = new DurationHistogram();
            foreach (var duration in durations)
            {
                histogram.Add(duration);
            }

            var sorted = durations.Order().ToList();
            var exact = sorted[(sorted.Count - 1) / 2];
            return long.Abs(histogram.Median() - exact) <= exact / 32
                && histogram.Min == sorted[0] && histogram.Max == sorted[^1]
                && histogram.Mean == (long)(sorted.Aggregate(UInt128.Zero, (sum, one) => sum + (ulong)one) / (ulong)sorted.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_time_line_says_the_most_in_each_part() => Prop.ForAll(
        Gen.Choose(0, 40).SelectMany(wait => Gen.Choose(0, 9).Select(open => (wait, open))).NonEmptyListOf().ToArbitrary(),
        steps =>
        {
            const int Parts = 8;
            var line = new TimeLine(Parts, new Timestamp(1000));
            var levels = new List<(long From, long To, int Open)>();
            var now = 0L;
            foreach (var (wait, open) in steps)
            {
                var until = now + (wait * 500_000L);
                line.Hold(new Timestamp(1000 + now), new Timestamp(1000 + until), open, open / 2);
                levels.Add((now, until, open));
                now = until;
            }

            var record = line.Record();
            var expected = Enumerable.Range(0, record.Open.Count).Select(part => levels
                .Where(level => level.From < (part + 1) * record.Step
                    && (level.To > part * record.Step || (level.To == level.From && level.To >= part * record.Step)))
                .Select(level => level.Open).DefaultIfEmpty(0).Max()).ToList();
            return record.Open.Count <= Parts && record.Open.SequenceEqual(expected)
                && record.Busy.SequenceEqual(expected.Select(open => open / 2))
                && now <= record.Step * Parts;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_time_line_takes_any_time()
    {
        var line = new TimeLine(64, new Timestamp(long.MinValue));
        line.Hold(new Timestamp(long.MinValue), new Timestamp(long.MaxValue), 3, 1);
        line.Hold(new Timestamp(long.MaxValue), new Timestamp(long.MaxValue), 3, 1);
        var record = line.Record();
        Assert.InRange(record.Open.Count, 32, 64);
        Assert.All(record.Open, open => Assert.Equal(3, open));
    }

    [Fact]
    public void A_window_gives_turns_in_the_order_of_their_packets() => Prop.ForAll(
        Gen.Choose(-6, 1).ArrayOf().ToArbitrary(), steps =>
        {
            var window = new TurnWindow(8);
            var turns = steps.Select((step, at) => new Turn(
                new PacketRef(100 + at + step, default), at, 1, 0)).ToList();
            var given = new List<Turn>();
            foreach (var turn in turns)
            {
                if (window.IsFull)
                {
                    given.Add(window.TakeFirst());
                }

                window.Add(turn);
            }

            while (window.Count > 0)
            {
                given.Add(window.TakeFirst());
            }

            // Never more than seven earlier than one before: the window is wide enough, and stable.
            return given.SequenceEqual(turns.OrderBy(turn => turn.At.Number)) && window.Late == 0;
        }).QuickCheckThrowOnFailure();
}
