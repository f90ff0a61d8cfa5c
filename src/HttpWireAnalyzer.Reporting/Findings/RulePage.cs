using System.Text.RegularExpressions;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>A line of a rule's page.</summary>
public readonly record struct RuleLine(string Text, bool IsHeading = false);

/// <summary>What is to be known of a rule, as lines: its page, and its thresholds as they are.</summary>
public static partial class RulePage
{
    /// <param name="page">In Markdown, as docs/findings has it.</param>
    public static IEnumerable<RuleLine> Lines(RuleCard card, string page, int width, Language language) =>
        [.. InLanguage(card, width, language), .. Blocks(page, width), .. Thresholds(card, width, language)];

    /// <summary>
    /// The page is English: what the rule itself says in another language stands before it, but for advice with a
    /// finding's measures in it.
    /// </summary>
    private static IEnumerable<RuleLine> InLanguage(RuleCard card, int width, Language language) => language == Language.English
        ? []
        :
        [
            new RuleLine($"{card.Id}: {card.Title.In(language)}", IsHeading: true),
            .. card.Advice.Where(advice => !advice.In(language).Contains('{', StringComparison.Ordinal)).SelectMany(advice => Paragraph("→ ", advice.In(language), width)),
            new RuleLine(""),
        ];

    private static IEnumerable<RuleLine> Thresholds(RuleCard card, int width, Language language) => card.Parameters.Count == 0
        ? []
        :
        [
            new RuleLine(""),
            new RuleLine("Thresholds", IsHeading: true),
            .. card.Parameters.SelectMany(parameter => Paragraph(
                "  ",
                $"rules.{card.Id}.{parameter.Name} = {PhraseText.Of(new Measure(parameter.Name, parameter.Unit, parameter.Usual), language)}: {parameter.Source}",
                width)),
        ];

    /// <summary>Headings, paragraphs and lists: what these pages are made of. Lines of a paragraph are joined and wrapped anew.</summary>
    private static IEnumerable<RuleLine> Blocks(string page, int width)
    {
        var paragraph = new List<string>();
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            var isHeading = line.StartsWith('#');
            var standsAlone = isHeading || line.Length == 0 || line[0] == '|';
            if (standsAlone || line.StartsWith("- ", StringComparison.Ordinal))
            {
                foreach (var wrapped in Wrapped(paragraph, width))
                {
                    yield return wrapped;
                }

                paragraph.Clear();
            }

            if (standsAlone)
            {
                yield return new RuleLine(Plain(isHeading ? line.TrimStart('#', ' ') : line), isHeading);
            }
            else
            {
                paragraph.Add(line.Trim());
            }
        }

        foreach (var wrapped in Wrapped(paragraph, width))
        {
            yield return wrapped;
        }
    }

    private static IEnumerable<RuleLine> Wrapped(List<string> paragraph, int width)
    {
        var text = string.Join(' ', paragraph);
        return text.Length == 0 ? []
            : text.StartsWith("- ", StringComparison.Ordinal) ? Paragraph("• ", Plain(text[2..]), width)
            : Paragraph("", Plain(text), width);
    }

    private static IEnumerable<RuleLine> Paragraph(string bullet, string text, int width)
    {
        foreach (var line in Wrapping.Words(text, width - bullet.Length))
        {
            yield return new RuleLine(bullet + line);
            bullet = new string(' ', bullet.Length);
        }
    }

    private static string Plain(string text) => Link().Replace(text, "$1")
        .Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
