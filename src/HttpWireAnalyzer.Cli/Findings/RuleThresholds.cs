using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>Thresholds of rules, from text: HWA-T007.wait=60s, with or without HWA-.</summary>
internal static class RuleThresholds
{
    /// <summary>The configuration file first, then --set: what is said later counts.</summary>
    /// <param name="given">To --set.</param>
    public static RuleSettings Of(IReadOnlyList<string> given, Terminal terminal)
    {
        var settings = ConfigFile.Read(terminal);
        foreach (var setting in given)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var point = equals < 0 ? -1 : setting.LastIndexOf('.', equals);
            if (point <= 0)
            {
                throw new UsageException($"--set takes RULE.NAME=VALUE, as HWA-T007.wait=60s, not '{setting}'.");
            }

            var rule = setting[..point];
            if (rule.StartsWith(ConfigFile.Rules + ".", StringComparison.Ordinal))
            {
                rule = rule[(ConfigFile.Rules.Length + 1)..];
            }

            settings = With(settings, rule, setting[(point + 1)..equals], setting[(equals + 1)..], out var problem)
                ?? throw new UsageException($"--set: {problem}");
        }

        return settings;
    }

    /// <inheritdoc cref="Of(IReadOnlyList{string}, Terminal)"/>
    public static RuleSettings Of(Request request, Terminal terminal) => Of(request.Settings, terminal);

    /// <summary>Those of a file on top of <paramref name="settings"/>.</summary>
    /// <param name="rules">HWA-T007: {wait: 60s}; null without any.</param>
    /// <exception cref="YamlFileException">One of them is none.</exception>
    public static RuleSettings Of(YamlNode? rules, YamlValues values, RuleSettings settings)
    {
        foreach (var (rule, thresholds) in rules is null ? [] : Entries(rules, values))
        {
            var card = values.Rule(rule);
            foreach (var (name, value) in Entries(thresholds, values))
            {
                settings = With(settings, card.Id, name.Value, values.Text(value, "a threshold"), out var problem)
                    ?? throw values.Source.Wrong(value, problem);
            }
        }

        return settings;
    }

    /// <summary>Null where there is no such threshold, or the value is none of its unit; then the problem is a sentence.</summary>
    public static RuleSettings? With(RuleSettings settings, string rule, string name, string value, out string problem)
    {
        if (RuleNames.Find(rule, out problem) is not { } card)
        {
            return null;
        }

        if (card.Parameters.FirstOrDefault(known => known.Name == name) is not { } parameter)
        {
            problem = card.Parameters.Count == 0
                ? $"{card.Id} has no thresholds."
                : $"{card.Id} has no threshold '{name}'.{Suggestion.For(name, card.Parameters.Select(known => known.Name))}";
            return null;
        }

        if (Read(parameter.Unit, value) is not { } number)
        {
            problem = $"{card.Id}.{name} takes {Wanted(parameter.Unit)}, not '{value}'.";
            return null;
        }

        if (number < parameter.Least)
        {
            problem = $"{card.Id}.{name} takes {PhraseText.Of(new Measure(parameter.Name, parameter.Unit, parameter.Least), Language.English)} or more, not '{value}'.";
            return null;
        }

        return settings.With(card, parameter, number);
    }

    private static IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(YamlNode node, YamlValues values) =>
        (node as YamlMap ?? throw values.Source.Wrong(
            node, "keys and values are wanted here, as in rules: {HWA-K002: {never_checked: 5s}}.")).Entries;

    /// <param name="unit">Of a parameter; <see cref="RuleParameter"/> has no others.</param>
    private static long? Read(MeasureUnit unit, string text) => unit switch
    {
        MeasureUnit.Nanoseconds => QuantityReader.Nanoseconds(text),
        MeasureUnit.Octets => QuantityReader.Octets(text),
        MeasureUnit.Thousandths => QuantityReader.Thousandths(text),
        MeasureUnit.Count => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
        _ => throw new UnreachableException(),
    };

    private static string Wanted(MeasureUnit unit) => unit switch
    {
        MeasureUnit.Nanoseconds => "a duration such as 60s or 200ms",
        MeasureUnit.Octets => "a size such as 64KiB",
        MeasureUnit.Thousandths => "a share such as 20% or 0.2, to a tenth of a percent",
        MeasureUnit.Count => "a whole number",
        _ => throw new UnreachableException(),
    };
}
