using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The story, the streams and the packets of the connection that is open.</summary>
internal static class DetailViews
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        if (model.Detail is not { } detail)
        {
            sheet.Put(1, top, model.Wording.NoConnection, Tone.Dim);
            return;
        }

        DrawHead(model, sheet, detail, top);
        if (detail.Detail is null)
        {
            sheet.Put(1, top + 2, detail.Failure is { } failure ? PrintableText.OfMessage(failure) : PreviewView.Progress(model, detail), detail.Failure is null ? Tone.Dim : Tone.Error);
            return;
        }

        switch (model.View)
        {
            case ViewKind.Story:
                DrawStory(sheet, detail, top + 1, height - 1);
                break;
            case ViewKind.Stream:
                DrawStream(model, sheet, detail, top + 1, height - 1);
                break;
            case ViewKind.Timeline:
                TimelineView.Draw(model, sheet, detail, top + 1, height - 1);
                break;
            default:
                PacketsView.Draw(model, sheet, detail, top + 1);
                break;
        }
    }

    /// <summary>Which connection it is.</summary>
    private static void DrawHead(Model model, Sheet sheet, DetailState detail, int y)
    {
        if (detail.Number >= model.Capture.Rows.Connections.Count)
        {
            return;
        }

        var row = model.Capture.Rows.Connections[detail.Number];
        var x = sheet.Put(1, y, CellText.Plain(detail.Number) + "  ", Tone.Bold);
        x = sheet.Put(x, y, row.Client.ToString(), Tone.Client);
        x = sheet.Put(x, y, " → ", Tone.Dim);
        x = sheet.Put(x, y, row.Server.ToString(), Tone.Server);
        var after = model.View == ViewKind.Stream
            ? $"{model.Wording.Forms[detail.Form]}  {SideOf(model, detail)}"
            : detail.Finding is { } finding ? $"{finding.Rule.Id}  {finding.Rule.Title.In(model.Wording.Language)}"
            : row.RoundTrip >= 0 ? "rtt " + Quantity.Duration(row.RoundTrip) : "";
        sheet.Put(x + 2, y, Sheet.Cut(after, int.Max(0, sheet.Width - x - 2)), Tone.Dim);
    }

    private static string SideOf(Model model, DetailState detail) => detail.Side switch
    {
        null => model.Wording.BothSides,
        Side.Client => model.Wording.ClientSide,
        _ => model.Wording.ServerSide,
    };

    private static void DrawStory(Sheet sheet, DetailState detail, int top, int height)
    {
        for (var i = 0; i < height && detail.StoryTop + i < detail.Story.Count; i++)
        {
            var row = detail.Story[detail.StoryTop + i];
            sheet.Put(1, top + i, row.Runs, sheet.Width - 1);
            sheet.Put(0, top + i, row.Sign.Text, row.Sign.Tone);
            if (detail.StoryTop + i == detail.StoryCursor)
            {
                sheet.Reverse(top + i);
            }
        }
    }

    private static void DrawStream(Model model, Sheet sheet, DetailState detail, int top, int height)
    {
        if (detail.Stream is not { Count: > 0 } stream)
        {
            sheet.Put(1, top + 1, model.Wording.NoStream, Tone.Dim);
            return;
        }

        for (var i = 0; i < height && detail.StreamTop + i < stream.Count; i++)
        {
            sheet.Put(0, top + i, stream[detail.StreamTop + i], sheet.Width);
        }

        if (detail.Detail!.OctetsLeftOut > 0 && detail.StreamTop + height >= stream.Count)
        {
            sheet.Put(1, top + height - 1, Update.Text(model.Wording.OctetsLeftOut, Quantity.Octets(detail.Detail.OctetsLeftOut)), Tone.Warning);
        }
    }
}
