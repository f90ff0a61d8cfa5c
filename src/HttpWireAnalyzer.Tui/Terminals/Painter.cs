using System.Text;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Terminals;

/// <summary>Says in octets how one screen becomes the next: only cells that differ are written, all in one piece.</summary>
internal sealed class Painter(Palette palette)
{
    private readonly StringBuilder _text = new(8192);
    private Sheet? _shown;

    /// <summary>Nothing is known of what the terminal shows.</summary>
    public void Forget() => _shown = null;

    /// <summary>The octets; empty where nothing differs. The sheet is kept: the next one is another.</summary>
    public byte[] Paint(Sheet sheet)
    {
        _text.Clear();
        var before = _shown is { } shown && shown.Width == sheet.Width && shown.Height == sheet.Height ? shown : null;
        if (before is null)
        {
            _text.Append("\e[0m\e[2J");
        }

        var isSame = before is not null && before.Cursor == sheet.Cursor;
        for (var y = 0; y < sheet.Height; y++)
        {
            PaintRow(sheet.Row(y), before is null ? [] : before.Row(y), y);
        }

        isSame = isSame && _text.Length == 0;
        _shown = sheet;
        if (isSame)
        {
            return [];
        }

        // A terminal that knows synchronized output shows it at once; others pass over it.
        _text.Insert(0, "\e[?2026h\e[?25l").Append("\e[0m");
        if (sheet.Cursor is { } cursor)
        {
            _text.Append("\e[").Append(cursor.Y + 1).Append(';').Append(cursor.X + 1).Append("H\e[?25h");
        }

        return Encoding.UTF8.GetBytes(_text.Append("\e[?2026l").ToString());
    }

    private void PaintRow(ReadOnlySpan<Cell> cells, ReadOnlySpan<Cell> before, int y)
    {
        var isPlaced = false;
        Cell? pen = null;
        for (var x = 0; x < cells.Length; x++)
        {
            if (!before.IsEmpty ? IsSame(cells, before, x) : cells[x] == Cell.Empty)
            {
                isPlaced = false;
                continue;
            }

            if (cells[x].Letter == Cell.BehindWide)
            {
                continue;
            }

            if (!isPlaced)
            {
                _text.Append("\e[").Append(y + 1).Append(';').Append(x + 1).Append('H');
                isPlaced = true;
            }

            if (pen is not { } drawn || drawn.Tone != cells[x].Tone || drawn.IsReversed != cells[x].IsReversed)
            {
                _text.Append("\e[0").Append(palette.Of(cells[x].Tone, cells[x].IsReversed)).Append('m');
                pen = cells[x];
            }

            _text.Append(new Rune(cells[x].Letter));
        }
    }

    /// <summary>A letter of two columns is written again where either of them differs.</summary>
    private static bool IsSame(ReadOnlySpan<Cell> cells, ReadOnlySpan<Cell> before, int x) =>
        cells[x] == before[x]
        && (x + 1 >= cells.Length || cells[x + 1].Letter != Cell.BehindWide || cells[x + 1] == before[x + 1]);
}
