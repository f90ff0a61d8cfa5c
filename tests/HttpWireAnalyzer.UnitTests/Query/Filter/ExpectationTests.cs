using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class ExpectationTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Orders = ["==", "!=", "<", "<=", ">", ">="];

    [Theory]
    [InlineData("count() == 4", true)]
    [InlineData("count(thing.count > 1) == 2", true)]
    [InlineData("ratio(thing.count > 1) == 50%", true)]
    [InlineData("ratio(thing.count > 1) > 0.5", false)]
    [InlineData("min(thing.count) == 1 && max(thing.count) == 9", true)]
    [InlineData("sum(thing.count) == 14", true)]
    [InlineData("avg(thing.count) == 3.5", true)]
    [InlineData("distinct(thing.count) == 3", true)]
    [InlineData("p50(thing.count) == 1 and p95(thing.count) == 9", true)]
    [InlineData("p25(thing.count) == 1 && p75(thing.count) == 3 && p75.1(thing.count) == 9 && p0.01(thing.count) == 1", true)]
    [InlineData("rate() == 2/s", true)]
    [InlineData("rate(thing.count == 9) == 0.5", true)]
    [InlineData("max(thing.count) == 10 ± 1", true)]
    [InlineData("max(thing.count) == 10 +- 10%", true)]
    [InlineData("max(thing.count) != 10 ± 1", false)]
    [InlineData("!(count() == 3) || count() == 3", true)]
    [InlineData("count(any part (part.size > 3)) == 0", true)]
    public void Aggregates_are_what_they_are_called(string text, bool holds) =>
        Assert.Equal(holds, Judge(text, [1, 1, 3, 9]));

    [Theory]
    [InlineData("max(thing.took) < 1s")]
    [InlineData("!(max(thing.took) < 1s)")]
    [InlineData("count() >= 0 || p99(thing.took) > 0s")]
    public void What_has_no_value_is_neither_so_nor_otherwise(string text) => Assert.False(Judge(text, [1]));

    [Theory]
    [InlineData("thing.count > 1", "an expectation is about all that is selected", 0, 15)]
    [InlineData("count() > 1 && thing.count", "an expectation is about all that is selected", 15, 11)]
    [InlineData("count(thing.coun > 1) > 1", "no such field: thing.coun. Did you mean 'thing.count'?", 6, 10)]
    [InlineData("max(thing.name) > 1", "max(…) takes numbers, and this is a text; distinct(…) counts its values.", 4, 10)]
    [InlineData("max(part.size) > 1", "part.size is a field of part records, and max(…) takes one of the things themselves.", 4, 9)]
    [InlineData("max(thing.count > 1) > 1", "max(…) takes the name of a field of the thing.", 4, 15)]
    [InlineData("max(thing.grade) > poor", "max(…) takes numbers; words with an order are counted by it: count(thing.grade >= good).", 4, 11)]
    [InlineData("ratio() > 1", "ratio(…) wants to know of which", 0, 7)]
    [InlineData("ratio(thing.count) > 1s", "a share such as 0.95 or 95% is wanted here, not '1s'.", 21, 2)]
    [InlineData("ratio(thing.count) < 5", "a share such as 0.95 or 95% is wanted here, not '5'.", 21, 1)]
    [InlineData("rate() > 1s", "a number a second such as 470/s is wanted here, not '1s'.", 9, 2)]
    [InlineData("max(thing.took) < 1s ± 5%", "± goes with == and !=", 23, 2)]
    [InlineData("max(thing.took) == 1s ± x", "'x' is no distance from that value", 24, 1)]
    [InlineData("count() contains 1", "an aggregate is compared with a value", 8, 8)]
    [InlineData("count(count() > 1) > 1", "count(…) is one value of all that is selected", 6, 7)]
    [InlineData("sum(thing.at) > 1", "times have no sum", 4, 8)]
    [InlineData("count( > 1", "a field is wanted here", 7, 1)]
    [InlineData("p0(thing.count) > 1", "p0 is no percentile: those are above 0 and below 100, such as p50, p95 or p99.9; min(…) and max(…) are the ends.", 0, 2)]
    [InlineData("p100(thing.count) > 1", "p100 is no percentile", 0, 4)]
    [InlineData("p999(thing.count) > 1", "p999 is no percentile", 0, 4)]
    [InlineData("p9O(thing.count) > 1", "'p9O' cannot be called. Did you mean 'p95'? Aggregates are count, ratio, rate, distinct, min, max, sum, avg, and percentiles such as p50, p95 and p99.9;", 0, 3)]
    [InlineData("p95(thing.name) > 1", "p95(…) takes numbers, and this is a text", 4, 10)]
    public void What_makes_no_expectation_says_why_and_where(string text, string message, int start, int length)
    {
        Assert.Null(Bind(text, out var error));
        Assert.StartsWith(message, error!.Message);
        Assert.Equal(new FilterSpan(start, length), error.Span);
    }

    [Fact]
    public void A_filter_of_each_record_takes_no_aggregate()
    {
        Assert.Null(FilterBinder.Bind("max(thing.count) > 1", Things.Scope, out var error));
        Assert.StartsWith("max(…) is one value of all that is selected", error!.Message);
    }

    [Theory]
    [InlineData("thing.took == 5s ± 100ms", 5_050_000_000, true)]
    [InlineData("thing.took == 5s ± 100ms", 5_100_000_001, false)]
    [InlineData("thing.took == 5s±2%", 4_900_000_000, true)]
    [InlineData("thing.took != 5s +- 2%", 4_900_000_000, false)]
    public void A_tolerance_makes_near_values_equal(string filter, long nanoseconds, bool holds) =>
        Assert.Equal(holds, Things.Accepts(filter, sink => sink.Duration(Things.Took, nanoseconds)));

    [Theory]
    [InlineData("thing.name == a ± b")]
    [InlineData("thing.where == 10.0.0.1 ± 1")]
    [InlineData("thing.count < 1 ± 1")]
    [InlineData("thing.count == thing.other ± 1")]
    [InlineData("thing.name[0:1] == a ± 1")]
    [InlineData("thing.count == 1 ±")]
    public void A_tolerance_goes_with_numbers_and_equality(string filter)
    {
        Assert.Null(FilterBinder.Bind(filter, Things.Scope, out var error));
        Assert.NotNull(error);
    }

    [Fact]
    public void Sums_are_those_of_a_naive_reading() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        long[] values = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (long)random.Next(-1, 5))];
        var function = (FilterAggregateFunction)random.Next(Enum.GetValues<FilterAggregateFunction>().Length);
        var percent = random.Next(1, 1000) / 10m;
        var name = FilterAggregates.NameOf(function, percent);
        var bound = random.Next(-1, 5);
        var call = FilterAggregates.Counts(function) ? $"{name}(thing.count > {bound})" : $"{name}(thing.count)";
        var order = Orders[random.Next(Orders.Length)];
        var right = random.Next(-1, function == FilterAggregateFunction.Ratio ? 2 : 7);
        var expected = Compare(order, Naive(function, percent, values, bound), right);
        return Judge($"{call} {order} {right}", values) == expected
            && Judge($"!({call} {order} {right})", values) == !expected;
    }).Check(Often);

    [Theory]
    [InlineData("max(thing.count) < 5 && min(thing.count) > 0", "0")]
    [InlineData("max(thing.count) < 5 && min(thing.count) > 1", "0 1")]
    [InlineData("max(thing.count) < 5 || min(thing.count) > 1", "0 1")]
    [InlineData("(max(thing.count) > 5 || min(thing.count) > 1) && count() > 4", "2")]
    [InlineData("!(max(thing.count) > 5 && (count() == 4 || sum(thing.count) == 0))", "0 1")]
    public void What_is_not_as_expected_is_put_down_to_those_aggregates_alone(string text, string places)
    {
        var expectation = Bind(text, out _)!;
        Assert.Equal(places, string.Join(' ', expectation.Against(Measure(expectation, [1, 1, 3, 9]))));
    }

    [Fact]
    public void An_aggregate_that_is_put_down_would_be_against_it_with_that_value() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var expectation = Bind(Random(random, depth: 4), out _)!;
        AggregateValue[] values = [.. expectation.Aggregates.Select(_ => new AggregateValue(random.Next(3)))];
        var against = expectation.Against(values).ToList();
        return expectation.Holds(values)
            || (against.Count > 0 && against.TrueForAll(place => expectation.Aggregates[place].IsAgainst(values[place].Number!.Value)));
    }).Check(Often);

    [Fact]
    public void What_is_printed_is_read_back() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        string[] calls = ["count()", "ratio(thing.count > 1 && thing.warm)", "max(thing.took)", "p99.9(thing.took)", "count(any part (part.size > 1))"];
        var text = string.Join(random.Next(2) == 0 ? " && " : " || ", Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            $"{(random.Next(3) == 0 ? "!" : "")}({calls[random.Next(calls.Length)]} == 1{(random.Next(2) == 0 ? " ± 5%" : "")})"));
        var printed = FilterPrinter.Print(FilterParser.Parse(text, out _)!);
        return FilterPrinter.Print(FilterParser.Parse(printed, out _)!) == printed && printed.Contains("± 5%") == text.Contains("± 5%");
    }).Check(Often);

    private static string Random(Random random, int depth) => (depth == 0 ? 0 : random.Next(4)) switch
    {
        1 => $"({Random(random, depth - 1)}) && ({Random(random, depth - 1)})",
        2 => $"({Random(random, depth - 1)}) || ({Random(random, depth - 1)})",
        3 => $"!({Random(random, depth - 1)})",
        _ => $"max(thing.count) {Orders[random.Next(Orders.Length)]} {random.Next(3)}",
    };

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static decimal Naive(FilterAggregateFunction function, decimal percent, long[] values, long bound)
    {
        var sorted = values.Order().ToArray();
        decimal fitting = values.Count(value => value > bound);
        return function switch
        {
            FilterAggregateFunction.Count => fitting,
            FilterAggregateFunction.Ratio => decimal.Floor(fitting / values.Length * 1_000_000_000) / 1_000_000_000,
            FilterAggregateFunction.Rate => decimal.Floor(fitting / 2 * 10_000) / 10_000,
            FilterAggregateFunction.Distinct => values.Distinct().Count(),
            FilterAggregateFunction.Min => values.Min(),
            FilterAggregateFunction.Max => values.Max(),
            FilterAggregateFunction.Sum => values.Sum(),
            FilterAggregateFunction.Avg => decimal.Truncate((decimal)values.Sum() * 10_000 / values.Length) / 10_000,
            _ => sorted.First(value => values.Count(one => one <= value) * 100 >= percent * values.Length),
        };
    }

    private static bool Compare(string order, decimal left, decimal right) => order switch
    {
        "==" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    };

    private static BoundExpectation? Bind(string text, out FilterError? error) =>
        FilterParser.Parse(text, out error) is { } expression
            ? ExpectationBinder.Bind(expression, text, Things.Scope, out error)
            : null;

    /// <summary>Of things with these counts, in a capture of two seconds.</summary>
    private static bool Judge(string text, IReadOnlyList<long> counts)
    {
        var expectation = Bind(text, out var error);
        Assert.Null(error);
        return expectation!.Holds(Measure(expectation, counts));
    }

    private static AggregateValue[] Measure(BoundExpectation expectation, IReadOnlyList<long> counts)
    {
        AggregateTally[] tallies = [.. expectation.Aggregates.Select(aggregate => new AggregateTally(aggregate))];
        foreach (var count in counts)
        {
            for (var i = 0; i < tallies.Length; i++)
            {
                var aggregate = expectation.Aggregates[i];
                tallies[i].Add(aggregate.Which is null || Fits(aggregate.Which, count));
                var reader = new FieldReader(aggregate.Fields).Begin();
                reader.Number(Things.Count, count);
                tallies[i].Add(reader);
            }
        }

        return [.. tallies.Select(tally => tally.Value(span: 2_000_000_000))];
    }

    private static bool Fits(BoundFilter filter, long count)
    {
        var own = filter.For(Things.Set);
        own?.Begin().Number(Things.Count, count);
        return filter.Accepts(own?.End() ?? default);
    }
}
