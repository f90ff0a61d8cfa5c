using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Counts over time as columns of eighths.</summary>
internal static class Chart
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Draws <paramref name="values"/> into so many columns and lines: of several values of one column the greatest.</summary>
    /// <param name="most">What a full column stands for.</param>
    public static void Draw(Sheet sheet, int x, int y, int width, int height, IReadOnlyList<int> values, int most, Tone tone)
    {
        if (values.Count == 0 || most == 0)
        {
            return;
        }

        for (var column = 0; column < width; column++)
        {
            var eighths = Scaled(Greatest(values, column, width), most, height);
            for (var line = 0; line < height && eighths > 0; line++)
            {
                sheet.Put(x + column, y + height - 1 - line, Eighths[int.Min(8, eighths)].ToString(), tone);
                eighths -= 8;
            }
        }
    }

    private static int Greatest(IReadOnlyList<int> values, int column, int width)
    {
        var from = (int)((long)column * values.Count / width);
        var to = int.Max(from + 1, (int)((long)(column + 1) * values.Count / width));
        var greatest = 0;
        for (var at = from; at < to && at < values.Count; at++)
        {
            greatest = int.Max(greatest, values[at]);
        }

        return greatest;
    }

    /// <summary>What is there at all is seen.</summary>
    private static int Scaled(int value, int most, int height) =>
        value == 0 ? 0 : int.Max(1, (int)Math.Round((double)value * height * 8 / most));
}
