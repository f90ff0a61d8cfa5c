using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Stories;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa story: what happened on one connection, and why it ended.</summary>
internal static class StoryVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        using var session = new Session(request, terminal);
        var number = Selection.Of(request).Single(session);
        var acknowledgments = new AckHistory(number);
        var collector = new StoryCollector(number, acknowledgments);
        var totals = session.Run(
            new PoolAccount(new ExchangeTee(collector, new ConnectionRecords(collector))),
            new AnalysisTaps(Packets: acknowledgments));
        var story = collector.Story ?? throw MissingConnection.In(request, collector.Connections);
        if (!request.Json)
        {
            new StoryText(session.Text, session.Style, terminal.Width()).Write(story);
            return session.FinishText(totals);
        }

        var lines = new JsonLines(terminal.Output);
        StoryJson.Write(story, lines);
        return Session.FinishJson(lines, totals);
    }
}
