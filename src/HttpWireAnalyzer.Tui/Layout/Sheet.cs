using System.Text;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>What a view is drawn on: cells with a letter, and what it means.</summary>
internal sealed class Sheet
{
    private readonly string[] _letters;
    private readonly Tone[] _tones;
    private readonly bool[] _reversed;

    public Sheet(int width, int height)
    {
        (Width, Height) = (width, height);
        _letters = new string[width * height];
        _tones = new Tone[width * height];
        _reversed = new bool[height];
        Array.Fill(_letters, " ");
    }

    public int Width { get; }
    public int Height { get; }
    public (int X, int Y)? Cursor { get; set; }

    public int Put(int x, int y, string text, Tone tone)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var width = WidthOf(rune);
            if (x >= 0 && x + width <= Width && y >= 0 && y < Height && width > 0)
            {
                _letters[(y * Width) + x] = rune.ToString();
                _tones[(y * Width) + x] = tone;
                if (width == 2)
                {
                    _letters[(y * Width) + x + 1] = "";
                    _tones[(y * Width) + x + 1] = tone;
                }
            }

            x += width;
        }

        return x;
    }

    public int Put(int x, int y, IReadOnlyList<Run> runs, int width)
    {
        var end = x + width;
        foreach (var run in runs)
        {
            x = Put(x, y, Cut(run.Text, int.Max(0, end - x)), run.Tone);
        }

        return x;
    }

    public void Reverse(int y) => _reversed[y] = true;

    public void Clear(int y)
    {
        Array.Fill(_letters, " ", y * Width, Width);
        Array.Fill(_tones, Tone.Plain, y * Width, Width);
        _reversed[y] = false;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var y = 0; y < Height; y++)
        {
            text.Append(string.Concat(_letters.AsSpan(y * Width, Width).ToArray()).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    public static int WidthOf(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    public static string Cut(string text, int width)
    {
        if (text.Length <= width && WidthOf(text) <= width) { return text; }
        if (width <= 0) { return ""; }
        var taken = 0; var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken + WidthOf(rune) > width - 1) { break; }
            taken += WidthOf(rune); at += rune.Utf16SequenceLength;
        }
        return text[..at] + "…";
    }

    private static int WidthOf(Rune rune) => rune.Value < 0x1100 ? 1 : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xFF00 and <= 0xFF60) ? 2 : 1;
}
