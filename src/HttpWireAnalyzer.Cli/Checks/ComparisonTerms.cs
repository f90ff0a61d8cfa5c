using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Reads --fail-on of hwa diff: reuse &lt; -5%, p95(exchange.latency) &gt; +10%, new(findings.warning).</summary>
internal static class ComparisonTerms
{
    private const string New = "new(";
    private const string Reuse = "reuse";

    /// <summary>What an aggregate can be about, in the order in which its names are looked for.</summary>
    private static readonly RecordKind[] Kinds =
        [RecordKind.Exchanges, RecordKind.Connections, RecordKind.Pools, RecordKind.Ports, RecordKind.Segments, RecordKind.Messages];

    /// <exception cref="UsageException">A term makes no sense.</exception>
    public static IReadOnlyList<ComparisonTerm> Read(string text)
    {
        List<ComparisonTerm> terms = [.. Parts(text).Select(part => part.Trim()).Where(part => part.Length > 0).Select(Term)];
        return terms.Count > 0 ? terms : throw new UsageException("--fail-on takes a term, such as reuse < -5% or new(findings.warning).");
    }

    /// <summary>What is measured, whatever its bound: for the table.</summary>
    public static ExpectAssertion Measure(string aggregate) =>
        Bind(aggregate, Parse(aggregate, $"{aggregate} >= 0"), $"{aggregate} >= 0");

    private static ComparisonTerm Term(string text)
    {
        if (text.StartsWith(New, StringComparison.Ordinal))
        {
            return new NewFindingsTerm(SeverityOf(text), text);
        }

        var written = text.StartsWith(Reuse, StringComparison.Ordinal) ? "ratio(!exchange.cold)" + text[Reuse.Length..] : text;
        var aggregate = Parse(text, written);
        var sign = aggregate.Value.Text.Length > 0 ? aggregate.Value.Text[0] : ' ';
        var isRise = aggregate.Operator == FilterOperator.Greater;
        if (aggregate.Value.Tolerance is not null || (!isRise && aggregate.Operator != FilterOperator.Less) || sign != (isRise ? '+' : '-'))
        {
            throw Wrong(text, "a rise is > +10%, a fall is < -5%");
        }

        var bound = aggregate.Value.Text;
        var named = written.Substring(aggregate.Call.Start, aggregate.Call.Length);
        var measure = Measure(named);
        var kind = measure.Expectation.Aggregates[0].Kind;
        var isShare = bound.EndsWith('%') && kind != FieldKind.Ratio;
        var change = isShare ? DifferenceReader.Read(FieldKind.Ratio, bound)
            : aggregate.Function == FilterAggregateFunction.Rate ? DifferenceReader.ReadRate(bound)
            : DifferenceReader.Read(kind, bound);
        return change is { } amount
            ? new ChangeTerm(measure, isRise, amount, isShare, text)
            : throw Wrong(text, $"'{bound}' is no change of it");
    }

    private static FilterAggregate Parse(string text, string written) => FilterParser.Parse(written, out var error) switch
    {
        FilterAggregate aggregate => aggregate,
        null => throw Wrong(text, error!.Message.TrimEnd('.')),
        _ => throw Wrong(text, "an aggregate and how far it may change are wanted, as in p95(exchange.latency) > +10%"),
    };

    /// <summary>About the first kind of record that has all of its names; else the first that can ask for them.</summary>
    private static ExpectAssertion Bind(string text, FilterAggregate aggregate, string written)
    {
        var names = FilterNames.Of(aggregate);
        FilterError? first = null;
        foreach (var kind in Kinds.OrderBy(kind => names.All(name => FieldAliases.NamesOf(ScopeOf(kind).Own).Contains(name)) ? 0 : 1))
        {
            if (ExpectationBinder.Bind(aggregate, written, ScopeOf(kind), out var error) is { } expectation)
            {
                return new ExpectAssertion { Id = text, Line = 1, Kind = kind, Expectation = expectation, Text = text };
            }

            first ??= error;
        }

        throw Wrong(text, first!.Message.TrimEnd('.'));
    }

    private static FilterScope ScopeOf(RecordKind kind) => RecordKinds.ScopeOf(kind, FindingRecords.English);

    /// <summary>At commas, but for those inside of parentheses and braces.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '{' ? 1 : text[i] is ')' or '}' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static Severity SeverityOf(string text)
    {
        var place = Array.FindIndex(Arguments.SeverityNames, name => text == $"{New}findings.{name})");
        return place >= 0 ? Arguments.Severities[place] : throw Wrong(text, "new(findings.error), .warning, .note or .info is wanted");
    }

    private static UsageException Wrong(string text, string why) =>
        new($"--fail-on: {text}: {why}.");
}
