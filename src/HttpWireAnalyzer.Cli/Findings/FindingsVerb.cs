using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>hwa findings: what is wrong, why, with its packets, and what to do.</summary>
internal static class FindingsVerb
{
    /// <summary>Of each rule, unless all are asked for: more of a kind tell nobody anything new.</summary>
    private const int ShownOfRule = 5;

    /// <summary>Of those who ask for fields without names.</summary>
    public static readonly string[] Usual =
    [
        "finding.id", "finding.severity", "finding.confidence", "conn.id", "exchange.ordinal", "finding.client",
        "finding.server.address", "finding.server.port", "finding.start", "finding.frames", "finding.text",
    ];

    public static int Run(Request request, Terminal terminal)
    {
        terminal = request.FailOn is null ? terminal : terminal.ForVerdict();
        var selection = Selection.Of(request);
        var language = Languages.Of(request.Language, terminal);
        var settings = RuleThresholds.Of(request, terminal);
        var baseline = request.Baseline is { } path ? Baseline.Read(path) : null;
        using var session = new Session(request, terminal);
        FindingReport Report(out CaptureTotals totals)
        {
            var selected = selection.Findings(session, settings, language, out totals);
            return baseline is null ? selected : selected.Without(baseline.Knows);
        }

        FindingReport report;
        CaptureTotals read;
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            report = Report(out read);
            FindingTable.Write(report, language, lines);
            return Judged(request, report, Session.FinishJson(lines, read));
        }

        var choice = FieldChoice.Of(request, FindingFields.Set, Usual);
        if (request.FieldNames.Count == 0)
        {
            report = Report(out read);
            report = choice.Order is { } order
                ? report with { Findings = order.Sorted(report.Findings, (finding, sink) => FindingFields.Write(finding, language, sink)) }
                : report;
            WriteText(report, request, session, terminal, language);
            return Judged(request, report, session.FinishText(read));
        }

        report = Report(out read);
        FindingTable.Write(report, language, choice.Fields, choice.Rows(session, terminal.OutputIsTerminal || request.Table));
        return Judged(request, report, session.FinishText(read));
    }

    private static void WriteText(FindingReport report, Request request, Session session, Terminal terminal, Language language)
    {
        if (request.Table)
        {
            var columns = new AlignedColumns(
                session.Text, FindingRows.Columns(language), session.Style, terminal.OutputIsTerminal ? terminal.Width() : 0);
            FindingRows.Add(report, language, columns);
            columns.End();
        }
        else
        {
            new FindingsText(session.Text, session.Style, terminal.OutputIsTerminal ? terminal.Width() : 80, language)
                .Write(report, request.All ? 0 : ShownOfRule);
        }
    }

    private static int Judged(Request request, FindingReport report, int code) =>
        code == ExitCode.Done && request.FailOn is { } least && report.Findings.Any(finding => finding.Severity >= least)
            ? ExitCode.Failed
            : code;
}
