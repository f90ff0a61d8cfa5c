using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Stories;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa story: what happened on one connection, and why it ended.</summary>
internal static class StoryVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        var rules = RuleThresholds.Of(request, terminal);
        using var session = new Session(request, terminal);
        var number = Selection.Of(request).Single(session);
        var acknowledgments = new AckHistory(number);
        var collector = new StoryCollector(number, acknowledgments);
        var line = new FindingsLine(RuleBook.Begin(rules));
        var pools = new PoolAccount(new ExchangeTee(line, new ExchangeTee(collector, new ConnectionRecords(collector))));
        var totals = session.Run(pools, new AnalysisTaps(Packets: acknowledgments));
        var language = Languages.Of(request.Language, terminal);
        var findings = line.Conclude(totals, pools.Report()).About(number);
        var story = collector.Story ?? throw MissingConnection.In(request, collector.Connections);
        if (!request.Json)
        {
            new StoryText(session.Text, session.Style, terminal.Width(), language).Write(story, findings);
            return session.FinishText(totals);
        }

        var lines = new JsonLines(terminal.Output);
        StoryJson.Write(story, findings, language, lines);
        return Session.FinishJson(lines, totals);
    }
}
