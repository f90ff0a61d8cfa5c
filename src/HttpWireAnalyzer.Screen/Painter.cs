using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// Says in octets how the screen that is shown becomes the next: only cells that differ, all in one piece. It keeps
/// what is shown, so one grid can be drawn on again and again; where nothing grows, nothing is allocated.
/// </summary>
public sealed class Painter(ColourDepth depth)
{
    /// <summary>So many letters that stay are written again rather than passed over: a move is no shorter.</summary>
    private const int ShortGap = 3;

    /// <summary>Fewer blanks at the end of a line than that are written, not erased.</summary>
    private const int ShortTail = 4;

    private readonly FrameOctets _octets = new();
    private readonly Pen _pen = new(depth);
    private readonly CellGrid _shown = new(0, 0);
    private (int X, int Y)? _at;
    private bool _isKnown;

    /// <summary>Nothing is known of what the terminal shows: the next frame is written whole.</summary>
    public void Forget() => _isKnown = false;

    /// <summary>The octets, until the next call; empty where nothing differs.</summary>
    public ReadOnlyMemory<byte> Paint(CellGrid next)
    {
        _octets.CutTo(0);
        _isKnown &= _shown.Width == next.Width && _shown.Height == next.Height;

        // DEC private mode 2026: a terminal that knows it shows the frame at once, and others pass over it.
        _octets.Add("\e[?2026h\e[?25l"u8);
        _at = null;
        var begun = _octets.Length;
        if (!_isKnown)
        {
            _octets.Add("\e[m\e[2J"u8);
            _pen.Reset();
            _shown.Resize(next.Width, next.Height);
        }

        for (var y = 0; y < next.Height; y++)
        {
            if (!next.RowOctets(y).SequenceEqual(_shown.RowOctets(y)))
            {
                PaintRow(next.Row(y), _shown.Row(y), y);
                _shown.CopyRow(next, y);
            }
        }

        if (_isKnown && _octets.Length == begun && _shown.Cursor == next.Cursor)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        ShowCursor(next);
        _isKnown = true;
        return _octets.Written;
    }

    private void ShowCursor(CellGrid next)
    {
        _shown.Cursor = next.Cursor;
        if (next.Cursor is var (x, y) && x >= 0 && x < next.Width && y >= 0 && y < next.Height)
        {
            MoveTo(x, y);
            _octets.Add("\e[?25h"u8);
        }

        _octets.Add("\e[?2026l"u8);
    }

    private void PaintRow(ReadOnlySpan<Cell> next, ReadOnlySpan<Cell> shown, int y)
    {
        var tail = TailOf(next);
        var x = Differing(next, shown, 0);
        while (x < next.Length)
        {
            if (x >= tail && next.Length - x > ShortTail)
            {
                MoveTo(x, y);
                _pen.TakeBareBehind(_octets);
                _octets.Add("\e[K"u8);
                return;
            }

            Approach(next, x, y);
            x = Differing(next, shown, Write(next, x));
        }
    }

    /// <summary>To the place, by writing what stands between where that is no longer than a move.</summary>
    private void Approach(ReadOnlySpan<Cell> next, int x, int y)
    {
        if (_at is { } at && at.Y == y && x - at.X is > 0 and <= ShortGap)
        {
            var between = next[at.X..x];
            var isPlain = true;
            foreach (var cell in between)
            {
                isPlain &= cell.Glyph.Letter is >= ' ' and <= '~' && !cell.Glyph.HasMarks && _pen.Holds(cell.Style);
            }

            if (isPlain)
            {
                for (var i = 0; i < between.Length; i++)
                {
                    Write(next, at.X + i);
                }

                return;
            }
        }

        MoveTo(x, y);
    }

    /// <summary>Writes the letter of a place; the place behind it.</summary>
    private int Write(ReadOnlySpan<Cell> next, int x)
    {
        var cell = next[x];
        _pen.Take(cell.Style, _octets);
        _octets.Add(cell.Glyph);
        var behind = x + 1 < next.Length && next[x + 1].Glyph.IsTrail ? x + 2 : x + 1;

        // In the last column terminals wait with the next line, each in its way.
        _at = _at is { } at && behind < next.Length && GlyphWidth.IsCertain(cell.Glyph) ? (behind, at.Y) : null;
        return behind;
    }

    private void MoveTo(int x, int y)
    {
        if (_at is { } at && at.Y == y && x >= at.X)
        {
            if (x > at.X)
            {
                AddSequence(x - at.X, (byte)'C');
            }
        }
        else if (x == 0)
        {
            AddSequence(y + 1, (byte)'H');
        }
        else
        {
            _octets.Add("\e["u8);
            _octets.AddNumber(y + 1);
            _octets.Add((byte)';');
            _octets.AddNumber(x + 1);
            _octets.Add((byte)'H');
        }

        _at = (x, y);
    }

    /// <summary>A sequence with one number, which is not said where it is 1.</summary>
    private void AddSequence(int number, byte final)
    {
        _octets.Add("\e["u8);
        if (number != 1)
        {
            _octets.AddNumber(number);
        }

        _octets.Add(final);
    }

    /// <summary>Where only blanks follow that look as if erased.</summary>
    private static int TailOf(ReadOnlySpan<Cell> row)
    {
        var style = row[^1].Style;
        return style.IsBareBehind ? row.LastIndexOfAnyExcept(new Cell(Glyph.Blank, style)) + 1 : row.Length;
    }

    private static int Differing(ReadOnlySpan<Cell> next, ReadOnlySpan<Cell> shown, int from)
    {
        var same = MemoryMarshal.AsBytes(next[from..]).CommonPrefixLength(MemoryMarshal.AsBytes(shown[from..]));
        return from + (same / CellGrid.OctetsACell);
    }
}
