using System.Diagnostics;
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
        Severity.Info => "·",
        _ => throw new UnreachableException(),
    };

    public static string Of(Severity severity, Language language) => (severity, language) switch
    {
        (Severity.Error, Language.Korean) => "오류",
        (Severity.Warning, Language.Korean) => "경고",
        (Severity.Note, Language.Korean) => "참고",
        (Severity.Info, Language.Korean) => "정보",
        (Severity.Error, Language.English) => "error",
        (Severity.Warning, Language.English) => "warning",
        (Severity.Note, Language.English) => "note",
        (Severity.Info, Language.English) => "info",
        _ => throw new UnreachableException(),
    };

    /// <summary>So many findings of it: 2 errors, 1 warning, 3 info.</summary>
    public static string Count(int count, Severity severity, Language language) => severity == Severity.Info || language == Language.Korean
        ? $"{Quantity.Count(count)} {Of(severity, language)}"
        : Quantity.Count(count, Of(severity, language), Of(severity, language) + "s");

    public static string Of(Confidence confidence, Language language) => (confidence, language) switch
    {
        (Confidence.Certain, Language.Korean) => "확실",
        (Confidence.Likely, Language.Korean) => "유력",
        (Confidence.Possible, Language.Korean) => "가능",
        (Confidence.Certain, Language.English) => "certain",
        (Confidence.Likely, Language.English) => "likely",
        (Confidence.Possible, Language.English) => "possible",
        _ => throw new UnreachableException(),
    };
}
