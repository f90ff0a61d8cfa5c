using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.UnitTests.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>Which records are shown for an extreme or a percentile that is not as expected.</summary>
public sealed class ValueHoldersTests
{
    private const int Shown = 3;

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Calls = ["max", "min", "p1", "p25", "p50", "p90", "p99.9"];

    private static readonly string[] Orders = ["==", "!=", "<", "<=", ">", ">="];

    [Fact]
    public void They_are_the_first_that_have_its_value() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        long[] counts = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (long)random.Next(-1, 6))];
        var call = $"{Calls[random.Next(Calls.Length)]}(thing.count) {Orders[random.Next(Orders.Length)]} {random.Next(-1, 6)}";
        var (value, shown) = HoldersOf(random.Next(2) == 0 ? call : $"!({call})", counts);
        return shown is null || shown.SequenceEqual(Enumerable.Range(0, counts.Length).Where(place => counts[place] == value).Take(Shown));
    }).Check(Often);

    [Theory]
    [InlineData("p99(thing.count) < 0")]
    [InlineData("p95(thing.count) != 190000")]
    [InlineData("p5(thing.count) > 200000")]
    [InlineData("max(thing.count) < 0")]
    public void They_are_found_among_many(string expectation)
    {
        long[] counts = [.. Enumerable.Range(1, 200_000).Select(count => count * 7919L % 200_001)];
        var (value, shown) = HoldersOf(expectation, counts);
        Assert.Equal([Array.IndexOf(counts, value)], shown!);
    }

    /// <summary>The aggregate's value, and the places of the records shown; null for those where it is as expected.</summary>
    private static (long Value, List<int>? Shown) HoldersOf(string text, long[] counts)
    {
        var expectation = ExpectationBinder.Bind(FilterParser.Parse(text, out _)!, text, Things.Scope, out _)!;
        var aggregate = expectation.Aggregates[0];
        var tally = new AggregateTally(aggregate);
        var holders = new ValueHolders(aggregate, Shown);
        var reader = new FieldReader(aggregate.Fields);
        for (var place = 0; place < counts.Length; place++)
        {
            reader.Begin().Number(Things.Count, counts[place]);
            tally.Add(reader);
            holders.Add(reader, new RecordPlace { Connection = place });
        }

        var value = tally.Value(span: 1);
        return ((long)value.Number!.Value, expectation.Holds([value])
            ? null
            : [.. holders.Of(value.Number.Value).Select(holder => holder.Place.Connection)]);
    }
}
