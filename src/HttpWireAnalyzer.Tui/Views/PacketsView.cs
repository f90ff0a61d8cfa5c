using System.Globalization;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Searching;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Packets of the connection above; below the layers of one of them, and its octets.</summary>
internal static class PacketsView
{
    public static void Draw(Model model, Sheet sheet, DetailState detail, int top)
    {
        var lines = Geometry.PacketLines(model);
        if (lines > 0)
        {
            PacketList.Draw(model, sheet, detail, top, lines - 1);
        }

        var lower = Geometry.LowerRows(model);
        if (lower > 1 && detail.Packet is { } packet)
        {
            DrawLower(model, sheet, detail, packet, top + lines, lower);
        }
    }

    /// <summary>The lines of a pane; null where it is not shown.</summary>
    public static ShownLines? Shown(Model model, DetailState detail, PacketPane pane)
    {
        var (lines, lower) = (Geometry.PacketLines(model), Geometry.LowerRows(model) - 1);
        var top = Geometry.LinesTop + lines + 1;
        return pane switch
        {
            PacketPane.List => lines > 1 && detail.Detail is { Packets.Count: > 0 } read
                ? new ShownLines(new SearchedPackets(new PacketList(model, detail), read.Packets), detail.PacketTop, lines - 1, 0, Geometry.LinesTop + 1, model.Width)
                : null,
            PacketPane.Tree => lower > 0 && TreeWidth(model, detail) is > 0 and var width
                ? new ShownLines(new SearchedText(detail.Tree.Count, at => [new Run(LineOf(detail.Tree[at]))]), detail.TreeTop, lower, 0, top, width)
                : null,
            _ => lower > 0 && HexLeft(model, detail) is >= 0 and var left && detail.Packet is { } packet
                ? new ShownLines(OctetsOf(model, detail, packet), detail.HexTop, lower, left, top, model.Width - left)
                : null,
        };
    }

    private static SearchedOctets OctetsOf(Model model, DetailState detail, PacketDetail packet)
    {
        var perLine = Geometry.OctetsPerLine(model, detail);
        return new SearchedOctets(packet.Octets, perLine, Geometry.PlaceWidth, LettersAt(perLine));
    }

    private static void DrawLower(Model model, Sheet sheet, DetailState detail, PacketDetail packet, int top, int height)
    {
        PreviewView.Rule(sheet, top, $"#{packet.Packet.Number}  {packet.Record.OriginalLength} octets"
            + (packet.Record.OriginalLength > packet.Octets.Length ? $", {packet.Octets.Length} captured" : ""));
        var field = detail.TreeCursor < detail.Tree.Count ? detail.Tree[detail.TreeCursor] : default;
        if (TreeWidth(model, detail) is > 0 and var width)
        {
            DrawTree(sheet, detail, top + 1, height - 1, width, detail.Pane == PacketPane.Tree);
        }

        if (HexLeft(model, detail) is >= 0 and var left)
        {
            DrawHex(sheet, packet, field, detail.HexTop, Geometry.OctetsPerLine(model, detail), left, top + 1, height - 1);
        }
    }

    /// <summary>0 where it is not shown.</summary>
    private static int TreeWidth(Model model, DetailState detail) => Geometry.IsBeside(model, detail) ? HexAt(model, detail) - 1
        : detail.Pane != PacketPane.Octets ? model.Width
        : 0;

    /// <summary>-1 where they are not shown.</summary>
    private static int HexLeft(Model model, DetailState detail) => Geometry.IsBeside(model, detail) ? HexAt(model, detail)
        : detail.Pane == PacketPane.Octets ? 1
        : -1;

    private static int HexAt(Model model, DetailState detail) => model.Width - Geometry.HexWidth(Geometry.OctetsPerLine(model, detail));

    private static int LettersAt(int perLine) => Geometry.PlaceWidth + Geometry.DigitsAt(perLine) + 1;

    private static string LineOf(PacketField field) => new string(' ', 1 + (2 * field.Depth)) + field.Text;

    private static void DrawTree(Sheet sheet, DetailState detail, int top, int height, int width, bool isFocused)
    {
        for (var i = 0; i < height && detail.TreeTop + i < detail.Tree.Count; i++)
        {
            var field = detail.Tree[detail.TreeTop + i];
            var isCursor = detail.TreeTop + i == detail.TreeCursor;
            var text = LineOf(field);
            sheet.Put(0, top + i, Sheet.Cut(isCursor ? text.PadRight(width) : text, width), isCursor ? isFocused ? Tone.Marked : Tone.Bold : field.Depth == 0 ? Tone.Title : Tone.Plain);
        }
    }

    private static void DrawHex(Sheet sheet, PacketDetail packet, PacketField field, int first, int perLine, int left, int top, int height)
    {
        var letters = left + LettersAt(perLine);
        for (var line = 0; line < height; line++)
        {
            var at = (first + line) * perLine;
            if (at >= packet.Octets.Length)
            {
                return;
            }

            sheet.Put(left, top + line, at.ToString("x4", CultureInfo.InvariantCulture), Tone.Dim);
            for (var i = 0; i < perLine && at + i < packet.Octets.Length; i++)
            {
                var octet = packet.Octets[at + i];
                var tone = at + i >= field.Offset && at + i < field.Offset + field.Length ? Tone.Marked : Tone.Plain;
                var x = left + Geometry.PlaceWidth + Geometry.DigitsAt(i);
                sheet.Put(x, top + line, octet.ToString("x2", CultureInfo.InvariantCulture), tone);
                sheet.Put(letters + i, top + line, octet is >= 0x20 and < 0x7F ? ((char)octet).ToString() : ".", tone);
            }
        }
    }
}
