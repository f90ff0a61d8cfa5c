using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("a && b.pcapng", "'a && b.pcapng'")]
    [InlineData("it's <1>", "'it''s <1>'")]
    [InlineData(@"C:\captures\*.pcapng", @"'C:\captures\*.pcapng'")]
    [InlineData("한글", "'한글'")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    [InlineData("\u202Eback", "\"\\u202Eback\"")]
    public void A_text_reads_as_it_is_where_a_terminal_shows_it(string text, string expected) => Assert.Equal(expected, YamlText.Quoted(text));
}
