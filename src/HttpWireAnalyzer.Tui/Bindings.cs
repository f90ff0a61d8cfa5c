using System.Diagnostics;

namespace HttpWireAnalyzer.Tui;

/// <summary>What a key does.</summary>
internal enum Act : byte
{
    Down,
    Up,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    First,
    Last,
    Left,
    Right,
    Open,
    Back,
    Quit,
    Help,
    Command,
    Overview,
    Connections,
    Exchanges,
    Pools,
    Findings,
    Ports,
    Packets,
    Filter,
    FilterByCell,
    ClearFilter,
    Sort,
    SortBackwards,
    ColumnSet,
    NextEvidence,
    PreviousEvidence,
    NextConnection,
    PreviousConnection,
    Stream,
    Story,
    Form,
    Side,
    NextPane,
    PreviousPane,
    Maximise,
    Mark,
    GoToMark,
    Select,
    Copy,
    Write,
    Follow,
    Pause,
    Time,
    Redraw,
    Suspend,
    Explain,
    Group,
    WhatIf,
    Assert,
    Timeline,
    ZoomIn,
    ZoomOut,
    Later,
    Earlier,
    Search,
    NextMatch,
    PreviousMatch,
    EndSearch,
}

/// <summary>Where a key means something.</summary>
[Flags]
internal enum Places : ushort
{
    Overview = 1,

    /// <summary>Connections and exchanges.</summary>
    Rows = 2,
    Pools = 4,
    Ports = 8,
    Story = 16,
    Stream = 32,
    Packets = 64,

    /// <summary>Only while packets are captured.</summary>
    Live = 128,
    Findings = 256,
    Rule = 512,
    Timeline = 1024,
    Assertion = 2048,
    Lists = Rows | Pools | Findings | Ports,
    Detail = Story | Timeline | Stream | Packets,
    Texts = Overview | Detail | Rule | Assertion,
    All = Lists | Texts,
}

/// <summary>Keys that do one thing. The first is the one that is named.</summary>
/// <param name="IsNamed">It is named at the foot of the screen too, where there is room.</param>
internal sealed record Binding(Act Act, Places Places, bool IsNamed, params string[] Keys);

