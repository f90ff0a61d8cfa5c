using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class GlyphTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("GET /", 5, "GET /")]
    [InlineData("한국어", 6, "한국어")]
    [InlineData("ハンカクｶﾅ", 10, "ハンカクｶﾅ")]
    [InlineData("Ａ１", 4, "Ａ１")]
    [InlineData("👍🚀", 4, "👍🚀")]
    [InlineData("│─▶●", 4, "│─▶●")]
    [InlineData("\U00020000", 2, "\U00020000")]
    public void Letters_take_the_columns_of_the_standard(string text, int width, string shown) => AssertShown(text, width, shown);

    [Theory]
    [InlineData("e\u0301", 1, "e\u0301")]
    [InlineData("e\u0301\u0302\u0303\u0304\u0305", 1, "e\u0301\u0302")]
    [InlineData("한\u20DD", 2, "한\u20DD")]
    [InlineData("\u0301a", 1, "a")]
    [InlineData("\u1112\u1161\u11ab", 2, "한")]
    [InlineData("\u1100\u1161\u1100", 4, "가\u1100")]
    [InlineData("\u1161", 1, "\uFFFD")]
    public void Marks_stand_upon_the_letter_before_them(string text, int width, string shown) => AssertShown(text, width, shown);

    [Theory]
    [InlineData("👨\u200D👩\u200D👧", 6, "👨👩👧")]
    [InlineData("👍\U0001F3FD", 2, "👍")]
    [InlineData("❤\uFE0F", 1, "❤")]
    [InlineData("\U0001F1F0\U0001F1F7", 2, "KR")]
    [InlineData("a\u200Bb\u00ADc\uFEFF", 3, "abc")]
    public void What_terminals_disagree_about_is_shown_in_the_one_way(string text, int width, string shown) => AssertShown(text, width, shown);

    [Theory]
    [InlineData("a\e[2Jb", 6, "a␛[2Jb")]
    [InlineData("\0\t\r\n\a\x7F", 6, "␀␉␍␊␇␡")]
    [InlineData("\u009B31m", 4, "\uFFFD31m")]
    [InlineData("a\u202Eb\u2066\u200F", 5, "a\uFFFDb\uFFFD\uFFFD")]
    [InlineData("a\u2028b", 3, "a\uFFFDb")]
    [InlineData("\uFFFF", 1, "\uFFFD")]
    public void What_a_terminal_would_obey_is_shown(string text, int width, string shown) => AssertShown(text, width, shown);

    /// <remarks>Attributes cannot hold it.</remarks>
    [Fact]
    public void Half_a_surrogate_pair_is_shown() => AssertShown("\uD800x\uDC00", 3, "\uFFFDx\uFFFD");

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("한국어", 5, "한국…")]
    [InlineData("한국어", 4, "한…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("abc", 0, "")]
    [InlineData("abc", -3, "")]
    [InlineData("\e\e\e", 2, "\e…")]
    public void A_text_is_cut_between_letters(string text, int width, string cut)
    {
        Assert.Equal(cut, GlyphWidth.Cut(text, width));
        Assert.True(GlyphWidth.Of(cut) <= int.Max(0, width));
    }

    [Fact]
    public void Whatever_the_text_no_control_character_gets_into_a_cell_and_widths_add_up() =>
        Prop.ForAll(Gen.Choose(0, 0xFFFF).Select(unit => (char)unit).ArrayOf().ToArbitrary(), units =>
        {
            var text = new string(units);
            var width = 0;
            var position = 0;
            var reader = new GlyphReader(text);
            while (reader.MoveNext())
            {
                Assert.True(reader.Position > position);
                position = reader.Position;
                width += reader.Width;
                Assert.DoesNotContain(reader.Glyph.ToString().EnumerateRunes(), IsHarmful);
            }

            Assert.Equal(width, GlyphWidth.Of(text));
            Assert.Equal(width, new CellGrid(1, 1).Put(0, 0, text, Style.Plain));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator;

    private static void AssertShown(string text, int width, string shown)
    {
        Assert.Equal(width, GlyphWidth.Of(text));
        var grid = new CellGrid(40, 1);
        Assert.Equal(width, grid.Put(0, 0, text, Style.Plain));
        Assert.Equal(shown + "\n", grid.Dump());
    }
}
