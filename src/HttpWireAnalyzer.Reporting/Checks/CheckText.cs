using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Verdicts for people: a line for each assertion, and below what failed its evidence.</summary>
public sealed class CheckText(TextWriter output, TextStyle style, FailurePolicy policy)
{
    private const string Margin = "    ";

    public void Write(CheckedCapture capture)
    {
        output.WriteLine(style.Bold($"{PrintableText.OfMessage(capture.SpecPath)} · {PrintableText.OfMessage(capture.Path)}"));
        if (capture.Unreadable is { } problem)
        {
            output.WriteLine($"  {style.Error("UNREADABLE")}  {PrintableText.OfMessage(problem)}");
        }

        foreach (var verdict in capture.Verdicts)
        {
            Write(capture, verdict);
        }

        output.WriteLine();
    }

    /// <summary>One of the capture's verdicts.</summary>
    public void Write(CheckedCapture capture, Verdict verdict)
    {
        var word = $"{(policy.Warns(verdict) ? VerdictText.WordOf(verdict.Assertion.Severity) : VerdictText.WordOf(verdict.Outcome)),-12}";
        var coloured = verdict.Outcome == Outcome.Passed ? style.Good(word)
            : policy.Fails(verdict) ? style.Error(word)
            : style.Warning(word);
        output.WriteLine($"  {coloured}  {style.Bold(PrintableText.Of(verdict.Assertion.Id))}  {VerdictText.Summary(verdict)}");
        foreach (var line in Evidence(capture, verdict))
        {
            output.WriteLine(Margin + line);
        }
    }

    /// <summary>One line over all captures.</summary>
    public void WriteTotal(IReadOnlyList<CheckedCapture> captures)
    {
        var unreadable = captures.Count(capture => capture.Unreadable is not null);
        output.WriteLine(
            $"{Count(verdict => verdict.Outcome == Outcome.Passed)} passed, "
            + $"{Count(policy.Fails)} failed, "
            + $"{Count(verdict => verdict.Outcome == Outcome.Inconclusive)} inconclusive"
            + (Count(policy.Warns) is > 0 and var warned ? $", {warned} warned" : "")
            + (unreadable == 0 ? "" : $", {Quantity.Count(unreadable, "capture", "captures")} unreadable"));

        int Count(Func<Verdict, bool> counts) => captures.Sum(capture => capture.Verdicts.Count(counts));
    }

    /// <summary>What stands below the line of an assertion, without colour.</summary>
    public static IEnumerable<string> Evidence(CheckedCapture capture, Verdict verdict)
    {
        foreach (var example in verdict.Examples)
        {
            yield return $"{VerdictText.Of(example.Place)}";
            yield return $"  {VerdictText.Of(verdict, example)}";
            foreach (var line in capture.Packets?.Of(example.Place) ?? [])
            {
                yield return $"  {line}";
            }

            yield return $"  {VerdictText.CommandFor(capture.Path, verdict, example.Place)}";
        }

        var left = Broken(verdict) - verdict.Examples.Count;
        if (verdict.Examples.Count > 0 && left > 0)
        {
            yield return $"and {Quantity.Count(left)} more";
        }

        if (verdict.Outcome != Outcome.Passed && verdict.Assertion.Because is { } because)
        {
            yield return $"because {PrintableText.Of(because)}";
        }
    }

    private static long Broken(Verdict verdict) => verdict.Reason switch
    {
        VerdictReason.Found => verdict.Fitting,
        _ when verdict.Assertion is FittingAssertion { Fitting: Fitting.None } => verdict.Fitting,
        _ when verdict.Assertion is ExpectAssertion => verdict.Examples.Count,
        _ => verdict.Selected - verdict.Fitting,
    };
}
