using System.Diagnostics;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>What GitHub Actions shows: annotations at the spec's lines, and a table on the run's page.</summary>
public static class GitHubActions
{
    /// <summary>GitHub shows so many annotations of each level for a step, and drops the rest.</summary>
    public const int MostOfLevel = 10;

    /// <summary>Workflow commands: what did not pass, at the line of its assertion.</summary>
    public static void WriteAnnotations(TextWriter output, IReadOnlyList<CheckedCapture> captures, FailurePolicy policy)
    {
        var written = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var capture in captures)
        {
            if (capture.Unreadable is { } problem)
            {
                Annotate("error", capture, 1, "unreadable", problem);
            }

            foreach (var verdict in capture.Verdicts.Where(verdict => verdict.Outcome != Outcome.Passed))
            {
                var level = verdict.Outcome == Outcome.Failed ? LevelOf(verdict.Assertion.Severity) : policy.IsOpen(verdict) ? "error" : "notice";
                var lines = CheckText.Evidence(capture, verdict).Prepend(VerdictText.Summary(verdict)).Prepend(capture.Path);
                Annotate(level, capture, verdict.Assertion.Line, TitleOf(verdict), string.Join('\n', lines));
            }
        }

        void Annotate(string level, CheckedCapture capture, int line, string title, string message)
        {
            var count = written.GetValueOrDefault(level);
            written[level] = count + 1;
            if (count < MostOfLevel)
            {
                output.WriteLine(FormattableString.Invariant(
                    $"::{level} file={Property(capture.SpecPath)},line={line},title={Property(title)}::{Message(message)}"));
            }
        }
    }

    /// <summary>Markdown: every verdict of every capture.</summary>
    public static void WriteSummary(TextWriter output, IReadOnlyList<CheckedCapture> captures, FailurePolicy policy)
    {
        foreach (var capture in captures)
        {
            output.WriteLine($"### {Markdown(capture.Spec.Name)}: {Markdown(capture.Path)}");
            output.WriteLine();
            if (capture.Unreadable is { } problem)
            {
                output.WriteLine($"**unreadable**: {Markdown(problem)}");
                output.WriteLine();
                continue;
            }

            output.WriteLine("| | assertion | |");
            output.WriteLine("|---|---|---|");
            foreach (var verdict in capture.Verdicts)
            {
                var examples = verdict.Examples.Select(example => $"<br>{Markdown($"{VerdictText.Of(example.Place)}: {VerdictText.Of(verdict, example)}")}");
                output.WriteLine(
                    $"| {MarkOf(verdict, policy)} | {Markdown(verdict.Assertion.Id)} | {Markdown(VerdictText.Summary(verdict))}{string.Concat(examples)} |");
            }

            output.WriteLine();
        }
    }

    private static string TitleOf(Verdict verdict) => verdict.Assertion is FindingsAssertion && verdict.Examples.Count > 0
        ? $"{verdict.Examples[0].Place.Finding!.Rule.Id} {verdict.Assertion.Id}"
        : verdict.Assertion.Id;

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note or Severity.Info => "notice",
        _ => throw new UnreachableException(),
    };

    private static string MarkOf(Verdict verdict, FailurePolicy policy) => verdict.Outcome switch
    {
        Outcome.Passed => "✅ pass",
        Outcome.Failed when policy.Warns(verdict) => $"⚠️ {SeverityText.Of(verdict.Assertion.Severity, Language.English)}",
        Outcome.Failed => "❌ fail",
        Outcome.Inconclusive => "❔ inconclusive",
        _ => throw new UnreachableException(),
    };

    /// <summary>As the runner unescapes it: a line break inside would begin another command.</summary>
    private static string Message(string text) => string.Join("%0A", text.Split('\n').Select(line =>
        PrintableText.Of(line).Replace("%", "%25", StringComparison.Ordinal)));

    private static string Property(string text) => PrintableText.Of(text)
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);

    /// <summary>Text, and nothing that Markdown or HTML would make of it.</summary>
    private static string Markdown(string text) => string.Concat(PrintableText.Of(text).Select(letter =>
        char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '.' or ',' or '/' or '-' || letter > '~'
            ? letter.ToString()
            : FormattableString.Invariant($"&#{(int)letter};")));
}
