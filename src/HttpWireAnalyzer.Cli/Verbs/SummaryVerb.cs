using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa FILE: the capture on one screen.</summary>
internal static class SummaryVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        using var session = new Session(request, terminal);
        var overview = new CaptureOverview();
        var totals = selection.Summary(session, overview, out var pools);
        if (!request.Json)
        {
            new SummaryText(session.Text, session.Style).Write(request.Files, totals, overview, pools);
            return session.FinishText(totals);
        }

        var lines = new JsonLines(terminal.Output);
        lines.Begin(SummaryFields.Set);
        SummaryFields.Write(overview, pools, lines);
        lines.End();
        return Session.FinishJson(lines, totals);
    }
}
