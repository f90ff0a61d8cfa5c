using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class FilterPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Pieces =
    [
        "conn.requests", "http.host", "any", "all", "not", "!", "(", ")", "==", "!=", "~=", "<", "in", "{", "}", "..", ",",
        "1", "\"x\"", "r\"", "'", "[0:2]", "[", "]", "exchange", "&&", "or", "matches", "10.0.0.0/8", "200ms", "\\", "é", "=",
        "conn.start", "conn.close.how", "fin", "9999999999999999999", "ip.addr", "%", "conn.reuse", "-", ":",
    ];

    [Fact]
    public void What_is_printed_is_read_back_as_the_same() => Prop.ForAll(Seeds(), seed =>
    {
        var expression = Make(new Random(seed));
        var read = FilterParser.Parse(FilterPrinter.Print(expression), out var error);
        return error is null && Shape(read!) == Shape(expression);
    }).Check(Often);

    [Fact]
    public void Records_are_judged_as_a_naive_reading_does() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var maker = new RandomFilter(random);
        var expression = Make(random);
        var thing = maker.Record("thing.count", "thing.other", "thing.name", "thing.tags", "thing.grade", "thing.wanted");
        var parts = Enumerable.Range(0, random.Next(4)).Select(_ => maker.Record("part.size", "part.label")).ToList();
        var filter = FilterBinder.Bind(expression, Things.Scope, out var error);
        return error is null && Judge(filter!, thing, parts) == NaiveFilter.Holds(expression, thing, parts);
    }).Check(Often);

    [Fact]
    public void Garbage_is_an_error_inside_the_text_and_never_throws() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, random.Next(12))
            .Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(3) == 0 ? "" : " ")));
        var filter = FilterBinder.Bind(text, FilterScope.Connections, out var error);
        var completion = FilterCompletion.Complete(text, random.Next(text.Length + 1), FilterScope.Connections);
        return (filter is null) == (error is not null)
            && (error is null || (error.Span.Start >= 0 && error.Span.End <= text.Length))
            && completion.Replaced.End <= text.Length;
    }).Check(Often);

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>Within the limits: half of the comparisons may be records.</summary>
    private static FilterExpression Make(Random random)
    {
        while (true)
        {
            var maker = new RandomFilter(random);
            var expression = maker.Expression(depth: 5);
            if (maker.FitsLimits)
            {
                return expression;
            }
        }
    }

    private static bool Judge(
        BoundFilter filter, Dictionary<string, List<object>> thing, List<Dictionary<string, List<object>>> parts)
    {
        var bits = Ask(filter, Things.Set, thing);
        foreach (var part in parts)
        {
            bits |= Ask(filter, Things.PartSet, part);
        }

        return filter.Accepts(bits);
    }

    private static AtomBits Ask(BoundFilter filter, FieldSet set, Dictionary<string, List<object>> record)
    {
        if (filter.For(set) is not { } asked)
        {
            return default;
        }

        asked.Begin();
        foreach (var (name, values) in record)
        {
            var field = set.Find(name)!;
            foreach (var value in values)
            {
                if (value is long number)
                {
                    asked.Number(field, number);
                }
                else if (value is Word word)
                {
                    asked.Word(field, word);
                }
                else
                {
                    asked.Text(field, (string)value);
                }
            }
        }

        return asked.End();
    }

    /// <summary>Everything but the places.</summary>
    private static string Shape(FilterExpression expression) => expression switch
    {
        FilterAnd and => $"and({Shape(and.Left)},{Shape(and.Right)})",
        FilterOr or => $"or({Shape(or.Left)},{Shape(or.Right)})",
        FilterNot not => $"not({Shape(not.Operand)})",
        FilterRecord record => $"record({record.Quantifier},{record.Kind},{Shape(record.Inner)})",
        FilterPresence presence => $"there({presence.Quantifier},{Shape(presence.Field)})",
        FilterComparison comparison =>
            $"{comparison.Operator}({comparison.Quantifier},{Shape(comparison.Field)},{Shape(comparison.Value)})",
        FilterMembership membership =>
            $"in({membership.Quantifier},{Shape(membership.Field)},{string.Join(';', membership.Ranges.Select(range => $"{Shape(range.Low)}-{(range.High is null ? "" : Shape(range.High))}"))})",
        _ => throw new InvalidOperationException(),
    };

    private static string Shape(FilterOperand field) => $"{field.Name}{field.Slice}";

    private static string Shape(FilterLiteral literal) => $"{literal.IsQuoted}:{literal.Text.Length}:{literal.Text}";
}
