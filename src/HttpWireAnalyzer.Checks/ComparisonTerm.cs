using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>A change between two captures that is too much.</summary>
public abstract record ComparisonTerm(string Text);

/// <summary>An aggregate that changes by more than a bound.</summary>
/// <param name="Measure">It has that one aggregate; what the aggregate is compared with there is of no meaning.</param>
/// <param name="IsRise">More than the bound is too much; else less.</param>
/// <param name="Bound">
/// A share of the base in billionths, or an amount in the smallest unit of the aggregate's kind. Of ratios, points.
/// </param>
public sealed record ChangeTerm(ExpectAssertion Measure, bool IsRise, Int128 Bound, bool IsShare, string Text) : ComparisonTerm(Text)
{
    /// <summary>Null where one of the two has no value: nothing is shown then.</summary>
    public bool? IsTooMuch(AggregateValue before, AggregateValue after)
    {
        if (before.Number is not { } from || after.Number is not { } to)
        {
            return null;
        }

        // Both sides times the scale: nothing is divided, and nothing rounded.
        var change = (to - from) * (IsShare ? FieldScale.Ratio : 1);
        var bound = Bound * (IsShare ? Int128.Abs(from) : 1);
        return IsRise ? change > bound : change < bound;
    }
}

/// <summary>Findings that are not in the base, so bad or worse.</summary>
public sealed record NewFindingsTerm(Severity Least, string Text) : ComparisonTerm(Text);
