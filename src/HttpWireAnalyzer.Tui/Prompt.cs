using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui;

/// <summary>A line that is being typed, and what for.</summary>
internal sealed record Prompt
{
    public required PromptKind Kind { get; init; }

    public required InputLine Line { get; init; }

    /// <summary>Why it cannot be taken as it stands; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>What may stand at the cursor.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>The part of the text that a candidate takes the place of.</summary>
    public int ReplacedFrom { get; init; }

    /// <summary>The candidate that was taken last; -1 for none.</summary>
    public int Chosen { get; init; } = -1;

    /// <summary>Place in the history; -1 for what is typed.</summary>
    public int Past { get; init; } = -1;
}

internal enum PromptKind : byte
{
    Filter,
    Command,

    /// <summary>Text to look for.</summary>
    Search,
}
