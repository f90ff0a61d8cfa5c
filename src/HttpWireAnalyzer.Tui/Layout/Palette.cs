using System.Diagnostics;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>
/// How each meaning looks: in the sixteen colours, which everybody sets to their liking, and so that the attributes alone
/// tell enough where there are no colours.
/// </summary>
internal static class Palette
{
    private static readonly Style[] Styles = [.. Enum.GetValues<Tone>().Select(Make)];

    public static Style Of(Tone tone) => Styles[(int)tone];

    private static Style Make(Tone tone) => tone switch
    {
        Tone.Plain => Style.Plain,
        Tone.Dim => new Style(TextAttributes.Dim),
        Tone.Bold or Tone.Title => new Style(TextAttributes.Bold),
        Tone.Client => new Style(Colour.Cyan),
        Tone.Server => new Style(Colour.Magenta),
        Tone.Good => new Style(Colour.Green),
        Tone.Warning => new Style(Colour.Yellow),
        Tone.Error => new Style(Colour.Red, attributes: TextAttributes.Bold),
        Tone.Fin or Tone.TimeWait => new Style(Colour.Blue),
        Tone.Assumed => new Style(TextAttributes.Dim | TextAttributes.Italic),
        Tone.Key => new Style(Colour.Cyan, attributes: TextAttributes.Bold),
        Tone.Marked => new Style(TextAttributes.Reverse),
        _ => throw new UnreachableException(),
    };
}
