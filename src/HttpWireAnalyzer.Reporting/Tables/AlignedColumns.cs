using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>
/// A table whose columns are as wide as their widest cell. Widths are learnt from the first rows; the rest flows, so
/// that a million rows need no memory.
/// </summary>
/// <param name="screen">Columns of the screen; what does not fit is left out by <see cref="Column.LeaveOut"/>. 0: no screen.</param>
public sealed class AlignedColumns(TextWriter output, IReadOnlyList<Column> columns, TextStyle style, int screen = 0) : IRowSink
{
    /// <summary>More than any screen shows at once.</summary>
    private const int RowsForWidths = 500;

    private const string Separator = "  ";

    private readonly int[] _widths = [.. columns.Select(column => GlyphWidth.Of(column.Title))];
    private readonly bool[] _leftOut = new bool[columns.Count];
    private readonly List<string[]> _held = [];
    private bool _flowing;

    public void Add(string[] cells)
    {
        if (_flowing)
        {
            WriteRow(cells);
            return;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            _widths[i] = int.Clamp(GlyphWidth.Of(cells[i]), _widths[i], columns[i].MaxWidth);
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
        var width = shown.Sum(i => _widths[i]) + (Separator.Length * (shown.Count - 1));
        foreach (var next in shown
            .Where(i => columns[i].LeaveOut > 0).OrderBy(i => columns[i].LeaveOut))
        {
            if (width <= screen)
            {
                return;
            }

            _leftOut[next] = true;
            width -= _widths[next] + Separator.Length;
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

            var cell = i < cells.Length - 1 ? GlyphWidth.Cut(cells[i], _widths[i]) : cells[i];
            var blanks = GlyphWidth.Blanks(cell, _widths[i]);
            fitted.Add(columns[i].IsNumber ? blanks + cell : cell + blanks);
        }

        return string.Join(Separator, fitted).TrimEnd();
    }
}

/// <param name="IsNumber">Aligned to the right.</param>
/// <param name="MaxWidth">Longer cells are cut; the last column never is.</param>
/// <param name="LeaveOut">On a narrow screen the columns go in this order, from 1; 0 stays always.</param>
/// <param name="IfAny">Shown where one of the first rows has a value.</param>
public sealed record Column(string Title, bool IsNumber = false, int MaxWidth = 48, int LeaveOut = 0, bool IfAny = false);
