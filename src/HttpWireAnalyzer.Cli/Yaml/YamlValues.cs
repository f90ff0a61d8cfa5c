using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Yaml;

/// <summary>Takes values out of a file's nodes, or says what is wanted in their place.</summary>
internal sealed class YamlValues(YamlSource source)
{
    public YamlSource Source { get; } = source;

    /// <summary>A map that has these keys and no others.</summary>
    public YamlMap Map(YamlNode node, string[] keys)
    {
        var map = node as YamlMap ?? throw Source.Wrong(node, $"keys and values are wanted here: {string.Join(", ", keys)}.");
        foreach (var (key, _) in map.Entries)
        {
            if (!keys.Contains(key.Value, StringComparer.Ordinal))
            {
                throw Source.Wrong(key, $"no such key: {key.Value}.{Suggestion.For(key.Value, keys)} There are {string.Join(", ", keys)}.");
            }
        }

        return map;
    }

    public YamlScalar Scalar(YamlNode node, string wanted) =>
        node as YamlScalar is { Value.Length: > 0 } scalar ? scalar : throw Source.Wrong(node, $"{wanted} is wanted here.");

    public string Text(YamlNode node, string wanted) => Scalar(node, wanted).Value;

    /// <summary>A list, or one item without one.</summary>
    public static IReadOnlyList<YamlNode> Items(YamlNode node) => node is YamlList list ? list.Items : [node];

    public bool Flag(YamlNode node) => Scalar(node, "true or false").Value switch
    {
        "true" => true,
        "false" => false,
        _ => throw Source.Wrong(node, "true or false is wanted here."),
    };

    public long Count(YamlNode node, long least = 0) =>
        node is YamlScalar scalar
        && long.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw Source.Wrong(node, $"a whole number from {least} is wanted here.");

    /// <summary>Nanoseconds.</summary>
    public long Duration(YamlNode node) => Duration(node, Text(node, "a duration such as 70s"));

    /// <summary>The same of what may have a sign before it, for the eye: &gt;= 70s.</summary>
    public long DurationAtLeast(YamlNode node)
    {
        var text = Text(node, "a duration such as 70s");
        return Duration(node, text.StartsWith(">=", StringComparison.Ordinal) ? text[2..].TrimStart() : text);
    }

    /// <param name="more">What else is to be said where it is none of them.</param>
    public TValue OneOf<TValue>(YamlNode node, IReadOnlyList<string> names, IReadOnlyList<TValue> values, string more = "")
    {
        var name = Scalar(node, $"one of {string.Join(", ", names)}").Value;
        var place = names.ToList().IndexOf(name);
        return place >= 0
            ? values[place]
            : throw Source.Wrong(node, $"'{name}' is none of {string.Join(", ", names)}.{Suggestion.For(name, names)}{more}");
    }

    public Severity SeverityOf(YamlNode node) => OneOf(node, Arguments.SeverityNames, Arguments.Severities);

    public RuleCard Rule(YamlNode node)
    {
        var id = Text(node, "the id of a rule, such as HWA-K002,");
        return RuleNames.Find(id, out var problem) ?? throw Source.Wrong(node, problem);
    }

    private long Duration(YamlNode node, string text) =>
        QuantityReader.Nanoseconds(text) ?? throw Source.Wrong(node, $"'{text}' is no duration such as 70s or 200ms.");
}
