using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>
/// How meanings look: of the sixteen colours, which everybody sets to their liking. Where a terminal has none, attributes
/// are left, and the signs and words that say the same.
/// </summary>
internal static class Palette
{
    private static readonly Style[] Styles = Made();

    public static Style Of(Tone tone) => Styles[(int)tone];

    private static Style[] Made()
    {
        var styles = new Style[Enum.GetValues<Tone>().Length];
        styles[(int)Tone.Dim] = new Style(TextAttributes.Dim);
        styles[(int)Tone.Bold] = new Style(TextAttributes.Bold);
        styles[(int)Tone.Title] = new Style(TextAttributes.Bold);
        styles[(int)Tone.Client] = new Style(Colour.Cyan);
        styles[(int)Tone.Server] = new Style(Colour.Magenta);
        styles[(int)Tone.Good] = new Style(Colour.Green);
        styles[(int)Tone.Warning] = new Style(Colour.Yellow);
        styles[(int)Tone.Error] = new Style(Colour.Red, Colour.Default, TextAttributes.Bold);
        styles[(int)Tone.Fin] = new Style(Colour.Blue);
        styles[(int)Tone.TimeWait] = new Style(Colour.Blue, Colour.Default, TextAttributes.Dim);
        styles[(int)Tone.Assumed] = new Style(TextAttributes.Dim | TextAttributes.Italic);
        styles[(int)Tone.Key] = new Style(Colour.Cyan, Colour.Default, TextAttributes.Bold);
        styles[(int)Tone.Marked] = new Style(TextAttributes.Reverse);
        return styles;
    }
}
