using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>What is copied fits, and is told.</summary>
public sealed class CopyTests
{
    /// <summary>A letter of Hangul takes three octets.</summary>
    [Theory]
    [InlineData(Language.English, "copied the first 75.0 kB, more has no room: 한한")]
    [InlineData(Language.Korean, "처음 75.0 kB만 복사함, 나머지는 자리가 없음: 한한")]
    public void What_is_too_long_is_copied_in_part_and_told_so(Language language, string notice)
    {
        var (copied, said) = Copy(new string('한', 25_000), language);
        Assert.Equal(Clipboard.MostOctets, Encoding.UTF8.GetByteCount(copied));
        Assert.StartsWith(notice, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_is_copied_whole()
    {
        var text = new string('x', Clipboard.MostOctets);
        var (copied, said) = Copy(text, Language.English);
        Assert.Equal(text, copied);
        Assert.StartsWith("copied: xxx", said, StringComparison.Ordinal);
    }

    private static (string Copied, string Said) Copy(string text, Language language)
    {
        using var session = ScreenSession.Of("http/six-at-a-time", language: language);
        var step = CopyUpdate.Of(session.Model with { View = ViewKind.Assertion, Assertion = new AssertionState(text) });
        return (Assert.IsType<Copy>(Assert.Single(step.Effects)).Text, step.Model.Notice!.Text);
    }
}
