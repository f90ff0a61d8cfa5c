using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Tui;

/// <summary>What an update wants done outside of the model.</summary>
internal abstract record Effect;

/// <summary>Read the connection again, with all that is shown of it.</summary>
internal sealed record ReadDetail(int Number) : Effect;

/// <summary>Filter and sort a list.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="CursorRow">The row under the cursor, to be found again; -1 for none.</param>
/// <param name="Language">Of the cells that it may be sorted by.</param>
internal sealed record Arrange(ListKind List, int Asked, string Filter, string? Sort, bool IsDescending, int Rows, int CursorRow, Language Language) : Effect;

internal sealed record CountPorts(int Rows) : Effect;

/// <summary>Read the capture again for the pool, and replay its requests with connections kept.</summary>
internal sealed record ReplayPool(PoolName Pool) : Effect;

/// <summary>Write packets to a file of its own.</summary>
internal sealed record WriteSlice(OutputPath Path, IReadOnlySet<int> Connections) : Effect;

/// <summary>Write a text to a file of its own.</summary>
internal sealed record WriteText(OutputPath Path, string Text) : Effect;

/// <summary>Write a list, of the rows that a filter accepts, to a file of its own.</summary>
internal sealed record WriteList(OutputPath Path, ExportedList List, string Filter, ExportForm Form) : Effect;

/// <summary>Put a text on the terminal's clipboard.</summary>
/// <param name="Text">One that fits there.</param>
internal sealed record Copy(string Text) : Effect;

/// <summary>End the live capture; what was captured stays.</summary>
internal sealed record StopCapture : Effect;

/// <summary>Give the terminal back to the shell until that has the program go on.</summary>
internal sealed record Suspend : Effect;

/// <summary>Draw everything again.</summary>
internal sealed record Redraw : Effect;

/// <summary>Where something is written.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="IsForced">It may take the place of a file that is there.</param>
internal readonly record struct OutputPath(string Name, bool IsForced);
