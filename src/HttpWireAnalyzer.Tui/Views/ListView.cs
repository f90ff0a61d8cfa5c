using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A row by its place in the list.</summary>
internal delegate TRow RowAt<TRow>(int place);

/// <summary>What a cell's colour says.</summary>
internal delegate Tone ToneOf<TRow>(in TRow row, string column);

/// <summary>
/// A list: titles, and those rows that are on the screen. A column is as wide as its widest cell there; where the screen
/// is too narrow, columns go in the order of their priorities, and then the widest are cut.
/// </summary>
internal sealed class ListView<TRow>(ColumnSet<TRow> set, RowAt<TRow> rows, ToneOf<TRow> tones)
{
    /// <summary>From so many columns on there are two between columns.</summary>
    private const int Wide = 100;

    /// <summary>Columns of a higher priority make room for sentences.</summary>
    private const int Matters = 3;

    /// <summary>The sign of the cursor or of a selection.</summary>
    private const int Gutter = 1;

    public void Draw(Model model, ListState list, Sheet sheet, int top, int height, Func<TRow, bool> isSelected)
    {
        var shown = int.Min(height - 1, model.RowsOf(list) - list.Top);
        if (shown <= 0)
        {
            DrawTitles(model, list, sheet, top, WidthsFor(model, list, [], sheet.Width));
            sheet.Put(Gutter, top + 1, Nothing(model, list), Tone.Dim);
            return;
        }

        var cells = new string[shown][];
        var read = new TRow[shown];
        for (var i = 0; i < shown; i++)
        {
            read[i] = rows(list.Top + i);
            cells[i] = new string[set.Columns.Count];
            for (var column = 0; column < cells[i].Length; column++)
            {
                cells[i][column] = set.Columns[column].Cell(read[i]);
            }
        }

        var widths = WidthsFor(model, list, cells, sheet.Width);
        DrawTitles(model, list, sheet, top, widths);
        for (var i = 0; i < shown; i++)
        {
            DrawRow(sheet, top + 1 + i, read[i], cells[i], widths, list.Top + i == list.Cursor, isSelected(read[i]));
        }
    }

    private static string Nothing(Model model, ListState list) => list.IsWaiting ? model.Wording.Filtering + " …"
        : list.Filter.Length > 0 ? model.Wording.NoMatch
        : list.Kind == ListKind.Findings ? model.Capture.MayFindMore ? model.Wording.FindingsLater : model.Wording.NoFindings
        : list.Kind == ListKind.Pools ? model.Wording.NoPools
        : list.Kind == ListKind.Ports ? model.Wording.NoPorts
        : model.Wording.NoRows;

    private void DrawTitles(Model model, ListState list, Sheet sheet, int y, int[] widths)
    {
        var x = Gutter;
        for (var column = 0; column < widths.Length; column++)
        {
            if (widths[column] == 0)
            {
                continue;
            }

            var name = set.Columns[column].Name;
            var title = model.Wording.Titles[name];
            if (list.Sort == name)
            {
                title = (list.IsDescending ? "▼" : "▲") + title;
            }

            var tone = column == int.Min(list.Column, widths.Length - 1) ? Tone.Key : Tone.Title;
            Cell(sheet, x, y, Sheet.Cut(title, widths[column]), widths[column], set.Columns[column].IsNumber, tone);
            x += widths[column] + GapOf(sheet.Width);
        }
    }

    private void DrawRow(Sheet sheet, int y, in TRow row, string[] cells, int[] widths, bool isCursor, bool isSelected)
    {
        sheet.Put(0, y, isSelected ? "+" : isCursor ? "▶" : " ", isSelected ? Tone.Key : Tone.Plain);
        var x = Gutter;
        for (var column = 0; column < widths.Length; column++)
        {
            if (widths[column] > 0)
            {
                var fitted = set.Columns[column].IsEndpoint ? Sheet.CutEndpoint(cells[column], widths[column]) : Sheet.Cut(cells[column], widths[column]);
                Cell(sheet, x, y, fitted, widths[column], set.Columns[column].IsNumber, tones(row, set.Columns[column].Name));
                x += widths[column] + GapOf(sheet.Width);
            }
        }

        if (isCursor)
        {
            sheet.Reverse(y);
        }
    }

