namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>A cell of a row, as text, safe to show.</summary>
internal delegate string CellOf<TRow>(in TRow row);

internal delegate SortKey KeyOf<TRow>(in TRow row);

/// <summary>A display filter that accepts rows that are as this one in the column; null where there is none.</summary>
internal delegate string? TermOf<TRow>(in TRow row);

/// <summary>A column of a list.</summary>
/// <param name="Name">As :sort takes it, and as the wording has its title.</param>
/// <param name="Width">What it takes at least.</param>
/// <param name="MaxWidth">What it takes where there is room.</param>
/// <param name="Priority">On a narrow screen the columns with the highest go first; 0 stays.</param>
/// <param name="IsNumber">Aligned to the right.</param>
/// <param name="IsSentence">It is cut before it goes: its beginning says something.</param>
/// <param name="IsEndpoint">It is cut before its port, which tells it from the others.</param>
internal sealed record ListColumn<TRow>(
    string Name, int Width, int MaxWidth, int Priority, bool IsNumber, CellOf<TRow> Cell, KeyOf<TRow> Key, TermOf<TRow> Term, bool IsSentence = false, bool IsEndpoint = false);

/// <summary>Columns that are shown together.</summary>
internal sealed record ColumnSet<TRow>(IReadOnlyList<ListColumn<TRow>> Columns);
