using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class InputLineTests
{
    [Theory]
    [InlineData("ae\u0301|", "a|e\u0301", "ae\u0301|")]
    [InlineData("a|e\u0301b", "|ae\u0301b", "ae\u0301|b")]
    [InlineData("a👍|b", "a|👍b", "a👍b|")]
    [InlineData("|", "|", "|")]
    public void The_cursor_moves_by_letters_as_they_are_seen(string line, string left, string right) =>
        Assert.Equal((left, right), (Text(LineOf(line).ToLeft()), Text(LineOf(line).ToRight())));

    [Theory]
    [InlineData("conn.to == 80|", "conn.to == 8|", "conn.to == 80|")]
    [InlineData("|abc", "|abc", "|bc")]
    [InlineData("한|국", "|국", "한|")]
    [InlineData("👍|👍b", "|👍b", "👍|b")]
    [InlineData("ae\u0301|", "a|", "ae\u0301|")]
    [InlineData("a|e\u0301", "|e\u0301", "a|")]
    public void A_letter_is_erased_in_whole(string line, string left, string right) =>
        Assert.Equal((left, right), (Text(LineOf(line).EraseLeft()), Text(LineOf(line).EraseRight())));

    [Theory]
    [InlineData("conn.to == |x", "conn.|x")]
    [InlineData("conn.close.first|", "conn.close.|")]
    [InlineData("/카페 e\u0301te\u0301|", "/카페 |")]
    [InlineData("|x", "|x")]
    public void A_word_is_erased_with_what_stands_behind_it(string line, string left) => Assert.Equal(left, Text(LineOf(line).EraseWord()));

    [Fact]
    public void All_before_and_behind_the_cursor_is_left_and_erased_at_once()
    {
        var line = LineOf("ab|cd");
        Assert.Equal(("|abcd", "abcd|"), (Text(line.ToStart()), Text(line.ToEnd())));
        Assert.Equal(("|cd", "ab|"), (Text(line.EraseToStart()), Text(line.EraseToEnd())));
    }

    [Fact]
    public void What_is_put_in_stays_one_line()
    {
        Assert.Equal("a한|b", Text(LineOf("a|b").Insert("한")!));
        Assert.Equal("a[31mbcx|", Text(LineOf("a|").Insert("\e[31mb\nc\u009Bx")!));
        Assert.Null(LineOf("a|").Insert(new string('x', InputLine.MostLetters)));
    }

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

    private static string Text(InputLine line) => line.Text.Insert(line.Cursor, "|");
}
