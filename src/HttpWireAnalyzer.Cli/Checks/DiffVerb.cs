using System.CommandLine;
using System.Text;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>hwa diff: what changed from one capture to another, and whether it is too much.</summary>
internal static class DiffVerb
{
    private static readonly string[] Usual =
    [
        "count(conn.requests)", "count(http.request)", "ratio(!exchange.cold)", "p50(exchange.latency)",
        "p95(exchange.latency)", "p99(exchange.latency)", "count(exchange.outcome == unanswered)", "count(!exchange.complete)", "count(exchange.retry_of)",
        "count(conn.close.how == reset)", "max(conn.idle.max)",
    ];

    /// <summary>For completion.</summary>
    public static readonly string[] OptionNames = ["--fail-on", "--help"];

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        List<string> given = [.. args.Skip(1)];
        if (given.Any(arg => arg is "-h" or "--help"))
        {
            Hwa.Write(terminal, CheckHelp.Diff);
            return ExitCode.Done;
        }

        var operands = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore };
        var failOn = new Option<string?>("--fail-on");
        var result = Arguments.Parse(new Command("hwa") { operands, failOn }, given);
        var files = result.GetValue(operands) ?? [];
        Arguments.RefuseOptions(files, OptionNames);
        if (files.Length != 2 || files.All(file => file == "-"))
        {
            throw new UsageException("which two captures? hwa diff BASE NEW.");
        }

        return result.GetValue(failOn) is { } terms
            ? Compare(files[0], files[1], ComparisonTerms.Read(terms), terminal.ForVerdict())
            : Compare(files[0], files[1], [], terminal);
    }

    private static int Compare(string before, string after, IReadOnlyList<ComparisonTerm> terms, Terminal terminal)
    {
        List<ExpectAssertion> shown = [.. Usual.Select(ComparisonTerms.Measure)];
        List<ExpectAssertion> measures = [.. shown, .. terms.OfType<ChangeTerm>().Select(term => term.Measure)];
        var old = Measured.Of(before, measures, terminal);
        var current = Measured.Of(after, measures, terminal);
        if (terminal.Interrupt.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        List<Finding> appeared = [.. NotIn(old.Findings, current.Findings)];
        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var report = new DiffText(text, new TextStyle(Colourings.IsColoured(Colouring.Auto, terminal)));
        report.WriteMeasures(shown.Select(measure => (measure.Expectation.Aggregates[0], old.ValueOf(measure), current.ValueOf(measure))));
        report.WriteFindings("+", appeared);
        report.WriteFindings("-", NotIn(current.Findings, old.Findings));
        List<(ComparisonTerm Term, bool? IsTooMuch)> judged = [.. terms.Select(term => (term, term switch
        {
            ChangeTerm change => change.IsTooMuch(old.ValueOf(change.Measure), current.ValueOf(change.Measure)),
            NewFindingsTerm findings => appeared.Any(finding => finding.Severity >= findings.Least),
            _ => throw new System.Diagnostics.UnreachableException(),
        }))];
        foreach (var (term, isTooMuch) in judged)
        {
            report.WriteTerm(term, isTooMuch);
        }

        return judged.Exists(term => term.IsTooMuch == true) ? ExitCode.Failed
            : judged.Exists(term => term.IsTooMuch is null) ? ExitCode.Inconclusive
            : ExitCode.Done;
    }

    /// <summary>By fingerprint: other ports and times make no other finding.</summary>
    private static IEnumerable<Finding> NotIn(FindingReport known, FindingReport report)
    {
        var prints = known.Findings.Select(Fingerprint.Of).ToHashSet(StringComparer.Ordinal);
        return report.Findings.Where(finding => !prints.Contains(Fingerprint.Of(finding)));
    }

    /// <summary>One of the two captures.</summary>
    private sealed record Measured(IReadOnlyDictionary<ExpectAssertion, AggregateValue> Values, FindingReport Findings)
    {
        public AggregateValue ValueOf(ExpectAssertion measure) => Values[measure];

        public static Measured Of(string path, IReadOnlyList<ExpectAssertion> measures, Terminal terminal)
        {
            using var session = new Session(new SessionRequest { Files = [path] }, terminal);
            var rules = new FindingsAssertion { Id = "findings", Line = 1, None = RuleBook.Cards };
            var spec = new CheckSpec
            {
                Name = "diff",
                Assertions = [.. measures.Distinct(), rules],
                Rules = RuleThresholds.Of([], terminal),
            };
            var run = new CheckRun(spec, FindingRecords.English, known: null);
            session.KeepInput();
            var totals = session.Run(run.First, run.FirstTaps);
            if (run.NeedsSecond && !terminal.Interrupt.IsCancellationRequested)
            {
                session.Prepare(run.Second(out var taps), taps);
            }

            var values = run.Conclude(totals).Where(verdict => verdict.Assertion is ExpectAssertion)
                .ToDictionary(verdict => (ExpectAssertion)verdict.Assertion, verdict => verdict.Aggregates.Select(one => one.Value).FirstOrDefault());
            return new Measured(values, run.Findings);
        }
    }
}