    private static void Cell(Sheet sheet, int x, int y, string fitted, int width, bool isNumber, Tone tone) =>
        sheet.Put(isNumber ? x + width - Sheet.WidthOf(fitted) : x, y, fitted, tone);

    /// <summary>0 for a column that is left out.</summary>
    private int[] WidthsFor(Model model, ListState list, string[][] cells, int screen)
    {
        var widths = new int[set.Columns.Count];
        for (var column = 0; column < widths.Length; column++)
        {
            // One more for the sign of the sorting.
            var name = set.Columns[column].Name;
            var title = Sheet.WidthOf(model.Wording.Titles[name]) + (list.Sort == name ? 1 : 0);
            var widest = title;
            foreach (var row in cells)
            {
                widest = int.Max(widest, Sheet.WidthOf(row[column]));
            }

            widths[column] = int.Min(int.Max(widest, set.Columns[column].Width), int.Max(title, set.Columns[column].MaxWidth));
        }

        Drop(widths, screen);
        Shrink(widths, screen);
        return widths;
    }

    /// <summary>Columns go while what stays has not room for what it needs at least.</summary>
    private void Drop(int[] widths, int screen)
    {
        while (true)
        {
            var next = -1;
            for (var column = 0; column < widths.Length; column++)
            {
                if (widths[column] > 0 && set.Columns[column].Priority > 0
                    && (next < 0 || set.Columns[column].Priority > set.Columns[next].Priority))
                {
                    next = column;
                }
            }

            if (next < 0 || Sum([.. widths.Select((width, column) => int.Min(width, Needed(column, set.Columns[next])))], screen) <= screen)
            {
                return;
            }

            widths[next] = 0;
        }
    }

    /// <summary>What a column is to have before another one goes: a sentence more than its beginning, where that one matters little.</summary>
    private int Needed(int column, ListColumn<TRow> other) => set.Columns[column] switch
    {
        { IsSentence: false } => int.MaxValue,
        { Priority: 0, Width: var least } => other.Priority > Matters ? 2 * least : least,
        { Width: var least } => least,
    };

    /// <summary>
    /// Sentences give first, down to what they take at least; then the widest of all, and below that where all would be
    /// lost. Half a number is no number.
    /// </summary>
    private void Shrink(int[] widths, int screen)
    {
        const int Least = 6;
        var excess = Sum(widths, screen) - screen;
        excess -= Narrowed(widths, excess, column => set.Columns[column].IsSentence ? set.Columns[column].Width : int.MaxValue);
        excess -= Narrowed(widths, excess, column => set.Columns[column].IsNumber ? int.MaxValue : set.Columns[column].Width);
        Narrowed(widths, excess, column => set.Columns[column].IsNumber ? int.MaxValue : Least);
    }

    /// <summary>Takes columns from the widest that has more than its least; how many.</summary>
    private static int Narrowed(int[] widths, int excess, Func<int, int> least)
    {
        for (var taken = 0; taken < excess; taken++)
        {
            var widest = -1;
            for (var column = 0; column < widths.Length; column++)
            {
                if (widths[column] > least(column) && (widest < 0 || widths[column] > widths[widest]))
                {
                    widest = column;
                }
            }

            if (widest < 0)
            {
                return taken;
            }

            widths[widest]--;
        }

        return int.Max(excess, 0);
    }

    private static int GapOf(int screen) => screen >= Wide ? 2 : 1;

    private static int Sum(int[] widths, int screen)
    {
        var gap = GapOf(screen);
        var sum = Gutter - gap;
        foreach (var width in widths)
        {
            sum += width > 0 ? width + gap : 0;
        }

        return sum;
    }
}
