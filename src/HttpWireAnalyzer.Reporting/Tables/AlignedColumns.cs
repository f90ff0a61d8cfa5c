using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>
/// A table whose columns are as wide as their widest cell. Widths are learnt from the first rows; the rest flows, so
/// that a million rows need no memory.
/// </summary>
/// <param name="screen">
/// Columns of the screen: what can be cut is cut, what does not fit then is left out by <see cref="Column.LeaveOut"/>, and
/// no line is wider. 0: no screen.
/// </param>
public sealed class AlignedColumns(TextWriter output, IReadOnlyList<Column> columns, TextStyle style, int screen = 0) : IRowSink
{
    /// <summary>More than any screen shows at once.</summary>
    private const int RowsForWidths = 500;

    private readonly int[] _widths = [.. columns.Select(column => GlyphWidth.Of(column.Title))];
    private readonly bool[] _leftOut = new bool[columns.Count];
    private readonly List<string[]> _held = [];
    private bool _flowing;

    /// <summary>Blanks between columns; one where two are too many for the screen.</summary>
    private int _gap = 2;

    public void Add(string[] cells)
    {
        if (_flowing)
        {
            WriteRow(cells);
            return;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            var most = i < columns.Count - 1 ? int.Max(_widths[i], columns[i].MaxWidth) : int.MaxValue;
            _widths[i] = int.Clamp(GlyphWidth.Of(cells[i]), _widths[i], most);
        }

        _held.Add(cells);
        if (_held.Count == RowsForWidths)
        {
            Flow();
        }
    }

    /// <summary>Writes what is still held.</summary>
    public void End() => Flow();

    private void Flow()
    {
        if (_flowing)
        {
            return;
        }

        _flowing = true;
        LeaveOutEmpty();
        FitToScreen();
        output.WriteLine(style.Bold(Joined([.. columns.Select(column => column.Title)])));
        foreach (var row in _held)
        {
            WriteRow(row);
        }

        _held.Clear();
    }

    private void LeaveOutEmpty()
    {
        for (var i = 0; i < columns.Count; i++)
        {
            _leftOut[i] = columns[i].IfAny && _held.TrueForAll(row => row[i] == Quantity.None);
        }
    }

    private void FitToScreen()
    {
        if (screen == 0)
        {
            return;
        }

        var shown = Enumerable.Range(0, columns.Count).Where(i => !_leftOut[i]).ToList();
        _gap = SumOf(shown, i => _widths[i]) > screen ? 1 : _gap;
        while (SumOf(shown, LeastOf) > screen
            && shown.Where(i => columns[i].LeaveOut > 0).OrderBy(i => columns[i].LeaveOut).Cast<int?>().FirstOrDefault() is { } next)
        {
            _leftOut[next] = true;
            shown.Remove(next);
        }

        Narrow(shown, LeastOf);
        Narrow(shown, _ => 1);

        // Later rows may need what these leave.
        _widths[^1] += int.Max(0, screen - SumOf(shown, i => _widths[i]));
    }

    private int LeastOf(int column) => columns[column].Least > 0 ? int.Min(columns[column].Least, _widths[column]) : _widths[column];

    private int SumOf(List<int> shown, Func<int, int> width) => shown.Sum(width) + (_gap * (shown.Count - 1));

    /// <summary>Takes from the widest that has more than its least, while all are wider than the screen.</summary>
    private void Narrow(List<int> shown, Func<int, int> least)
    {
        for (var excess = SumOf(shown, i => _widths[i]) - screen; excess > 0; excess--)
        {
            var narrowed = shown.Where(i => _widths[i] > least(i)).OrderByDescending(i => _widths[i]).Cast<int?>().FirstOrDefault();
            if (narrowed is not { } widest)
            {
                return;
            }

            _widths[widest]--;
        }
    }

    private void WriteRow(string[] cells) => output.WriteLine(Joined(cells));

    private string Joined(string[] cells)
    {
        var fitted = new List<string>(cells.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            if (_leftOut[i])
            {
                continue;
            }

            var cell = screen > 0 || i < cells.Length - 1 ? GlyphWidth.Cut(cells[i], _widths[i]) : cells[i];
            var blanks = GlyphWidth.Blanks(cell, _widths[i]);
            fitted.Add(columns[i].IsNumber ? blanks + cell : cell + blanks);
        }

        return string.Join(new string(' ', _gap), fitted).TrimEnd();
    }
}

/// <param name="IsNumber">Aligned to the right.</param>
/// <param name="MaxWidth">Longer cells are cut; the last column is by the screen alone.</param>
/// <param name="LeaveOut">On a narrow screen the columns go in this order, from 1; 0 stays always.</param>
/// <param name="IfAny">Shown where one of the first rows has a value.</param>
/// <param name="Least">So many columns say something yet: it is cut to them before another is left out. 0: it is not.</param>
public sealed record Column(string Title, bool IsNumber = false, int MaxWidth = 48, int LeaveOut = 0, bool IfAny = false, int Least = 0);
