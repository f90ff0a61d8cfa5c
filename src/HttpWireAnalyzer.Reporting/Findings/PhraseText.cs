using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>A phrase with its measures in place.</summary>
public static class PhraseText
{
    /// <summary>A name in braces that no measure has stays as it is: a test holds that there is none.</summary>
    public static string Of(Phrase phrase, IReadOnlyList<Measure> measured, Language language)
    {
        var template = phrase.In(language);
        var text = new StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                AppendLiteral(text, template.AsSpan(at), language);
                break;
            }

            AppendLiteral(text, template.AsSpan(at, open - at), language);
            text.Append(ValueOf(template[(open + 1)..close], measured, language));
            at = close + 1;
        }

        return text.ToString();
    }

    /// <summary>As people read it.</summary>
    public static string Of(in Measure measure, Language language) => measure.Unit switch
    {
        MeasureUnit.Count => Quantity.Count(measure.Value),
        MeasureUnit.Nanoseconds => Quantity.Duration(measure.Value),
        MeasureUnit.Octets => Quantity.Octets(measure.Value),
        MeasureUnit.Thousandths => Quantity.Percent(measure.Value, 1000),
        MeasureUnit.ThousandthsPerSecond => Rate(measure.Value),
        MeasureUnit.Mean => string.Create(CultureInfo.InvariantCulture, $"{measure.Value / 10_000m:0.#}"),
        MeasureUnit.Reason => ReasonText.Of((WhyClosed)measure.Value, language),
        MeasureUnit.Frame => string.Create(CultureInfo.InvariantCulture, $"#{measure.Value}"),
        MeasureUnit.End => Name((Side)measure.Value, language),
        MeasureUnit.Text => PrintableText.Of(MeasureValue.Of(measure)),
        _ => throw new UnreachableException(),
    };

    private static void AppendLiteral(StringBuilder text, ReadOnlySpan<char> literal, Language language)
    {
        if (language == Language.Korean)
        {
            KoreanParticles.Append(text, literal);
        }
        else
        {
            text.Append(literal);
        }
    }

    /// <param name="placeholder">A measure's name; or name|one|many, where the noun depends on the count.</param>
    private static string ValueOf(string placeholder, IReadOnlyList<Measure> measured, Language language)
    {
        var parts = placeholder.Split('|');
        foreach (var measure in measured)
        {
            if (measure.Name == parts[0])
            {
                return parts.Length == 3 ? Quantity.Count(measure.Value, parts[1], parts[2]) : Of(measure, language);
            }
        }

        return "{" + placeholder + "}";
    }

    private static string Rate(long thousandths) =>
        string.Create(CultureInfo.InvariantCulture, $"{thousandths / 1000m:0.#}/s");

    private static string Name(Side side, Language language) => (side, language) switch
    {
        (Side.Client, Language.Korean) => "클라이언트",
        (_, Language.Korean) => "서버",
        (Side.Client, _) => "client",
        _ => "server",
    };
}
