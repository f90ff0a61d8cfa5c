using System.Runtime.InteropServices;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// What is to be seen: cells in rows. What lies outside is not drawn. A letter of two columns is a lead and its trail,
/// both in one style; whatever takes the place of one of them makes the other blank.
/// </summary>
public sealed class CellGrid
{
    internal const int OctetsACell = 16;

    private Cell[] _cells;

    public CellGrid(int width, int height)
    {
        (Width, Height) = (int.Max(0, width), int.Max(0, height));
        _cells = new Cell[Width * Height];
        Clear();
    }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Where the terminal's cursor is to be seen; null hides it.</summary>
    public (int X, int Y)? Cursor { get; set; }

    public Cell this[int x, int y] => Row(y)[x];

    public ReadOnlySpan<Cell> Row(int y) => _cells.AsSpan(y * Width, Width);

    /// <summary>Blank, in another size.</summary>
    public void Resize(int width, int height)
    {
        (Width, Height) = (int.Max(0, width), int.Max(0, height));
        if (_cells.Length < Width * Height)
        {
            _cells = new Cell[Width * Height];
        }

        Clear();
    }

    public void Clear()
    {
        _cells.AsSpan().Fill(Cell.Blank);
        Cursor = null;
    }

    /// <summary>Writes text from a place on; the column behind it, whether or not there was room.</summary>
    public int Put(int x, int y, ReadOnlySpan<char> text, Style style) => Put(x, y, text, style, Width - x);

    /// <summary>The same, of which no more than some columns are seen.</summary>
    public int Put(int x, int y, ReadOnlySpan<char> text, Style style, int width)
    {
        var end = EndOf(x, width, Width);
        var row = y >= 0 && y < Height ? _cells.AsSpan(y * Width, Width) : [];
        var reader = new GlyphReader(text);
        while (reader.MoveNext())
        {
            if (!row.IsEmpty && x + reader.Width > 0 && x < end)
            {
                Set(row, x, end, reader.Glyph, reader.Width, style);
            }

            x += reader.Width;
        }

        return x;
    }

    /// <summary>The same letter everywhere in a rectangle.</summary>
    /// <param name="letter">One that takes one column; another is a blank.</param>
    public void Fill(int x, int y, int width, int height, char letter, Style style)
    {
        var reader = new GlyphReader([letter]);
        var cell = new Cell(reader.MoveNext() && reader.Width == 1 ? reader.Glyph : Glyph.Blank, style);
        var (left, right) = (int.Clamp(x, 0, Width), EndOf(x, width, Width));
        for (var line = int.Max(0, y); line < EndOf(y, height, Height) && left < right; line++)
        {
            var row = _cells.AsSpan(line * Width, Width);
            Part(row, left);
            Part(row, right);
            row[left..right].Fill(cell);
        }
    }

    /// <summary>Reverses what is there, as the line under the cursor: in one colour, for each letter's own would be a patch behind it.</summary>
    public void Reverse(int x, int y, int width)
    {
        foreach (ref var cell in Whole(x, y, width))
        {
            cell = cell with { Style = new Style(cell.Style.Attributes & ~TextAttributes.Dim).With(TextAttributes.Reverse) };
        }
    }

    /// <summary>The same of a part of a line; of one that is reversed, back.</summary>
    public void Invert(int x, int y, int width, TextAttributes more)
    {
        foreach (ref var cell in Whole(x, y, width))
        {
            cell = cell with { Style = new Style((cell.Style.Attributes & ~TextAttributes.Dim) ^ TextAttributes.Reverse).With(more) };
        }
    }

    /// <summary>Cells of a row, letters at its ends whole.</summary>
    private Span<Cell> Whole(int x, int y, int width)
    {
        if (y < 0 || y >= Height)
        {
            return [];
        }

        var row = _cells.AsSpan(y * Width, Width);
        var (left, right) = (int.Clamp(x, 0, Width), EndOf(x, width, Width));
        left -= left < right && row[left].Glyph.IsTrail ? 1 : 0;
        right += left < right && right < Width && row[right].Glyph.IsTrail ? 1 : 0;
        return left < right ? row[left..right] : [];
    }

    /// <summary>The letters alone, without the blanks at the ends of lines.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        for (var y = 0; y < Height; y++)
        {
            var start = text.Length;
            foreach (var cell in Row(y))
            {
                text.Append(cell.Glyph.ToString());
            }

            while (text.Length > start && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    internal void CopyRow(CellGrid from, int y) => from.Row(y).CopyTo(_cells.AsSpan(y * Width, Width));

    /// <summary>The row as octets, sixteen for each cell.</summary>
    internal ReadOnlySpan<byte> RowOctets(int y) => MemoryMarshal.AsBytes(Row(y));

    private static int EndOf(int start, int length, int limit) => (int)long.Clamp((long)start + length, 0, limit);

    private static void Set(Span<Cell> row, int x, int end, Glyph glyph, int width, Style style)
    {
        // Half of a letter cannot be seen: its column is blank.
        if (x < 0 || x + width > end)
        {
            (glyph, width, x) = (Glyph.Blank, 1, int.Max(0, x));
        }

        Part(row, x);
        Part(row, x + width);
        row[x] = new Cell(glyph, style);
        if (width == 2)
        {
            row[x + 1] = new Cell(Glyph.Trail, style);
        }
    }

    /// <summary>A letter that lies on both sides of a place is none any more.</summary>
    private static void Part(Span<Cell> row, int x)
    {
        if (x > 0 && x < row.Length && row[x].Glyph.IsTrail)
        {
            row[x - 1] = row[x - 1] with { Glyph = Glyph.Blank };
            row[x] = row[x] with { Glyph = Glyph.Blank };
        }
    }
}
