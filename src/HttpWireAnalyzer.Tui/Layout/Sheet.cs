using System.Text;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>What views are drawn on: cells with a letter and its meaning. What lies outside is not drawn.</summary>
internal sealed class Sheet
{
    private readonly Cell[] _cells;

    public Sheet(int width, int height)
    {
        (Width, Height) = (width, height);
        _cells = new Cell[width * height];
        Clear();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Where the terminal's cursor is to be seen; null hides it.</summary>
    public (int X, int Y)? Cursor { get; set; }

    public ReadOnlySpan<Cell> Row(int y) => _cells.AsSpan(y * Width, Width);

    public void Clear()
    {
        Array.Fill(_cells, Cell.Empty);
        Cursor = null;
    }

    public void Clear(int y) => Array.Fill(_cells, Cell.Empty, y * Width, Width);

    /// <summary>Writes text from a place on; the column behind it.</summary>
    public int Put(int x, int y, string text, Tone tone)
    {
        if (y < 0 || y >= Height)
        {
            return x;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            var width = LetterWidth.Of(rune);
            if (width > 0 && x >= 0 && x + width <= Width)
            {
                var at = (y * Width) + x;
                Break(at, x);
                Break(at + width - 1, x + width - 1);
                _cells[at] = new Cell(rune.Value, tone, false);
                if (width == 2)
                {
                    _cells[at + 1] = new Cell(Cell.BehindWide, tone, false);
                }
            }

            x += width;
        }

        return x;
    }

    /// <summary>What is left of a letter of two columns that is written over in part is a blank.</summary>
    private void Break(int at, int x)
    {
        if (_cells[at].Letter == Cell.BehindWide)
        {
            _cells[at - 1] = _cells[at - 1] with { Letter = ' ' };
        }

        if (x + 1 < Width && _cells[at + 1].Letter == Cell.BehindWide)
        {
            _cells[at + 1] = _cells[at + 1] with { Letter = ' ' };
        }
    }

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

    /// <summary>Shows a line as the one under the cursor.</summary>
    public void Reverse(int y)
    {
        foreach (ref var cell in _cells.AsSpan(y * Width, Width))
        {
            cell = cell with { IsReversed = true };
        }
    }

    /// <summary>The letters alone, without the blanks at the ends of lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var y = 0; y < Height; y++)
        {
            var line = new StringBuilder();
            foreach (var cell in Row(y))
            {
                if (cell.Letter != Cell.BehindWide)
                {
                    line.Append(new Rune(cell.Letter));
                }
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Columns that a text takes.</summary>
    public static int WidthOf(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length;
        }

        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += LetterWidth.Of(rune);
        }

        return width;
    }

    /// <summary>The beginning of a text that is too wide, with a sign that it goes on.</summary>
    public static string Cut(string text, int width)
    {
        if (width <= 0)
        {
            return "";
        }

        if (WidthOf(text) <= width)
        {
            return text;
        }

        var (taken, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = LetterWidth.Of(rune);
            if (taken + next > width - 1)
            {
                break;
            }

            taken += next;
            at += rune.Utf16SequenceLength;
        }

        return text[..at] + "…";
    }
}

/// <summary>One place on the screen.</summary>
/// <param name="Letter">A code point.</param>
internal readonly record struct Cell(int Letter, Tone Tone, bool IsReversed)
{
    /// <summary>The second column of a letter that takes two.</summary>
    public const int BehindWide = 0;

    public static readonly Cell Empty = new(' ', Tone.Plain, false);
}
