namespace HttpWireAnalyzer.Screen;

/// <summary>A line that is being typed. The cursor moves by what is seen as one letter, never into it.</summary>
/// <param name="Cursor">Before which UTF-16 unit of the text.</param>
public sealed record InputLine(string Text, int Cursor)
{
    /// <summary>Longer than any filter or path that is typed.</summary>
    public const int MostLetters = 4096;

    public static InputLine Empty { get; } = new("", 0);

    public static InputLine Of(string text) => new(text, text.Length);

    /// <summary>What a key makes of it; null for a key that edits nothing.</summary>
    public InputLine? Edit(Key key) => key switch
    {
        { Code: KeyCode.Character, Modifiers: KeyModifiers.None } => Insert(key.Letter.ToString()),
        { Code: KeyCode.Paste } => Insert(key.Text!),
        { Modifiers: KeyModifiers.Control or KeyModifiers.Alt, Code: KeyCode.Left } => this with { Cursor = WordBefore() },
        { Modifiers: KeyModifiers.Control or KeyModifiers.Alt, Code: KeyCode.Right } => this with { Cursor = WordAfter() },
        { Code: KeyCode.Left } => this with { Cursor = Before() },
        { Code: KeyCode.Right } => this with { Cursor = After() },
        { Code: KeyCode.Home } => this with { Cursor = 0 },
        { Code: KeyCode.End } => this with { Cursor = Text.Length },
        { Code: KeyCode.Backspace, Modifiers: KeyModifiers.Alt } => Erase(WordBefore(), Cursor),
        { Code: KeyCode.Backspace } => Erase(Before(), Cursor),
        { Code: KeyCode.Delete } => Erase(Cursor, After()),
        { Code: KeyCode.Character, Modifiers: KeyModifiers.Control } => EditByControl(key.Letter.Value),
        { Code: KeyCode.Character, Modifiers: KeyModifiers.Alt } => EditByAlt(key.Letter.Value),
        _ => null,
    };

    /// <summary>Puts text before the cursor: without control characters, and as much as there is room for.</summary>
    public InputLine Insert(string text)
    {
        var kept = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return Text.Length + kept.Length > MostLetters ? this : new InputLine(Text.Insert(Cursor, kept), Cursor + kept.Length);
    }

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

        var end = start;
        var taken = 0;
        reader = new GlyphReader(Text.AsSpan(start));
        while (reader.MoveNext() && taken + reader.Width <= width)
        {
            taken += reader.Width;
            end = start + reader.Position;
        }

        return (Text[start..end], before);
    }

    private InputLine? EditByControl(int letter) => letter switch
    {
        'a' => this with { Cursor = 0 },
        'b' => this with { Cursor = Before() },
        'd' => Erase(Cursor, After()),
        'e' => this with { Cursor = Text.Length },
        'f' => this with { Cursor = After() },
        'h' => Erase(Before(), Cursor),
        'k' => Erase(Cursor, Text.Length),
        'u' => Erase(0, Cursor),
        'w' => Erase(WordBefore(), Cursor),
        _ => null,
    };

    private InputLine? EditByAlt(int letter) => letter switch
    {
        'b' => this with { Cursor = WordBefore() },
        'd' => Erase(Cursor, WordAfter()),
        'f' => this with { Cursor = WordAfter() },
        _ => null,
    };

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

    private int WordAfter()
    {
        var at = Cursor;
        while (at < Text.Length && !IsOfWord(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && IsOfWord(Text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Letters beyond the plane of sixteen bits and marks are no borders of words.</summary>
    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || letter >= '\u0300';
}
