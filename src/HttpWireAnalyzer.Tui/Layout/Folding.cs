namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>Breaks text between words into lines of so many columns, as wide as its letters are.</summary>
internal static class Folding
{
    public static IEnumerable<string> Words(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Sheet.WidthOf(line) + 1 + Sheet.WidthOf(word) > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
