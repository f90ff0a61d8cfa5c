namespace HttpWireAnalyzer.Screen;

/// <summary>A line that is being typed. The cursor moves by what is seen as one letter, never into it.</summary>
/// <param name="Cursor">Before which UTF-16 unit of the text.</param>
public sealed record InputLine(string Text, int Cursor)
{
    /// <summary>Longer than any filter or path that is typed.</summary>
    public const int MostLetters = 4096;

    public static InputLine Of(string text) => new(text, text.Length);

    public InputLine ToLeft() => this with { Cursor = Before() };

    public InputLine ToRight() => this with { Cursor = After() };

    public InputLine ToStart() => this with { Cursor = 0 };

    public InputLine ToEnd() => this with { Cursor = Text.Length };

    /// <summary>Puts text before the cursor, without control characters; null where there is no room for it.</summary>
    public InputLine? Insert(string text)
    {
        var kept = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return Text.Length + kept.Length > MostLetters ? null : new InputLine(Text.Insert(Cursor, kept), Cursor + kept.Length);
    }

    public InputLine EraseLeft() => Erase(Before(), Cursor);

    public InputLine EraseRight() => Erase(Cursor, After());

    public InputLine EraseWord() => Erase(WordBefore(), Cursor);

    public InputLine EraseToStart() => Erase(0, Cursor);

    public InputLine EraseToEnd() => Erase(Cursor, Text.Length);

    /// <summary>The part of the line that has the cursor in it and fits, and in which column of it the cursor is.</summary>
    /// <param name="width">With the place of the cursor itself; at least 1.</param>
    public (string Text, int Column) Fit(int width)
    {
        var start = 0;
        var before = GlyphWidth.Of(Text.AsSpan(0, Cursor));
        var reader = new GlyphReader(Text);
        while (before >= int.Max(1, width) && reader.MoveNext())
        {
            start = int.Min(reader.Position, Cursor);
            before -= reader.Width;
        }

        return (Text.Substring(start, GlyphWidth.Fitting(Text.AsSpan(start), width)), before);
    }

    private InputLine Erase(int from, int to) => new(Text.Remove(from, to - from), from);

    private int Before()
    {
        var before = 0;
        var reader = new GlyphReader(Text);
        while (reader.MoveNext() && reader.Position < Cursor)
        {
            before = reader.Position;
        }

        return before;
    }

    private int After()
    {
        var reader = new GlyphReader(Text);
        while (reader.MoveNext())
        {
            if (reader.Position > Cursor)
            {
                return reader.Position;
            }
        }

        return Text.Length;
    }

    private int WordBefore()
    {
        var at = Cursor;
        while (at > 0 && !IsOfWord(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && IsOfWord(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    /// <summary>Letters beyond the plane of sixteen bits and marks are no borders of words.</summary>
    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || letter >= '\u0300';
}
