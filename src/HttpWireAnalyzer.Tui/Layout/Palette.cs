using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>
/// How meanings look. On a background that is known to be dark or light, in colours that are legible there: of xterm's 256,
/// so that who has no more sees the same. On any other, in the sixteen that everybody sets to their liking. Where a terminal
/// has none, attributes are left, and the signs and words that say the same.
/// </summary>
internal static class Palette
{
    private static readonly Style[] Named = Made(
        new Style(TextAttributes.Dim), new Style(TextAttributes.Dim | TextAttributes.Italic),
        Colour.Cyan, Colour.Magenta, Colour.Green, Colour.Yellow, Colour.Red, Colour.Blue, new Style(Colour.Blue, Colour.Default, TextAttributes.Dim));

    private static readonly Style[] OnDark = Made(
        new Style(Hex(0xA8A8A8)), new Style(Hex(0xA8A8A8), Colour.Default, TextAttributes.Italic),
        Hex(0x5FD7FF), Hex(0xFF87FF), Hex(0x87D75F), Hex(0xFFD75F), Hex(0xFF8787), Hex(0x87AFFF), new Style(Hex(0x87AFD7)));

    private static readonly Style[] OnLight = Made(
        new Style(Hex(0x626262)), new Style(Hex(0x626262), Colour.Default, TextAttributes.Italic),
        Hex(0x005F87), Hex(0x8700AF), Hex(0x005F00), Hex(0x875F00), Hex(0xAF0000), Hex(0x005FD7), new Style(Hex(0x5F5F87)));

    public static Style Of(Tone tone, Background background) => (background switch
    {
        Background.Dark => OnDark,
        Background.Light => OnLight,
        _ => Named,
    })[(int)tone];

    private static Colour Hex(int rgb) => Colour.Rgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    private static Style[] Made(
        Style dim, Style assumed, Colour client, Colour server, Colour good, Colour warning, Colour error, Colour fin, Style timeWait)
    {
        var styles = new Style[Enum.GetValues<Tone>().Length];
        styles[(int)Tone.Dim] = dim;
        styles[(int)Tone.Bold] = new Style(TextAttributes.Bold);
        styles[(int)Tone.Title] = new Style(TextAttributes.Bold);
        styles[(int)Tone.Client] = new Style(client);
        styles[(int)Tone.Server] = new Style(server);
        styles[(int)Tone.Good] = new Style(good);
        styles[(int)Tone.Warning] = new Style(warning);
        styles[(int)Tone.Error] = new Style(error, Colour.Default, TextAttributes.Bold);
        styles[(int)Tone.Fin] = new Style(fin);
        styles[(int)Tone.TimeWait] = timeWait;
        styles[(int)Tone.Assumed] = assumed;
        styles[(int)Tone.Key] = new Style(client, Colour.Default, TextAttributes.Bold);
        styles[(int)Tone.Marked] = new Style(TextAttributes.Reverse);
        return styles;
    }
}
