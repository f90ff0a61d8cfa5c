using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>What views are drawn on: a grid of cells, written with meanings. What lies outside is not drawn.</summary>
internal sealed class Sheet(int width, int height)
{
    public CellGrid Grid { get; } = new(width, height);

    /// <summary>What it is drawn for.</summary>
    public Background Background { get; set; }

    public int Width => Grid.Width;

    public int Height => Grid.Height;

    /// <summary>Columns that a text takes.</summary>
    public static int WidthOf(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? GlyphWidth.Of(text) : text.Length;

    /// <summary>The beginning of a text that is too wide, with a sign that it goes on.</summary>
    public static string Cut(string text, int width) => width <= 0 ? "" : WidthOf(text) <= width ? text : GlyphWidth.Cut(text, width);

    /// <summary>An address that is too wide loses its end, and keeps its port.</summary>
    public static string CutEndpoint(string text, int width)
    {
        var port = text.LastIndexOf(':');
        var room = width - (text.Length - port) - 1;
        return port < 0 || room < 1 || text.Length <= width ? Cut(text, width) : $"{text[..room]}…{text[port..]}";
    }

    public void Clear(int y) => Grid.Fill(0, y, Width, 1, ' ', Style.Plain);

    /// <summary>Writes text from a place on; the column behind it.</summary>
    public int Put(int x, int y, string text, Tone tone) => Grid.Put(x, y, text, Palette.Of(tone, Background));

    /// <summary>Writes the pieces of a line, as far as there is room.</summary>
    public int Put(int x, int y, IReadOnlyList<Run> runs, int width)
    {
        var end = x + width;
        foreach (var run in runs)
        {
            if (x < end)
            {
                x = Put(x, y, Cut(run.Text, end - x), run.Tone);
            }
        }

        return x;
    }

    /// <summary>Shows a part of a line as looked for; underlined, too, on the line that was come to.</summary>
    public void Mark(int x, int y, int width, bool isUnderlined) =>
        Grid.Invert(x, y, width, isUnderlined ? TextAttributes.Underline : TextAttributes.None);

    /// <summary>Shows a line as the one under the cursor.</summary>
    public void Reverse(int y) => Grid.Reverse(0, y, Width);
}
