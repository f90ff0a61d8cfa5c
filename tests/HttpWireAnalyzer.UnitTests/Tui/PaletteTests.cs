using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.UnitTests.Screen;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class PaletteTests
{
    /// <summary>Of text, for people who see less (WCAG 2.2, 1.4.3).</summary>
    private const double Legible = 4.5;

    private static readonly Tone[] Tones = Enum.GetValues<Tone>();

    /// <summary>On whatever background the colours are used, greys and hues alike; and reversed, which is the same ratio.</summary>
    [Fact]
    public void Colours_are_legible_where_they_are_used()
    {
        var random = new Random(11);
        var seen = new HashSet<Background>();
        for (var i = 0; i < 20_000; i++)
        {
            var grey = (byte)(i % 256);
            var behind = i < 256 ? Colour.Rgb(grey, grey, grey) : Colour.Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            var background = TerminalColours.BackgroundOf(behind);
            seen.Add(background);
            foreach (var style in Tones.Select(tone => Palette.Of(tone, background)).Where(style => style.Foreground.Kind == ColourKind.Rgb))
            {
                Assert.True(Ratio(style.Foreground, behind) >= Legible, $"{style.Foreground} on {behind}");
            }
        }

        Assert.Equal(3, seen.Count);
    }

    /// <summary>What makes letters fainter would take from that.</summary>
    [Theory]
    [InlineData(Background.Dark)]
    [InlineData(Background.Light)]
    public void There_no_letter_is_dimmed(Background background) =>
        Assert.All(Tones, tone => Assert.False(Palette.Of(tone, background).Attributes.HasFlag(TextAttributes.Dim)));

    [Fact]
    public void Where_nothing_is_known_the_colours_are_the_users() =>
        Assert.All(Tones, tone => Assert.NotEqual(ColourKind.Rgb, Palette.Of(tone, Background.Unknown).Foreground.Kind));

    /// <summary>Also who cannot tell colours apart sees errors, keys and titles.</summary>
    [Theory]
    [InlineData(Background.Unknown)]
    [InlineData(Background.Dark)]
    [InlineData(Background.Light)]
    public void Meanings_look_different(Background background)
    {
        Tone[] told = [Tone.Plain, Tone.Dim, Tone.Bold, Tone.Client, Tone.Server, Tone.Good, Tone.Warning, Tone.Error, Tone.Fin, Tone.TimeWait, Tone.Assumed, Tone.Key];
        Assert.Equal(told.Length, told.Select(tone => Palette.Of(tone, background)).Distinct().Count());
        Assert.All([Tone.Error, Tone.Key, Tone.Title], tone => Assert.True(Palette.Of(tone, background).Attributes.HasFlag(TextAttributes.Bold)));
    }

    /// <summary>A terminal with 256 colours shows what one with all of them shows, and the sixteen are never asked for by the way.</summary>
    [Theory]
    [InlineData(ColourDepth.TrueColour, Background.Dark)]
    [InlineData(ColourDepth.TrueColour, Background.Light)]
    [InlineData(ColourDepth.Palette256, Background.Dark)]
    [InlineData(ColourDepth.Palette256, Background.Light)]
    [InlineData(ColourDepth.Sixteen, Background.Unknown)]
    public void A_terminal_shows_the_colours_that_were_meant(ColourDepth depth, Background background)
    {
        using var session = ScreenSession.Of("http/stale-reuse-post", 100, 30);
        var model = session.Model with { Background = background };
        var sheet = new Sheet(100, 30);
        var terminal = new TerminalEmulator(100, 30);
        HttpWireAnalyzer.Tui.Views.Frame.Draw(model, sheet);
        terminal.Take(new Painter(depth).Paint(sheet.Grid).Span);
        for (var y = 0; y < 30; y++)
        {
            for (var x = 0; x < 100; x++)
            {
                var cell = sheet.Grid[x, y];
                Assert.True(cell.Glyph == Glyph.Blank || cell.Style == terminal.StyleAt(x, y), $"{x} {y}: {cell.Style}");
            }
        }
    }

    [Fact]
    public void An_answer_changes_colours_and_no_letter()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post", 100, 30);
        var before = session.Draw();
        session.Send(new BackgroundTold(Colour.Rgb(255, 255, 255)));
        Assert.Equal((Background.Light, before), (session.Model.Background, session.Draw()));
        session.Send(new BackgroundTold(Colour.Rgb(0, 0, 0)));
        Assert.Equal((Background.Dark, before), (session.Model.Background, session.Draw()));
        session.Send(new BackgroundTold(Colour.Rgb(128, 128, 128)));
        Assert.Equal((Background.Unknown, before), (session.Model.Background, session.Draw()));
    }

    /// <summary>WCAG 2.2, contrast ratio, from the definition.</summary>
    private static double Ratio(Colour one, Colour other)
    {
        var (brighter, darker) = (double.Max(Luminance(one), Luminance(other)), double.Min(Luminance(one), Luminance(other)));
        return (brighter + 0.05) / (darker + 0.05);

        static double Luminance(Colour colour) => (Part(colour.R) * 0.2126) + (Part(colour.G) * 0.7152) + (Part(colour.B) * 0.0722);
        static double Part(byte value) => value <= 10 ? value / 255.0 / 12.92 : double.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
    }
}
