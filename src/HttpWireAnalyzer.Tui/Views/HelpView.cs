using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The keys of the view that is shown, then signs and commands.</summary>
internal static class HelpView
{
    private const int KeyWidth = 16;

    public static void Draw(Model model, Sheet sheet, int top)
    {
        var lines = Lines(model);
        for (var i = 0; i < Geometry.Body(model) && top + i < lines.Count; i++)
        {
            sheet.Put(1, Geometry.BodyTop + i, lines[top + i], sheet.Width - 1);
        }
    }

    public static int LineCount(Model model) => Lines(model).Count;

    public static int LastTop(Model model) => int.Max(0, LineCount(model) - Geometry.Body(model));

    public static IReadOnlyList<IReadOnlyList<Run>> Lines(Model model)
    {
        var place = Bindings.PlaceOf(model);
        List<IReadOnlyList<Run>> lines = [Title(Update.Text(model.Wording.HelpOf, model.Wording.Views[model.View]))];
        foreach (var binding in Bindings.Of(place))
        {
            lines.AddRange(Lines(string.Join(" ", binding.Keys), model.Wording.Acts[binding.Act], Tone.Key, model.Width));
        }

        lines.Add([]);
        lines.Add(Title(model.Wording.SignsTitle));
        lines.AddRange(SignsOf(model).SelectMany(sign => Lines(sign.Sign, sign.Meaning, Tone.Bold, model.Width)));
        lines.Add([]);
        lines.Add(Title(model.Wording.Commands));
        lines.AddRange(model.Wording.CommandLines.SelectMany(line => Lines(line.Command, line.Meaning, Tone.Key, model.Width)));
        return lines;
    }

    private static IReadOnlyList<(string Sign, string Meaning)> SignsOf(Model model) =>
        model.View == ViewKind.Timeline ? model.Wording.TimelineSigns : model.Wording.Signs;

    private static Run[] Title(string text) => [new Run(text, Tone.Title)];

    private static IEnumerable<IReadOnlyList<Run>> Lines(string key, string meaning, Tone tone, int width)
    {
        var before = key.PadRight(KeyWidth) + " ";
        foreach (var part in Folding.Words(meaning, int.Max(10, width - before.Length - 2)))
        {
            yield return [new Run(before, tone), new Run(part)];
            before = new string(' ', before.Length);
        }
    }
}
