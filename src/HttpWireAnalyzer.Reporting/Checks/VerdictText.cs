using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Verdicts in words: the same in every format.</summary>
public static class VerdictText
{
    /// <summary>What the text of a step that must not come begins with.</summary>
    private const string Negation = "no ";

    /// <summary>What happened, on one line.</summary>
    public static string Summary(Verdict verdict) => verdict.Reason switch
    {
        VerdictReason.Holds => Held(verdict),
        VerdictReason.Broken => Broken(verdict),
        VerdictReason.TooFew => string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict.Fitting} of {Selected(verdict)} {Verb(verdict.Fitting)} {Claim(verdict)}, at least {Least(verdict)} claimed"),
        VerdictReason.Unexpected or VerdictReason.NoValue => $"{Measured(verdict)}; expected {Claim(verdict)}, over {Selected(verdict)}",
        VerdictReason.Found => Found(verdict),
        VerdictReason.Empty => verdict.Assertion is FindingsAssertion
            ? "the capture has no connection: nothing was shown"
            : $"no {Objects(verdict.Assertion)} selected: nothing was shown (on_empty: pass, in code AllowEmpty(), allows that)",
        VerdictReason.TooMany => $"more than can be kept, over {Selected(verdict)}: narrow the selection",
        VerdictReason.RequirementsUnmet => "the capture is not what is required: " + string.Join("; ", verdict.Unmet.Select(Of)),
        VerdictReason.RulesWithheld =>
            $"the capture has holes, and {string.Join(", ", verdict.Silent.Select(card => card.Id))} withheld findings for that",
        _ => throw new UnreachableException(),
    };

    /// <summary>Where a record is: conn 0.2  192.0.2.1:41772 → 192.0.2.2:80  (#8, #9)</summary>
    public static string Of(in RecordPlace place)
    {
        var parts = new List<string>();
        if (place.Connection >= 0)
        {
            parts.Add(place.Exchange > 0
                ? string.Create(CultureInfo.InvariantCulture, $"conn {place.Connection}.{place.Exchange}")
                : string.Create(CultureInfo.InvariantCulture, $"conn {place.Connection}"));
        }

        if (place.Server != default)
        {
            parts.Add($"{Name(place.Client)} → {Name(place.Server)}");
        }

        if (!place.First.IsNone)
        {
            parts.Add(StoryText.Frames(FramesOf(place)));
        }

        return string.Join("  ", parts);
    }

    /// <summary>The packets that show it, in capture order.</summary>
    internal static IReadOnlyList<PacketRef> FramesOf(in RecordPlace place) =>
        Evidence.Of(place.Finding is { } finding ? [.. finding.Frames] : [place.First, place.Last]);

    /// <summary>The value of an aggregate.</summary>
    internal static string Of(BoundAggregate aggregate, AggregateValue value) => value.Number is not { } number
        ? "without a value"
        : ValueText.Of(aggregate.Kind, number) + (aggregate.Function == FilterAggregateFunction.Rate ? "/s" : "");

    /// <summary>What was measured of a record, and what was claimed.</summary>
    public static string Of(Verdict verdict, Counterexample example)
    {
        var found = example.Place.Finding is { } finding
            ? $"{finding.Rule.Id}: {PhraseText.Of(finding.Says, finding.Measured, Language.English)}"
            : "";
        if (verdict.Assertion is FindingsAssertion)
        {
            return found;
        }

        if (verdict.Assertion is SequenceAssertion sequence)
        {
            return SequenceText(sequence.Steps, example.Step);
        }

        var told = verdict.Assertion is FittingAssertion fitting ? fitting.Told : [.. example.Values.Select(value => value.Field).Distinct()];
        var values = string.Join(", ", told.Select(field => $"{field.Name} {ValuesOf(field, example)}"));
        return (found.Length == 0 ? "" : found + " ")
            + (values.Length == 0 ? $"claimed: {Claim(verdict)}" : $"{values}; claimed: {Claim(verdict)}");
    }

    /// <summary>The command that looks closer.</summary>
    public static string CommandFor(string capture, Verdict verdict, in RecordPlace place) => place switch
    {
        { Connection: >= 0 } => string.Create(CultureInfo.InvariantCulture, $"hwa story {ShellWord.Of(capture)} {place.Connection}"),
        _ when place.Server == default => $"hwa summary {ShellWord.Of(capture)}",
        _ => $"hwa {(verdict.Assertion is RecordsAssertion { Kind: RecordKind.Ports } ? "ports" : "pools")} {ShellWord.Of(capture)}",
    };

    public static string WordOf(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "PASS",
        Outcome.Failed => "FAIL",
        Outcome.Inconclusive => "INCONCLUSIVE",
        _ => throw new UnreachableException(),
    };

    /// <summary>What an assertion that failed is where it fails no run.</summary>
    public static string WordOf(Severity severity) => SeverityText.Of(severity, Language.English).ToUpperInvariant();

    /// <summary>The claim as it is written, on one line; of findings, what it is about.</summary>
    public static string Claim(Verdict verdict) => verdict.Assertion switch
    {
        FittingAssertion { Fitting: Fitting.None } none => $"none: {OneLine(none.Text)}",
        FittingAssertion filter => OneLine(filter.Text),
        ExpectAssertion expect => OneLine(expect.Text),
        SequenceAssertion sequence => string.Join(", then ", sequence.Steps.Select(step => step.Text)),
        FindingsAssertion findings => ClaimOf(findings),
        _ => throw new UnreachableException(),
    };

    private static string OneLine(string text) => string.Join(' ', PrintableText.Of(text.Trim()).Replace("\\n", " ", StringComparison.Ordinal)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string ClaimOf(FindingsAssertion findings)
    {
        List<string> parts = [];
        if (findings.None.Count > 0)
        {
            parts.Add("none of " + string.Join(", ", findings.None.Select(card => card.Id)));
        }

        parts.AddRange(findings.Max.Select(bound => string.Create(CultureInfo.InvariantCulture, $"at most {bound.Most} of {bound.Rule.Id}")));
        if (findings.Known is not null)
        {
            parts.Add("none that is new");
        }

        return string.Join(", ", parts);
    }

    private static string Found(Verdict verdict)
    {
        var most = ((FindingsAssertion)verdict.Assertion).Max.ToDictionary(bound => bound.Rule, bound => bound.Most);
        List<string> parts =
        [
            .. verdict.Found.Where(found => most.ContainsKey(found.Rule)).Select(found => string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Count(found.Count, "finding", "findings")} of {found.Rule.Id}, at most {most[found.Rule]} claimed")),
        ];
        List<(RuleCard Rule, int Count)> none = [.. verdict.Found.Where(found => !most.ContainsKey(found.Rule))];
        if (none.Count > 0)
        {
            parts.Add($"{Quantity.Count(none.Sum(found => found.Count), "finding", "findings")} too many: {string.Join(", ", none.Select(found => found.Rule.Id))}");
        }

        return string.Join("; ", parts);
    }

    private static string Held(Verdict verdict) => verdict.Assertion switch
    {
        ExpectAssertion => $"{Measured(verdict)}, over {Selected(verdict)}",
        FindingsAssertion => $"{Claim(verdict)}, over {Quantity.Count(verdict.Selected, "connection", "connections")}",
        FittingAssertion { Fitting: Fitting.None } => $"none of {Selected(verdict)}",
        _ => $"{Quantity.Count(verdict.Fitting)} of {Selected(verdict)}",
    };

    private static string Broken(Verdict verdict) => verdict.Assertion switch
    {
        FittingAssertion { Fitting: Fitting.None } => $"{Quantity.Count(verdict.Fitting)} of {Selected(verdict)} {Verb(verdict.Fitting)} what none may: {OneLine(((FittingAssertion)verdict.Assertion).Text)}",
        SequenceAssertion => $"{Quantity.Count(verdict.Selected - verdict.Fitting)} of {Selected(verdict)} did not follow the sequence",
        _ => $"{Quantity.Count(verdict.Selected - verdict.Fitting)} of {Selected(verdict)} broke {Claim(verdict)}",
    };

    private static string Verb(long count) => count == 1 ? "is" : "are";

    private static long Least(Verdict verdict) => ((FittingAssertion)verdict.Assertion).Least;

    private static string Objects(Assertion assertion) => RecordKinds.NameOf(((RecordsAssertion)assertion).Kind);

    private static string Selected(Verdict verdict)
    {
        var many = Objects(verdict.Assertion);
        return Quantity.Count(verdict.Selected, many.TrimEnd('s'), many);
    }

    private static string Measured(Verdict verdict) => string.Join(", ", verdict.Aggregates.Select(one =>
        $"{OneLine(one.Aggregate.Name)} is {Of(one.Aggregate, one.Value)}"));

    private static string ValuesOf(Field field, Counterexample example)
    {
        var values = example.Values.Where(value => value.Field == field).Select(value => ValueText.Of(field, value.Value)).ToList();
        return values.Count == 0 ? "is absent" : string.Join(", ", values);
    }

    private static string SequenceText(IReadOnlyList<SequenceStep> steps, int missing)
    {
        var before = steps.Take(missing).Where(step => !step.IsNone).Select(step => step.Text).ToList();
        var after = before.Count == 0 ? "" : $" after {string.Join(", ", before)}";
        var step = steps[missing];
        return step.IsNone ? $"there came what must not{after}: {step.Text[Negation.Length..]}" : $"did not come{after}: {step.Text}";
    }

    private static string Of(UnmetRequirement unmet) => unmet.Kind switch
    {
        RequirementKind.Dropped => $"it lost {Quantity.Count(unmet.Found, "packet", "packets")}, at most {Quantity.Count(unmet.Wanted)} allowed",
        RequirementKind.Gaps => $"its streams have {Quantity.Count(unmet.Found, "hole", "holes")}, at most {Quantity.Count(unmet.Wanted)} allowed",
        RequirementKind.BothDirections => $"of {Quantity.Count(unmet.Found, "connection", "connections")} only one end was heard",
        RequirementKind.CompleteFile => "the file is not whole",
        RequirementKind.MinConnections => $"{Quantity.Count(unmet.Found, "connection", "connections")}, at least {Quantity.Count(unmet.Wanted)} required",
        RequirementKind.MinExchanges => $"{Quantity.Count(unmet.Found, "exchange", "exchanges")}, at least {Quantity.Count(unmet.Wanted)} required",
        RequirementKind.Duration => $"it lasts {Quantity.Duration(unmet.Found)}, at least {Quantity.Duration(unmet.Wanted)} required",
        _ => throw new UnreachableException(),
    };

    /// <summary>The port, where the record has one.</summary>
    private static string Name(Endpoint end) => end.Port == 0 ? end.Address.ToString() : end.ToString();
}
