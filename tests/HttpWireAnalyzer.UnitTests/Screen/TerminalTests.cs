using System.Text;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("1", "truecolor", "xterm-256color", ColourDepth.None)]
    [InlineData("", "truecolor", "xterm", ColourDepth.TrueColour)]
    [InlineData(null, "24bit", null, ColourDepth.TrueColour)]
    [InlineData(null, null, "screen-256color", ColourDepth.Palette256)]
    [InlineData(null, "yes", "xterm", ColourDepth.Sixteen)]
    [InlineData(null, null, null, ColourDepth.Sixteen)]
    public void The_environment_says_how_many_colours_there_are(string? noColor, string? colorTerm, string? term, ColourDepth depth) =>
        Assert.Equal(depth, TerminalColours.DepthOf(noColor, colorTerm, term));

    [Theory]
    [InlineData("0;15", true)]
    [InlineData("0;default;7", true)]
    [InlineData("15;0", false)]
    [InlineData("7;8", false)]
    [InlineData("0;default", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Dark_is_what_is_not_said_to_be_light(string? variable, bool isLight) =>
        Assert.Equal(isLight, TerminalColours.IsLight(variable));

    [Fact]
    public void Text_is_copied_in_base64_and_too_much_not_at_all()
    {
        Assert.True(Clipboard.TryEncode("한\e]", out var octets));
        Assert.Equal("\e]52;c;7ZWcG10=\a", Encoding.ASCII.GetString(octets));
        Assert.True(Clipboard.TryEncode(new string('x', Clipboard.MostOctets), out _));
        Assert.False(Clipboard.TryEncode(new string('x', Clipboard.MostOctets + 1), out octets));
        Assert.Empty(octets);
    }
}
