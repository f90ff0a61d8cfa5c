using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Severities and confidences in words and signs.</summary>
public static class SeverityText
{
    public static string Glyph(Severity severity) => severity switch
    {
        Severity.Error => "✖",
        Severity.Warning => "!",
        Severity.Note => "•",
        _ => "·",
    };

    public static string Of(Severity severity, Language language) => (severity, language) switch
    {
        (Severity.Error, Language.Korean) => "오류",
        (Severity.Warning, Language.Korean) => "경고",
        (Severity.Note, Language.Korean) => "참고",
        (_, Language.Korean) => "정보",
        (Severity.Error, _) => "error",
        (Severity.Warning, _) => "warning",
        (Severity.Note, _) => "note",
        _ => "info",
    };

    /// <summary>So many findings of it: 2 errors, 1 warning, 3 info.</summary>
    public static string Count(int count, Severity severity, Language language) => severity == Severity.Info || language == Language.Korean
        ? $"{Quantity.Count(count)} {Of(severity, language)}"
        : Quantity.Count(count, Of(severity, language), Of(severity, language) + "s");

    public static string Of(Confidence confidence, Language language) => (confidence, language) switch
    {
        (Confidence.Certain, Language.Korean) => "확실",
        (Confidence.Likely, Language.Korean) => "유력",
        (_, Language.Korean) => "가능",
        (Confidence.Certain, _) => "certain",
        (Confidence.Likely, _) => "likely",
        _ => "possible",
    };
}
