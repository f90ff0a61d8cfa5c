using HttpWireAnalyzer.Analysis;
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
        var isTable = terminal.OutputIsTerminal || request.Table;
        if (request.Time is not null && (request.Json || !isTable || request.FieldNames.Count > 0))
        {
            throw new UsageException("-t goes with lines for people: --table gives them in a pipe too. JSON and TSV have packet.time.");
        }

        using var session = new Session(request, terminal);
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            return Session.FinishJson(lines, selection.Packets(session, new PacketJson(lines)));
        }

        var choice = FieldChoice.Of(request, PacketFields.Set, Usual);
        if (isTable && request.FieldNames.Count == 0)
        {
            var screen = terminal.OutputIsTerminal ? terminal.Width() : 0;
            PacketText LinesTo(TextWriter output) => new(output, session.Style, request.Time ?? PacketTime.Relative, screen);
            using var sorted = choice.Order is { } order ? new SortedPackets(order, LinesTo) : null;
            var read = selection.Packets(session, sorted ?? (IPacketSink)LinesTo(session.Text));
            sorted?.End(session.Text);
            return session.FinishText(read);
        }

        var rows = choice.Rows(session, isTable);
        var totals = selection.Packets(session, new PacketTable(rows, choice.Fields));
        rows.End();
        return session.FinishText(totals);
    }
}
