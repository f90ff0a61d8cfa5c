using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Two captures beside each other, for people.</summary>
public sealed class DiffText(TextWriter output, TextStyle style)
{
    private const int NameWidth = 37;
    private const int ValueWidth = 13;

    public void WriteMeasures(IEnumerable<(BoundAggregate Aggregate, AggregateValue Before, AggregateValue After)> measures)
    {
        output.WriteLine(style.Bold($"{"",-NameWidth} {"base",ValueWidth} {"new",ValueWidth} {"change",ValueWidth}"));
        foreach (var (aggregate, before, after) in measures)
        {
            output.WriteLine($"{aggregate.Name,-NameWidth} {Of(aggregate, before),ValueWidth} {Of(aggregate, after),ValueWidth} {Change(aggregate, before, after),ValueWidth}".TrimEnd());
        }

        output.WriteLine();
    }

    /// <param name="sign">+ for what is new, - for what is gone.</param>
    public void WriteFindings(string sign, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            output.WriteLine($"{sign} {finding.Rule.Id}  {SeverityText.Of(finding.Severity, Language.English)}  "
                + PhraseText.Of(finding.Says, finding.Measured, Language.English));
        }
    }

    /// <param name="isTooMuch">Null where it cannot be said.</param>
    public void WriteTerm(ComparisonTerm term, bool? isTooMuch) => output.WriteLine(isTooMuch switch
    {
        true => style.Error($"{"FAIL",-12}"),
        false => style.Good($"{"PASS",-12}"),
        null => style.Warning($"{"INCONCLUSIVE",-12}"),
    } + $"  {Query.PrintableText.Of(term.Text)}");

    private static string Of(BoundAggregate aggregate, AggregateValue value) =>
        value.Number is null ? Quantity.None : VerdictText.Of(aggregate, value);

    /// <summary>As a share of the base; of a ratio in points, as --fail-on takes it.</summary>
    private static string Change(BoundAggregate aggregate, AggregateValue before, AggregateValue after)
    {
        if (before.Number is not { } from || after.Number is not { } to)
        {
            return "";
        }

        return aggregate.Kind == FieldKind.Ratio ? FormattableString.Invariant($"{(decimal)(to - from) * 100 / FieldScale.Ratio:+0.#;-0.#;0} points")
            : from == 0 ? ""
            : FormattableString.Invariant($"{(decimal)(to - from) * 100 / (decimal)Int128.Abs(from):+0.#;-0.#;0} %");
    }
}
