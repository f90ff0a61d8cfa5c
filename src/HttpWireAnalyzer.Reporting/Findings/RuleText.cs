using System.Text.RegularExpressions;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>A rule for people: its page, and its thresholds as they are.</summary>
public sealed partial class RuleText(TextWriter output, TextStyle style, int width, Language language)
{
    private const int MinimumWidth = 60;

    private readonly int _width = int.Max(width, MinimumWidth);

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
        if (language != Language.English)
        {
            output.WriteLine(style.Bold($"{card.Id}: {card.Title.In(language)}"));
            foreach (var advice in card.Advice)
            {
                WriteParagraph("→ ", advice.In(language));
            }

            output.WriteLine();
        }

        WriteBlocks(page);
        if (card.Parameters.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(style.Bold("Thresholds"));
            foreach (var parameter in card.Parameters)
            {
                var usual = PhraseText.Of(new Measure(parameter.Name, parameter.Unit, parameter.Usual), language);
                WriteParagraph("  ", $"rules.{card.Id}.{parameter.Name} = {usual}: {parameter.Source}");
            }
        }
    }

    /// <summary>Headings, paragraphs and lists: what these pages are made of. Lines of a paragraph are joined and wrapped anew.</summary>
    private void WriteBlocks(string page)
    {
        var paragraph = new List<string>();
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            var begins = line.Length == 0 || line[0] is '#' or '|' || line.StartsWith("- ", StringComparison.Ordinal);
            if (begins)
            {
                Flush(paragraph);
            }

            if (line.StartsWith('#'))
            {
                output.WriteLine(style.Bold(Plain(line.TrimStart('#', ' '))));
            }
            else if (line.StartsWith('|') || line.Length == 0)
            {
                output.WriteLine(Plain(line));
            }
            else
            {
                paragraph.Add(line.Trim());
            }
        }

        Flush(paragraph);
    }

    private void Flush(List<string> paragraph)
    {
        if (paragraph.Count == 0)
        {
            return;
        }

        var text = string.Join(' ', paragraph);
        paragraph.Clear();
        WriteParagraph(text.StartsWith("- ", StringComparison.Ordinal) ? "• " : "", Plain(text.StartsWith("- ", StringComparison.Ordinal) ? text[2..] : text));
    }

    private void WriteParagraph(string bullet, string text)
    {
        foreach (var line in Wrapping.Words(text, _width - bullet.Length))
        {
            output.WriteLine(bullet + line);
            bullet = new string(' ', bullet.Length);
        }
    }

    private static string Plain(string text) => Link().Replace(text, "$1")
        .Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