/// <summary>Every key there is: what is pressed, what the help says and what the foot of the screen names come from here.</summary>
internal static class Bindings
{
    public static readonly IReadOnlyList<Binding> All =
    [
        new(Act.Open, Places.Lists | Places.Story | Places.Timeline, true, "Enter"),
        new(Act.Story, Places.Stream | Places.Packets, true, "Enter"),
        new(Act.NextEvidence, Places.Rows | Places.Findings | Places.Story | Places.Timeline | Places.Packets, true, "e"),
        new(Act.Stream, Places.Rows | Places.Story | Places.Timeline | Places.Packets, true, "x"),
        new(Act.Form, Places.Stream, true, "f"),
        new(Act.Side, Places.Stream, true, "d"),
        new(Act.NextPane, Places.Packets, true, "Tab"),
        new(Act.PreviousPane, Places.Packets, false, "BackTab"),
        new(Act.ZoomIn, Places.Timeline, true, "z"),
        new(Act.ZoomOut, Places.Timeline, true, "Z"),
        new(Act.Filter, Places.Lists, true, "/"),
        new(Act.Search, Places.Texts, true, "/"),
        new(Act.NextMatch, Places.All, false, "n"),
        new(Act.PreviousMatch, Places.All, false, "N"),
        new(Act.EndSearch, Places.Texts, false, "Escape"),
        new(Act.Explain, Places.Findings | Places.Rows | Places.Detail, true, "i"),
        new(Act.WhatIf, Places.Pools, true, "W"),
        new(Act.Group, Places.Findings, true, "o", "`"),
        new(Act.Assert, Places.Rows | Places.Pools | Places.Findings | Places.Detail, true, "a"),
        new(Act.Timeline, Places.Rows | Places.Story | Places.Stream | Places.Packets, true, "z"),
        new(Act.NextConnection, Places.Detail, true, "]"),
        new(Act.PreviousConnection, Places.Detail, true, "["),
        new(Act.FilterByCell, Places.Lists, true, "f"),
        new(Act.Sort, Places.Lists, true, "s"),
        new(Act.SortBackwards, Places.Lists, false, "S"),
        new(Act.ClearFilter, Places.Lists, false, "Escape"),
        new(Act.ColumnSet, Places.Rows, true, "c"),
        new(Act.Follow, Places.Rows | Places.Live, true, "F"),
        new(Act.Pause, Places.Lists | Places.Live, true, "p"),
        new(Act.Overview, Places.All, false, "1"),
        new(Act.Connections, Places.All, false, "2"),
        new(Act.Exchanges, Places.All, false, "3"),
        new(Act.Pools, Places.All, false, "4"),
        new(Act.Findings, Places.All, false, "5"),
        new(Act.Ports, Places.All, false, "6"),
        new(Act.Packets, Places.All, false, "7"),
        new(Act.PreviousEvidence, Places.Rows | Places.Findings | Places.Story | Places.Timeline | Places.Packets, false, "E"),
        new(Act.Maximise, Places.Lists | Places.Packets, false, "\\"),
        new(Act.Time, Places.Story | Places.Timeline | Places.Packets | Places.Rows, false, "t"),
        new(Act.Select, Places.Rows, false, "Space"),
        new(Act.Write, Places.Rows | Places.Detail | Places.Assertion, false, "w"),
        new(Act.Copy, Places.Lists | Places.Detail | Places.Rule | Places.Assertion, false, "y"),
        new(Act.Mark, Places.Rows | Places.Detail, false, "m"),
        new(Act.GoToMark, Places.Rows | Places.Detail, false, "'"),
        new(Act.Later, Places.Timeline, false, "l", "Right", "j", "Down"),
        new(Act.Earlier, Places.Timeline, false, "h", "Left", "k", "Up"),
        new(Act.Down, Places.All & ~Places.Timeline, false, "j", "Down"),
        new(Act.Up, Places.All & ~Places.Timeline, false, "k", "Up"),
        new(Act.Left, Places.Lists, false, "h", "Left"),
        new(Act.Right, Places.Lists, false, "l", "Right"),
        new(Act.HalfDown, Places.All, false, "Ctrl-d"),
        new(Act.HalfUp, Places.All, false, "Ctrl-u"),
        new(Act.PageDown, Places.All, false, "Ctrl-f", "PageDown"),
        new(Act.PageUp, Places.All, false, "Ctrl-b", "PageUp"),
        new(Act.First, Places.All, false, "g", "Home"),
        new(Act.Last, Places.All, false, "G", "End"),
        new(Act.Command, Places.All, false, ":"),
        new(Act.Help, Places.All, true, "?"),
        new(Act.Redraw, Places.All, false, "Ctrl-l"),
        new(Act.Suspend, Places.All, false, "Ctrl-z"),
        new(Act.Back, Places.Detail | Places.Rule | Places.Assertion, true, "q"),
        new(Act.Quit, Places.Lists | Places.Overview, true, "q", "Ctrl-c"),
    ];

    /// <summary>Null for a key that means nothing there.</summary>
    public static Act? Find(string key, Places place)
    {
        foreach (var binding in All)
        {
            if (IsOf(binding, place) && binding.Keys.Contains(key, StringComparer.Ordinal))
            {
                return binding.Act;
            }
        }

        // From anywhere.
        return key == "Ctrl-c" ? Act.Quit : null;
    }

    /// <summary>The keys that mean something there.</summary>
    public static IEnumerable<Binding> Of(Places place) => All.Where(binding => IsOf(binding, place));

    public static Places PlaceOf(Model model)
    {
        var place = model.View switch
        {
            ViewKind.Overview => Places.Overview,
            ViewKind.Connections or ViewKind.Exchanges => Places.Rows,
            ViewKind.Pools => Places.Pools,
            ViewKind.Findings => Places.Findings,
            ViewKind.Ports => Places.Ports,
            ViewKind.Story => Places.Story,
            ViewKind.Stream => Places.Stream,
            ViewKind.Rule => Places.Rule,
            ViewKind.Timeline => Places.Timeline,
            ViewKind.Assertion => Places.Assertion,
            ViewKind.Packets => Places.Packets,
            _ => throw new UnreachableException(),
        };
        return model.Capture.Phase == CapturePhase.Live ? place | Places.Live : place;
    }

    private static bool IsOf(Binding binding, Places place) =>
        (binding.Places & place & ~Places.Live) != 0
        && ((binding.Places & Places.Live) == 0 || (place & Places.Live) != 0);
}
