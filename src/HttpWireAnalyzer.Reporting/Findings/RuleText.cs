using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>A rule for people: its page, and its thresholds as they are.</summary>
public sealed class RuleText(TextWriter output, TextStyle style, int width, Language language)
{
    private const int MinimumWidth = 60;

    /// <summary>One line for each rule.</summary>
    public static void WriteList(TextWriter output, TextStyle style, Language language)
    {
        foreach (var card in RuleBook.Cards)
        {
            output.WriteLine($"{style.Bold(card.Id)}  {SeverityText.Of(card.Severity, language),-8} {card.Title.In(language)}");
        }
    }

    /// <param name="page">In Markdown, as docs/findings has it.</param>
    public void Write(RuleCard card, string page)
    {
        foreach (var line in RulePage.Lines(card, page, int.Max(width, MinimumWidth), language))
        {
            output.WriteLine(line.IsHeading ? style.Bold(line.Text) : line.Text);
        }
    }
}
