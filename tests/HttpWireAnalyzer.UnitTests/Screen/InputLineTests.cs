using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class InputLineTests
{
    [Theory]
    [InlineData("conn.to == 80|", KeyCode.Backspace, KeyModifiers.None, "conn.to == 8|")]
    [InlineData("|abc", KeyCode.Backspace, KeyModifiers.None, "|abc")]
    [InlineData("한|국", KeyCode.Backspace, KeyModifiers.None, "|국")]
    [InlineData("a👍|", KeyCode.Backspace, KeyModifiers.None, "a|")]
    [InlineData("ae\u0301|", KeyCode.Left, KeyModifiers.None, "a|e\u0301")]
    [InlineData("a|e\u0301b", KeyCode.Right, KeyModifiers.None, "ae\u0301|b")]
    [InlineData("a|👍b", KeyCode.Delete, KeyModifiers.None, "a|b")]
    [InlineData("abc|", KeyCode.Delete, KeyModifiers.None, "abc|")]
    [InlineData("a|bc", KeyCode.Home, KeyModifiers.None, "|abc")]
    [InlineData("a|bc", KeyCode.End, KeyModifiers.None, "abc|")]
    [InlineData("conn.to == |", KeyCode.Left, KeyModifiers.Control, "conn.|to == ")]
    [InlineData("|conn.to", KeyCode.Right, KeyModifiers.Control, "conn|.to")]
    public void Named_keys_edit(string before, KeyCode code, KeyModifiers modifiers, string after) =>
        Assert.Equal(after, Text(LineOf(before).Edit(Key.Named(code, modifiers))));

    [Theory]
    [InlineData("conn.to == |x", 'w', KeyModifiers.Control, "conn.|x")]
    [InlineData("ab|cd", 'u', KeyModifiers.Control, "|cd")]
    [InlineData("ab|cd", 'k', KeyModifiers.Control, "ab|")]
    [InlineData("ab|cd", 'a', KeyModifiers.Control, "|abcd")]
    [InlineData("ab|cd", 'e', KeyModifiers.Control, "abcd|")]
    [InlineData("|ab cd", 'd', KeyModifiers.Alt, "| cd")]
    [InlineData("a|b", '한', KeyModifiers.None, "a한|b")]
    public void Letters_edit(string before, char letter, KeyModifiers modifiers, string after) =>
        Assert.Equal(after, Text(LineOf(before).Edit(Key.Character(letter, modifiers))));

    [Fact]
    public void What_is_pasted_is_put_in_one_line()
    {
        Assert.Equal("a[31mbcx|", Text(LineOf("a|").Edit(Key.Paste("\e[31mb\nc\u009Bx"))));
        Assert.Equal("a|", Text(LineOf("a|").Edit(Key.Paste(new string('x', InputLine.MostLetters)))));
    }

    [Theory]
    [InlineData(KeyCode.Enter)]
    [InlineData(KeyCode.Escape)]
    [InlineData(KeyCode.Tab)]
    [InlineData(KeyCode.Up)]
    public void Other_keys_edit_nothing(KeyCode code) => Assert.Null(LineOf("a|").Edit(Key.Named(code)));

    [Theory]
    [InlineData("abc|", 10, "abc", 3)]
    [InlineData("abcdef|", 4, "def", 3)]
    [InlineData("|abcdef", 4, "abcd", 0)]
    [InlineData("한국어|", 5, "국어", 4)]
    [InlineData("한국|어", 1, "", 0)]
    [InlineData("|", 3, "", 0)]
    public void The_part_with_the_cursor_is_shown(string line, int width, string shown, int column) =>
        Assert.Equal((shown, column), LineOf(line).Fit(width));

    private static InputLine LineOf(string text) => new(text.Replace("|", "", StringComparison.Ordinal), text.IndexOf('|', StringComparison.Ordinal));

    private static string Text(InputLine? line) => line!.Text.Insert(line.Cursor, "|");
}
