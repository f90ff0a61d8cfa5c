using System.Collections.Immutable;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Searching;
using HttpWireAnalyzer.Tui.Texts;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.Tui;

/// <summary>All that the screen shows. It stays as it is: an update makes another one.</summary>
internal sealed record Model
{
    public required CaptureState Capture { get; init; }

    /// <summary>The capture as the user named it.</summary>
    public required string Name { get; init; }

    public required Wording Wording { get; init; }

    public required IRulePages Pages { get; init; }

    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    /// <summary>What letters stand on; unknown keeps to the colours that the terminal has names for.</summary>
    public Background Background { get; init; }

    public ViewKind View { get; init; } = ViewKind.Connections;

    /// <summary>Where q leads back to, the last one first.</summary>
    public ImmutableStack<ViewKind> Back { get; init; } = [];

    /// <summary>It is known which processes are at the ends of connections.</summary>
    public bool HasProcesses { get; init; }

    /// <summary>The cursor begins at the client: f and = list its connections.</summary>
    public ListState Connections { get; init; } = new() { Kind = ListKind.Connections, Column = ConnectionColumns.ClientColumn };

    public ListState Exchanges { get; init; } = new() { Kind = ListKind.Exchanges };

    public ListState Pools { get; init; } = new() { Kind = ListKind.Pools };

    public ListState Findings { get; init; } = new() { Kind = ListKind.Findings };

    public ListState Ports { get; init; } = new() { Kind = ListKind.Ports };

    /// <summary>Null until it was asked for.</summary>
    public IReadOnlyList<PortStanding>? Standings { get; init; }

    /// <summary>What if connections of a pool were kept; null until it was asked for.</summary>
    public WhatIfState? WhatIf { get; init; }

    /// <summary>The connection that is looked at; null before there is one.</summary>
    public DetailState? Detail { get; init; }

    /// <summary>The rule that is read about; null before there is one.</summary>
    public RuleState? Rule { get; init; }

    /// <summary>The spec that was made last; null before there is one.</summary>
    public AssertionState? Assertion { get; init; }

    /// <summary>Lines that the overview is scrolled by.</summary>
    public int OverviewTop { get; init; }

    /// <summary>Null while no line is being typed.</summary>
    public Prompt? Prompt { get; init; }

    public Notice? Notice { get; init; }

    /// <summary>Lines that the help is scrolled by; null while it is not shown.</summary>
    public int? HelpTop { get; init; }

    /// <summary>A key that waits for another: m, ' or f; '\0' for none.</summary>
    public char Pending { get; init; }

    /// <summary>Connections that were marked with a letter.</summary>
    public ImmutableDictionary<char, int> Marks { get; init; } = ImmutableDictionary<char, int>.Empty;

    /// <summary>Connections that are selected, by their numbers.</summary>
    public ImmutableHashSet<int> Selected { get; init; } = [];

    /// <summary>Filters that were asked before, the latest one first.</summary>
    public ImmutableList<string> History { get; init; } = [];

    /// <summary>Text that is looked for; null where none is.</summary>
    public SearchState? Search { get; init; }

    /// <summary>Texts that were looked for before, the latest one first.</summary>
    public ImmutableList<string> Searches { get; init; } = [];

    /// <summary>The cursor stays on the last row while rows come.</summary>
    public bool Follows { get; init; }

    /// <summary>What comes is kept, and not shown.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What was captured meanwhile; null while not paused.</summary>
    public CaptureState? Latest { get; init; }

    public TimeForm Time { get; init; }

    /// <summary>Only one pane is shown where there are several.</summary>
    public bool IsMaximised { get; init; }

    public bool IsEnding { get; init; }

    /// <summary>What is shown is a connection.</summary>
    public bool IsDetail => View is ViewKind.Story or ViewKind.Timeline or ViewKind.Stream or ViewKind.Packets;

    /// <summary>The list of the view; null where it has none.</summary>
    public ListState? List => View switch
    {
        ViewKind.Connections => Connections,
        ViewKind.Exchanges => Exchanges,
        ViewKind.Pools => Pools,
        ViewKind.Findings => Findings,
        ViewKind.Ports => Ports,
        _ => null,
    };

    public ListState ListOf(ListKind kind) => kind switch
    {
        ListKind.Connections => Connections,
        ListKind.Exchanges => Exchanges,
        ListKind.Pools => Pools,
        ListKind.Findings => Findings,
        _ => Ports,
    };

    public Model With(ListState list) => list.Kind switch
    {
        ListKind.Connections => this with { Connections = list },
        ListKind.Exchanges => this with { Exchanges = list },
        ListKind.Pools => this with { Pools = list },
        ListKind.Findings => this with { Findings = list },
        _ => this with { Ports = list },
    };

    /// <summary>Rows of a list, as they are shown.</summary>
    public int RowsOf(ListState list) => list.Order is { } order ? order.Rows.Length : list.Kind switch
    {
        ListKind.Connections => Capture.Connections,
        ListKind.Exchanges => Capture.Exchanges,
        ListKind.Pools => Capture.Pools?.Pools.Count ?? 0,
        ListKind.Findings => Capture.Findings?.Findings.Count ?? 0,
        _ => Standings?.Count ?? 0,
    };

    /// <summary>The row at a place of the list, by its place in the store; -1 where there is none.</summary>
    public int RowAt(ListState list, int place) => place < 0 || place >= RowsOf(list) ? -1 : list.Order?.Rows[place] ?? place;
}

/// <summary>What the screen shows at one time.</summary>
internal enum ViewKind : byte
{
    Overview,
    Connections,
    Exchanges,
    Pools,
    Findings,
    Ports,
    Packets,
    Story,
    Stream,
    Rule,
    Timeline,
    Assertion,
}

/// <summary>How times are shown: since the first packet, since the one before, or of the day (UTC).</summary>
internal enum TimeForm : byte
{
    Relative,
    Delta,
    Absolute,
}

/// <summary>A pool as it would have been with connections kept.</summary>
/// <param name="Replay">Null while the capture is read for it.</param>
internal sealed record WhatIfState(PoolName Pool, PoolReplay? Replay = null);

/// <summary>The page of a rule.</summary>
/// <param name="Top">Lines that it is scrolled by.</param>
internal sealed record RuleState(RuleCard Card, int Top = 0);

/// <summary>A spec of hwa check.</summary>
/// <param name="Top">Lines that it is scrolled by.</param>
internal sealed record AssertionState(string Text, int Top = 0);

/// <summary>What was done, or could not be: shown until the next key.</summary>
internal sealed record Notice(string Text, bool IsError);
