using System.Text.Json;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>A text as one scalar of a spec.</summary>
internal static class YamlText
{
    /// <summary>
    /// Single quotes (YAML 1.2.2 §7.3.2), in which a filter or a path reads as it is typed; double quotes, whose escapes
    /// JSON's are, around what no terminal shows.
    /// </summary>
    public static string Quoted(string text) => text.Any(char.IsControl) || PrintableText.WithoutBidi(text) != text
        ? $"\"{JsonEncodedText.Encode(text)}\""
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
