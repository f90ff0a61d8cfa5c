using System.Text;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What y copies: what is under the cursor.</summary>
internal static class CopyUpdate
{
    /// <summary>Terminals take about 74,000 octets at once (OSC 52, in base64).</summary>
    private const int MostLetters = 48_000;

    /// <summary>More than a line has room for.</summary>
    private const int MostTold = 400;

    public static Step Of(Model model)
    {
        var text = TextOf(model);
        if (text.Length == 0)
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var told = text[..int.Min(text.Length, MostTold)].ReplaceLineEndings(" ").Replace("\t", "  ", StringComparison.Ordinal);
        return new Step(
            Update.Say(model, Update.Text(model.Wording.Copied, told)),
            new Copy(text.Length > MostLetters ? text[..MostLetters] : text));
    }

    private static string TextOf(Model model) => model.View switch
    {
        ViewKind.Story => model.Detail is { } detail && detail.StoryCursor < detail.Story.Count
            ? Joined(detail.Story[detail.StoryCursor].Runs)
            : "",
        ViewKind.Stream => Stream(model.Detail?.Stream),
        ViewKind.Packets or ViewKind.Timeline => Packet(model.Detail),
        ViewKind.Assertion => model.Assertion?.Text ?? "",
        ViewKind.Rule => string.Join('\n', RuleView.Lines(model).Select(line => line.Text)),
        ViewKind.Findings => OpenUpdate.FindingAt(model) is { } finding ? FindingLayout.Text(finding, model.Wording) : "",
        _ => Row(model),
    };

    private static string Row(Model model)
    {
        if (model.List is not { } list || model.RowAt(list, list.Cursor) is not (>= 0 and var row))
        {
            return "";
        }

        return list.Kind switch
        {
            ListKind.Connections => Cells(ConnectionColumns.Shown(model, list.ColumnSet), model.Capture.Rows.Connections[row]),
            ListKind.Exchanges => Cells(ExchangeColumns.Sets(model.Wording.Language)[list.ColumnSet], model.Capture.Rows.Exchanges[row]),
            ListKind.Pools => Cells(PoolColumns.Sets[list.ColumnSet], model.Capture.Pools!.Pools[row]),
            _ => Cells(PortColumns.Sets[list.ColumnSet], model.Standings![row]),
        };
    }

    private static string Cells<TRow>(ColumnSet<TRow> set, TRow row) =>
        string.Join('\t', set.Columns.Select(column => column.Cell(row).Trim()));

    private static string Stream(StreamLayout? stream)
    {
        var text = new StringBuilder();
        for (var line = 0; line < (stream?.Count ?? 0) && text.Length < MostLetters; line++)
        {
            text.Append(Joined(stream![line])).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The octets of the field under the cursor, or of the whole frame, in hexadecimal.</summary>
    private static string Packet(DetailState? detail)
    {
        if (detail?.Packet is not { } packet)
        {
            return "";
        }

        return detail.Pane == PacketPane.Tree && detail.TreeCursor < detail.Tree.Count && detail.Tree[detail.TreeCursor] is var field
            ? Convert.ToHexStringLower(packet.Octets.AsSpan(field.Offset, field.Length))
            : Convert.ToHexStringLower(packet.Octets);
    }

    private static string Joined(IReadOnlyList<Run> runs) => string.Concat(runs.Select(run => run.Text)).Trim();
}
