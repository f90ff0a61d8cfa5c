using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Ports;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>hwa ports: what connections and TIME_WAIT take of each client's ports, and where that leads.</summary>
internal static class PortsVerb
{
    private static readonly string[] Usual =
    [
        "port.client", "port.server.address", "port.server.port", "port.opened", "port.time_wait.client",
        "port.time_wait.server", "port.rate", "port.rate.limit", "port.taken.max", "port.taken.forecast", "port.limit",
        "port.utilisation", "port.exhausted_after",
    ];

    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        var profile = ProfileOf(request.Profile);
        var language = Languages.Of(request.Language, terminal);
        using var session = new Session(request, terminal);
        var account = new PortAccount(profile.TimeWait);
        CaptureTotals Read() => session.Run(new PoolAccount(new ConnectionRecords(account, mostWaiting: 0)), AnalysisTaps.None);
        IEnumerable<PortStanding> Chosen() => account.Standings(profile)
            .Where(standing => selection.Accepts(sink => PortFields.Write(standing, sink)));
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            var read = Read();
            PortTable.Write(Chosen(), lines);
            return Session.FinishJson(lines, read);
        }

        var isTable = terminal.OutputIsTerminal || request.Table;
        var choice = FieldChoice.Of(request, PortFields.Set, Usual);
        if (isTable && request.FieldNames.Count == 0)
        {
            var read = Read();
            var text = new PortText(session.Text, session.Style, language);
            foreach (var standing in choice.Order?.Sorted(Chosen(), PortFields.Write) ?? Chosen())
            {
                text.Write(standing);
            }

            return session.FinishText(read);
        }

        var totals = Read();
        PortTable.Write(Chosen(), choice.Fields, choice.Rows(session, isTable));
        return session.FinishText(totals);
    }

    private static PortProfile ProfileOf(string? name) => name is null
        ? PortProfile.Linux
        : PortProfile.All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new UsageException(
            $"--profile takes {string.Join(", ", PortProfile.All.Select(profile => profile.Name))}, not '{name}'."
            + Suggestion.For(name, PortProfile.All.Select(profile => profile.Name)));
}
