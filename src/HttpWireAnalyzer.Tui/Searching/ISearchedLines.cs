namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Lines as they are shown, in which text is looked for.</summary>
internal interface ISearchedLines
{
    int Count { get; }

    /// <summary>The nearest line below one (1), or above it (-1), where the text begins; -1 where there is none.</summary>
    int Next(SoughtText text, int line, int direction);

    /// <summary>Where the text stands on a line, or a part of it.</summary>
    IEnumerable<FoundColumns> On(SoughtText text, int line);
}
