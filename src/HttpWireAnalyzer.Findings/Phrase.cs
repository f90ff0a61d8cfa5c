namespace HttpWireAnalyzer.Findings;

/// <summary>A text in both languages. {name} stands for a measure, as the reader sees it; {name|one|many} for a
/// count with the noun that belongs to it.</summary>
public sealed record Phrase(string English, string Korean)
{
    public string In(Language language) => language == Language.Korean ? Korean : English;
}

/// <summary>What findings are told in. Ids and data are the same in all.</summary>
public enum Language : byte
{
    English,
    Korean,
}
