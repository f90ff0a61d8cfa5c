using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public sealed class CaretPictureTests
{
    /// <summary>What is wrong is always "b".</summary>
    [Theory]
    [InlineData("a b", "  a b", "    ^")]
    [InlineData(@"a\.\\ b", @"  a\.\\ b", "        ^")]
    [InlineData("a\t\x1b b", @"  a\t\x1b b", "          ^")]
    [InlineData("\u202e b", @"  \u202e b", "         ^")]
    [InlineData("\\\n b", @"  \\n b", "      ^")]
    [InlineData("가 b", "  가 b", "     ^")]
    public void A_filter_is_shown_as_it_was_typed_with_the_caret_below(string filter, string shown, string caret)
    {
        var at = filter.IndexOf('b', StringComparison.Ordinal);
        Assert.Equal([shown, caret], CaretPicture.Of(filter, at, at + 1));
    }

    [Fact]
    public void What_is_wrong_is_as_wide_as_it_is_shown() =>
        Assert.Equal(["  a \"\\d\"", "    ^~~~"], CaretPicture.Of("a \"\\d\"", 2, 6));
}
