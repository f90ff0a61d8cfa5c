namespace HttpWireAnalyzer.Findings;

/// <summary>A text in both languages. {name} stands for a measure, as the reader sees it; {name|one|many} for a
/// count with the noun that belongs to it.</summary>
public sealed record Phrase(string English, string Korean)
{
    public string In(Language language) => language == Language.Korean ? Korean : English;

    /// <summary>Both, one sentence after the other; this one alone where there is no other.</summary>
    public Phrase Then(Phrase? next) => next is null ? this : new Phrase($"{English} {next.English}", $"{Korean} {next.Korean}");
}

/// <summary>What findings and stories are told in. Ids and data are the same in all.</summary>
public enum Language : byte
{
    English,
    Korean,
}
