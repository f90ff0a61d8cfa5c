using System.Text;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("1", "truecolor", "xterm-256color", ColourDepth.None)]
    [InlineData("", "truecolor", "xterm", ColourDepth.TrueColour)]
    [InlineData(null, "24bit", null, ColourDepth.TrueColour)]
    [InlineData(null, null, "xterm-direct", ColourDepth.TrueColour)]
    [InlineData(null, null, "screen-256color", ColourDepth.Palette256)]
    [InlineData(null, "yes", "xterm", ColourDepth.Sixteen)]
    [InlineData(null, null, null, ColourDepth.Sixteen)]
    public void The_environment_says_how_many_colours_there_are(string? noColor, string? colorTerm, string? term, ColourDepth depth) =>
        Assert.Equal(depth, TerminalColours.DepthOf(noColor, colorTerm, term));

    [Theory]
    [InlineData("0;15", Background.Light)]
    [InlineData("0;default;7", Background.Light)]
    [InlineData("15;0", Background.Dark)]
    [InlineData("7;8", Background.Dark)]
    [InlineData("0;16", Background.Unknown)]
    [InlineData("0;default", Background.Unknown)]
    [InlineData("", Background.Unknown)]
    [InlineData(null, Background.Unknown)]
    public void The_environment_may_say_what_letters_stand_on(string? variable, Background background) =>
        Assert.Equal(background, TerminalColours.BackgroundOf(variable));

    [Theory]
    [InlineData(0, 0, 0, Background.Dark)]
    [InlineData(0x2E, 0x34, 0x40, Background.Dark)]
    [InlineData(0x3C, 0x38, 0x36, Background.Dark)]
    [InlineData(0x60, 0x60, 0x60, Background.Unknown)]
    [InlineData(0xC0, 0xC0, 0xC0, Background.Unknown)]
    [InlineData(0xF2, 0xE5, 0xBC, Background.Light)]
    [InlineData(0xFD, 0xF6, 0xE3, Background.Light)]
    [InlineData(255, 255, 255, Background.Light)]
    public void A_colour_is_dark_or_light_or_neither(byte r, byte g, byte b, Background background) =>
        Assert.Equal(background, TerminalColours.BackgroundOf(Colour.Rgb(r, g, b)));

    [Fact]
    public void Text_is_copied_in_base64() =>
        Assert.Equal("\e]52;c;7ZWcG10=\a", Encoding.ASCII.GetString(Clipboard.Encode("한\e]")));

    /// <summary>A letter that has no room for all of its octets is left out.</summary>
    [Theory]
    [InlineData("x", 74_994)]
    [InlineData("한", 24_998)]
    [InlineData("😀", 18_748)]
    public void A_text_is_cut_between_letters_where_there_is_no_room(string letter, int letters)
    {
        var fitting = Clipboard.Fitting(string.Concat(Enumerable.Repeat(letter, 80_000)));
        Assert.Equal(string.Concat(Enumerable.Repeat(letter, letters)), fitting);
        Assert.Equal(fitting, Clipboard.Fitting(fitting));
        Assert.NotEmpty(Clipboard.Encode(fitting));
    }
}
