using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa FILE: the capture on one screen.</summary>
internal static class SummaryVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        var rules = RuleThresholds.Of(request, terminal);
        using var session = new Session(request, terminal);
        var overview = new CaptureOverview();
        var totals = selection.Summary(session, rules, overview, out var pools, out var findings);
        if (!request.Json)
        {
            new SummaryText(session.Text, session.Style, Languages.Of(request.Language, terminal))
                .Write(request.Files, totals, overview, pools, findings);
            return session.FinishText(totals);
        }

        var lines = new JsonLines(terminal.Output);
        lines.Begin(SummaryFields.Set);
        SummaryFields.Write(overview, pools, findings, lines);
        lines.End();
        return Session.FinishJson(lines, totals);
    }
}
