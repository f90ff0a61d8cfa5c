namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>What / asked for in a text; it stays from view to view, until Escape.</summary>
/// <param name="Found">Where it was found last; null where it was not yet.</param>
internal sealed record SearchState(SoughtText Text, FoundLine? Found = null);

/// <summary>A line, of lines that no cursor moves in.</summary>
/// <param name="Of">What they are the lines of.</param>
internal readonly record struct FoundLine(Whereabouts Of, int Line);

/// <summary>What tells the lines of one view from those of another.</summary>
internal readonly record struct Whereabouts(ViewKind View, bool IsHelp, int Connection, int Packet, int Lines);
