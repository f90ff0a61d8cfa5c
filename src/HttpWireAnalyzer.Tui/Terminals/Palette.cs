using System.Diagnostics;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Terminals;

/// <summary>
/// Meanings as attributes of a terminal (ECMA-48 §8.3.117): the sixteen colours, which everybody sets to his liking, or
/// none of them.
/// </summary>
internal sealed class Palette(bool isColoured)
{
    /// <summary>What selects the attributes, behind a reset.</summary>
    public string Of(Tone tone, bool isReversed) => (isColoured ? Coloured(tone) : Plain(tone)) + (isReversed ? ";7" : "");

    private static string Coloured(Tone tone) => tone switch
    {
        Tone.Plain => "",
        Tone.Dim => ";2",
        Tone.Bold => ";1",
        Tone.Title => ";1",
        Tone.Client => ";36",
        Tone.Server => ";35",
        Tone.Good => ";32",
        Tone.Warning => ";33",
        Tone.Error => ";31;1",
        Tone.Fin => ";34",
        Tone.TimeWait => ";34",
        Tone.Assumed => ";2;3",
        Tone.Key => ";36;1",
        Tone.Marked => ";7",
        _ => throw new UnreachableException(),
    };

    private static string Plain(Tone tone) => tone switch
    {
        Tone.Dim or Tone.Assumed => ";2",
        Tone.Bold or Tone.Title or Tone.Error or Tone.Key => ";1",
        Tone.Marked => ";7",
        _ => "",
    };
}
