using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Searching;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Marks the text that is looked for, wherever it stands on the screen.</summary>
internal static class SearchMarks
{
    public static void Draw(Model model, Sheet sheet)
    {
        if (SearchUpdate.TextOf(model) is not { } text)
        {
            return;
        }

        foreach (var shown in SearchedView.Shown(model))
        {
            var found = model.Search?.Found is { } last && last.Of == SearchedView.Where(model, shown.Lines) ? last.Line : -1;
            for (var i = 0; i < shown.Rows && shown.Top + i < shown.Lines.Count; i++)
            {
                foreach (var part in shown.Lines.On(text, shown.Top + i))
                {
                    sheet.Mark(shown.X + part.From, shown.Y + i, int.Min(part.Width, shown.Width - part.From), shown.Top + i == found);
                }
            }
        }
    }
}
