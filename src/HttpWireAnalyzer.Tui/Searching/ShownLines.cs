namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Lines that are on the screen.</summary>
/// <param name="Top">The first that is.</param>
/// <param name="Rows">As many as there is room for.</param>
/// <param name="X">Where they begin.</param>
/// <param name="Width">Columns that they have.</param>
internal readonly record struct ShownLines(ISearchedLines Lines, int Top, int Rows, int X, int Y, int Width)
{
    public static ShownLines None { get; } = new(new SearchedText(0, _ => []), 0, 0, 0, 0, 0);

    public bool Shows(int line) => line >= Top && line < Top + Rows;
}
