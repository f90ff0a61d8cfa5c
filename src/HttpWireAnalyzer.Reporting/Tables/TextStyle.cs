namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Colour for what has a meaning, and only where it was asked for; every meaning also has words.</summary>
public sealed class TextStyle(bool colour)
{
    public static readonly TextStyle Plain = new(false);

    /// <summary>Titles.</summary>
    public string Bold(string text) => Wrap(text, "1");

    /// <summary>What was inferred, or matters less.</summary>
    public string Dim(string text) => Wrap(text, "2");

    public string Error(string text) => Wrap(text, "31");

    public string Warning(string text) => Wrap(text, "33");

    public string Good(string text) => Wrap(text, "32");

    private string Wrap(string text, string code) => colour && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
