using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Packets;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa packets: every packet with its place in its connection.</summary>
internal static class PacketsVerb
{
    private static readonly string[] Usual =
    [
        "packet.number", "packet.time", "packet.kind", "conn.id", "packet.sender", "source.address", "source.port",
        "destination.address", "destination.port", "tcp.flags", "tcp.offset", "tcp.len", "tcp.acked", "tcp.window",
        "conn.state.client", "conn.state.server",
    ];

    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        using var session = new Session(request, terminal);
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            return Session.FinishJson(lines, selection.Packets(session, new PacketJson(lines)));
        }

        var isTable = terminal.OutputIsTerminal || request.Table;
        if (isTable && request.FieldNames.Count == 0 && request.Sort is null)
        {
            var text = new PacketText(session.Text, session.Style, request.Time);
            return session.FinishText(selection.Packets(session, text));
        }

        var choice = FieldChoice.Of(request, PacketFields.Set, Usual);
        var rows = choice.Rows(session, isTable);
        var totals = selection.Packets(session, new PacketTable(rows, choice.Fields));
        rows.End();
        return session.FinishText(totals);
    }
}
