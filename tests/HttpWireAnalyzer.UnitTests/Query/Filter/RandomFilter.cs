using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

/// <summary>Filters and records out of a seed, of few values, so that they often meet.</summary>
internal sealed class RandomFilter(Random random)
{
    private static readonly FilterSpan Nowhere = new(0, 0);

    private int _left = FilterLimits.Comparisons;

    /// <param name="insidePart">Only fields of parts are to be named.</param>
    public FilterExpression Expression(int depth, bool insidePart = false) => (depth == 0 ? 0 : random.Next(6)) switch
    {
        1 => new FilterAnd(Expression(depth - 1, insidePart), Expression(depth - 1, insidePart)),
        2 => new FilterOr(Expression(depth - 1, insidePart), Expression(depth - 1, insidePart)),
        3 => new FilterNot(Expression(depth - 1, insidePart), Nowhere),
        4 when !insidePart => new FilterRecord(
            random.Next(2) == 0 ? FilterQuantifier.Any : FilterQuantifier.All, "part", Nowhere, Expression(depth - 1, insidePart: true), Nowhere),
        _ => Leaf(insidePart),
    };

    private FilterExpression Leaf(bool insidePart)
    {
        _left--;
        string[] names = insidePart
            ? ["part.size", "part.label"]
            : ["thing.count", "thing.other", "thing.name", "thing.tags", "thing.grade", "part.size", "part.label"];
        var name = names[random.Next(names.Length)];
        var field = new FilterOperand(name, null, Nowhere);
        var kind = name switch
        {
            "thing.count" or "thing.other" or "part.size" => Kind.Number,
            "thing.grade" => Kind.Grade,
            _ => Kind.Text,
        };
        var quantifier = (FilterQuantifier)random.Next(3);
        switch (random.Next(6))
        {
            case 0:
                return new FilterPresence(FilterQuantifier.Unsaid, field, Nowhere);
            case 1:
                return new FilterMembership(quantifier, field, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Range(kind))], Nowhere);
            case 2 when name is "thing.count" or "thing.other":
                var other = new FilterLiteral(random.Next(2) == 0 ? "thing.count" : "thing.other", false, Nowhere);
                return new FilterComparison(quantifier, field, Order(), other, Nowhere);
            case 2 when kind == Kind.Grade:
                return new FilterComparison(quantifier, field, Order(), new FilterLiteral("thing.wanted", false, Nowhere), Nowhere);
            case 3 when kind != Kind.Number:
                return new FilterComparison(quantifier, field, FilterOperator.Contains, Value(kind), Nowhere);
            default:
                return new FilterComparison(quantifier, field, Order(), Value(kind), Nowhere);
        }
    }

    public bool FitsLimits => _left >= FilterLimits.Comparisons / 2;

    private FilterOperator Order() => (FilterOperator)random.Next((int)FilterOperator.Contains);

    private FilterRange Range(Kind kind)
    {
        var low = Value(kind);
        if (random.Next(2) == 0)
        {
            return new FilterRange(low, null);
        }

        return kind switch
        {
            Kind.Number => new FilterRange(low, new FilterLiteral((int.Parse(low.Text) + random.Next(2)).ToString(), false, Nowhere)),
            Kind.Grade => new FilterRange(low, new FilterLiteral(Things.GradeOf(2).Text, false, Nowhere)),
            _ => new FilterRange(low, new FilterLiteral(low.Text + "z", true, Nowhere)),
        };
    }

    private FilterLiteral Value(Kind kind) => kind switch
    {
        Kind.Number => new FilterLiteral(random.Next(-1, 4).ToString(), random.Next(4) == 0, Nowhere),
        Kind.Grade => new FilterLiteral(Things.GradeOf(random.Next(3)).Text, false, Nowhere),
        _ => new FilterLiteral(Text(), true, Nowhere),
    };

    /// <summary>Of quotes, backslashes and letters that need escapes too.</summary>
    public string Text() => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => "ab\"\\é\n"[random.Next(6)]));

    public Dictionary<string, List<object>> Record(params string[] fields)
    {
        var record = new Dictionary<string, List<object>>();
        foreach (var field in fields.Where(_ => random.Next(4) > 0))
        {
            record[field] = field switch
            {
                "thing.tags" => [.. Enumerable.Range(0, random.Next(3)).Select(_ => (object)Text())],
                "thing.name" or "part.label" => [Text()],
                "thing.grade" or "thing.wanted" => [Things.GradeOf(random.Next(3))],
                _ => [(long)random.Next(-1, 4)],
            };
        }

        return record;
    }

    private enum Kind
    {
        Number,
        Text,
        Grade,
    }
}
