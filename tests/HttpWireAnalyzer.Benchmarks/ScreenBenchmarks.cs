using System.Globalization;
using BenchmarkDotNet.Attributes;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Benchmarks;

/// <summary>
/// What a frame of 200 columns and 60 lines costs, from texts to octets: a table of nine columns, of which one number
/// changes (tick), or all lines move (scroll).
/// </summary>
[MemoryDiagnoser]
public class ScreenBenchmarks
{
    private const int Width = 200;
    private const int Height = 60;
    private const int Columns = 9;
    private const int Rows = 1000;

    private readonly string[][] _rows = new string[Rows][];
    private readonly Style[] _styles = new Style[Columns];
    private readonly string[] _numbers = new string[Rows];
    private readonly CellGrid _grid = new(Width, Height);
    private readonly Painter _painter = new(ColourDepth.Palette256);
    private int _frame;

    [GlobalSetup]
    public void Prepare()
    {
        for (var row = 0; row < Rows; row++)
        {
            _numbers[row] = (row * 7919).ToString(CultureInfo.InvariantCulture);
            _rows[row] =
            [
                row.ToString(CultureInfo.InvariantCulture), $"10.0.0.7:{51000 + row}", "app-서버.example:8080", "ESTABLISHED",
                _numbers[row], "97%", $"{row % 60}.{row % 10} s", "server FIN", "idle 6.0 s, race: unread request",
            ];
        }

        for (var column = 0; column < Columns; column++)
        {
            _styles[column] = new Style(column % 3 == 0 ? Colour.Default : Colour.Indexed(column));
        }
    }

    [Benchmark]
    public int Tick()
    {
        _frame++;
        DrawRows(0);
        _grid.Put(120, 0, _numbers[_frame % Rows], Style.Plain);
        return _painter.Paint(_grid).Length;
    }

    [Benchmark]
    public int Scroll()
    {
        _frame++;
        DrawRows(_frame % (Rows - Height));
        return _painter.Paint(_grid).Length;
    }

    private void DrawRows(int top)
    {
        const int ColumnWidth = Width / Columns;
        _grid.Clear();
        for (var y = 0; y < Height; y++)
        {
            for (var column = 0; column < Columns; column++)
            {
                _grid.Put(column * ColumnWidth, y, _rows[top + y][column], _styles[column], ColumnWidth - 1);
            }
        }

        _grid.Reverse(0, top % Height, Width);
    }
}
