using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The whole screen: a line on the capture, the view, and a line of keys, of what was done, or of what is typed.</summary>
internal static class Frame
{
    /// <summary>Draws on an empty sheet of the model's size.</summary>
    public static void Draw(Model model, Sheet sheet)
    {
        sheet.Background = model.Background;
        if (model.Width < Geometry.LeastWidth || model.Height < Geometry.LeastHeight)
        {
            sheet.Put(0, 0, Sheet.Cut(model.Wording.TooSmall, model.Width), Tone.Error);
            return;
        }

        var isNamed = TopView.Draw(model, sheet);
        if (model.HelpTop is { } helpTop)
        {
            HelpView.Draw(model, sheet, helpTop);
        }
        else
        {
            DrawBody(model, sheet);
        }

        SearchMarks.Draw(model, sheet);
        FootView.Draw(model, sheet, isNamed);
    }

    private static void DrawBody(Model model, Sheet sheet)
    {
        var height = Geometry.Body(model);
        if (model.View == ViewKind.Overview)
        {
            OverviewView.Draw(model, sheet, Geometry.BodyTop, height);
        }
        else if (model.View == ViewKind.Rule)
        {
            RuleView.Draw(model, sheet, Geometry.BodyTop, height);
        }
        else if (model.View == ViewKind.Assertion)
        {
            AssertionView.Draw(model, sheet, Geometry.BodyTop, height);
        }
        else if (model.List is not null)
        {
            var preview = Geometry.Preview(model);
            Lists.Draw(model, sheet, Geometry.BodyTop, height - preview);
            PreviewView.Draw(model, sheet, Geometry.BodyTop + height - preview, preview);
        }
        else
        {
            DetailViews.Draw(model, sheet, Geometry.BodyTop, height);
        }
    }
}
