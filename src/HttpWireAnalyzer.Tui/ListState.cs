using System.Collections.Immutable;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui;

/// <summary>A list: what of it is shown, and where the cursor is.</summary>
internal sealed record ListState
{
    public required ListKind Kind { get; init; }

    /// <summary>The display filter; empty for none.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Null for the order of the capture.</summary>
    public string? Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Which columns are shown.</summary>
    public int ColumnSet { get; init; }

    /// <summary>The column under the cursor.</summary>
    public int Column { get; init; }

    public int Cursor { get; init; }

    public int Top { get; init; }

    /// <summary>Null for all rows in their own order.</summary>
    public RowOrder? Order { get; init; }

    /// <summary>The last arrangement that was asked for; what answers another one is out of date.</summary>
    public int Asked { get; init; }

    /// <summary>An arrangement is under way.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>How many packets had been read when it was asked for.</summary>
    public long AskedAt { get; init; }

    /// <summary>When rows that came since are to be arranged, of <see cref="CaptureState.Elapsed"/>.</summary>
    public TimeSpan AgainAt { get; init; }

    /// <summary>Findings stand below their rules.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>Ids of rules whose findings are shown where they are grouped.</summary>
    public ImmutableHashSet<string> OpenRules { get; init; } = [];

    /// <summary>Where a row of the store stands; -1 where it does not.</summary>
    /// <param name="head">The rule that the row stands for; null for a row that stands for itself.</param>
    public int PlaceOf(int row, RuleCard? head = null) => row < 0 ? -1 : Order switch
    {
        null => row,
        { Heads: { } heads, Rows: var rows } => Enumerable.Range(0, rows.Length)
            .FirstOrDefault(place => head is null ? heads[place] is null && rows[place] == row : heads[place]?.Rule == head, -1),
        { Rows: var rows } => Array.IndexOf(rows, row),
    };

    public bool IsArranged => Filter.Length > 0 || Sort is not null;
}

/// <summary>Which rows are shown, and in what order.</summary>
/// <param name="Rows">Their places in the store.</param>
/// <param name="Heads">Of findings below their rules: the rule in each row, null for a finding; null where they are not.</param>
internal sealed record RowOrder(int[] Rows, FindingGroup?[]? Heads = null);

internal enum ListKind : byte
{
    Connections,
    Exchanges,
    Pools,
    Findings,
    Ports,
}
