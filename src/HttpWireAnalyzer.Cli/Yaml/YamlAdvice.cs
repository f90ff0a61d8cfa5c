using YamlDotNet.Core;

namespace HttpWireAnalyzer.Cli.Yaml;

/// <summary>Says in the reader's words what the scanner says in its own: what was wanted where, and what is usually amiss.</summary>
internal static class YamlAdvice
{
    private const string Quotes = "a text that begins with one of ! & * > | % @ ` ' \" { [ stands in quotes as a whole, such as 'conn.requests > 1'.";
    private const string Brackets = "',' or the closing bracket is wanted here.";
    private const string NoKey =
        "no key can stand here: is it indented as its neighbours, is there a space behind the ':' above, and is a text with ': ' in quotes?";

    /// <summary>Parts of the scanner's messages; the first that is in one is it.</summary>
    private static readonly (string Said, string Advice)[] All =
    [
        ("found invalid mapping", NoKey),
        ("values are not allowed", NoKey),
        ("expected '-' indicator", "this line is indented as none above it: items of a list begin with '- ' in one column, and their keys stand in one column behind it."),
        ("expected key", "'key: value' is wanted here, with a space behind the ':'."),
        ("expected ':'", "'key: value' is wanted here, with a space behind the ':'."),
        ("cannot start any token", Quotes),
        ("expected comment or line break", Quotes),
        ("unknown escape", "a backslash in \"…\" begins an escape; in '…' it stands for itself."),
        ("quoted scalar, found unexpected end", "this text has no closing quote."),
        ("expected ',' or", Brackets),
        ("While parsing a node", "a value is wanted here, or the closing bracket."),
    ];

    public static YamlFileException On(YamlException error, YamlSource source)
    {
        // The scanner says where it was; the tab is in that line or in one below it.
        if (error.Message.Contains(" tab ", StringComparison.Ordinal) && source.FirstTab((int)error.Start.Line) is { } tab)
        {
            return source.Wrong(tab, 1, "a tab indents this line: YAML wants spaces.");
        }

        var advice = Array.Find(All, one => error.Message.Contains(one.Said, StringComparison.Ordinal)).Advice;
        return source.Wrong(error.Start, 1, advice ?? $"this is no YAML: {error.Message}");
    }
}
