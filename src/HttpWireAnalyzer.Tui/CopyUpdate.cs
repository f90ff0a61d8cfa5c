using System.Text;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What y copies: what is under the cursor.</summary>
internal static class CopyUpdate
{
    /// <summary>More than a line has room for.</summary>
    private const int MostTold = 400;

    public static Step Of(Model model)
    {
        var text = TextOf(model);
        if (text.Length == 0)
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        return Put(model, text, Update.Text(model.Wording.Copied, Told(text)));
    }

    /// <summary>Puts a text on the clipboard, and says so; where there is no room for all of it, how much was copied.</summary>
    public static Step Put(Model model, string text, string notice)
    {
        var copied = Clipboard.Fitting(text);
        var said = copied.Length == text.Length
            ? notice
            : Update.Text(model.Wording.CopiedInPart, Quantity.Octets(Encoding.UTF8.GetByteCount(copied)), Told(copied));
        return new Step(Update.Say(model, said), new Copy(copied));
    }

    private static string Told(string text) =>
        text[..int.Min(text.Length, MostTold)].ReplaceLineEndings(" ").Replace("\t", "  ", StringComparison.Ordinal);

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
        // A letter takes an octet or more: what lies beyond so many cannot be copied.
        var text = new StringBuilder();
        for (var line = 0; line < (stream?.Count ?? 0) && text.Length <= Clipboard.MostOctets; line++)
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
