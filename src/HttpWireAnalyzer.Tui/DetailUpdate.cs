using System.Collections.Immutable;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui;

/// <summary>What opens a connection, and moves through its story, streams and packets.</summary>
internal static class DetailUpdate
{
    /// <summary>
    /// Captures up to this size are read again for each connection that the cursor comes to; of larger ones, for those
    /// that are opened: reading takes longer than moving.
    /// </summary>
    private const long PreviewOctets = 32 << 20;

    /// <summary>The connection under the cursor, or the one that is open; -1 where there is none.</summary>
    public static int Current(Model model) => model.View switch
    {
        ViewKind.Connections => model.RowAt(model.Connections, model.Connections.Cursor),
        ViewKind.Exchanges => ExchangeAt(model)?.Connection ?? -1,
        _ => model.Detail?.Number ?? model.RowAt(model.Connections, model.Connections.Cursor),
    };

    /// <summary>Shows a connection in a view; q leads back from there.</summary>
    /// <param name="frame">The packet to go to; 0 for none.</param>
    /// <param name="finding">What it is opened for; null keeps what it was opened for before.</param>
    public static Step Open(Model model, int number, ViewKind view, long frame = 0, Finding? finding = null)
    {
        if (number < 0)
        {
            return Update.Say(model, model.List is null ? model.Wording.NoConnection : model.Wording.NoRows, isError: true);
        }

        var opened = model with { View = view, Back = WayBack(model, view), IsMaximised = false };
        var about = finding ?? (model.IsDetail && model.Detail?.Number == number ? model.Detail.Finding : null);
        return Read(opened, number, frame, about);
    }

    /// <summary>Where q leads from a view: to the one before, and from one that was left before to where it was come to from.</summary>
    private static ImmutableStack<ViewKind> WayBack(Model model, ViewKind view)
    {
        if (view == model.View)
        {
            return model.Back;
        }

        var behind = model.Back;
        while (!behind.IsEmpty)
        {
            behind = behind.Pop(out var left);
            if (left == view)
            {
                return behind;
            }
        }

        return model.Back.Push(model.View);
    }

    /// <summary>Reads the connection, unless it is there.</summary>
    public static Step Read(Model model, int number, long frame = 0, Finding? finding = null)
    {
        if (model.Detail is { } there && there.Number == number && there.Failure is null && (there.Detail is null || !IsUnderWay(model, number)))
        {
            return GoTo(LaidOut(model with { Detail = there with { GoTo = frame, Finding = finding } }));
        }

        var detail = new DetailState { Number = number, GoTo = frame, Finding = finding, Form = model.Detail?.Form ?? default, Side = model.Detail?.Side };
        return new Step(model with { Detail = detail }, new ReadDetail(number));
    }

    /// <summary>Reads the connection under the cursor, or of the exchange under it, where what is shown below the list tells of it.</summary>
    public static Step Preview(Model model)
    {
        if (model.View is not (ViewKind.Connections or ViewKind.Exchanges) || Geometry.Preview(model) == 0
            || model.Capture.Phase is not (CapturePhase.Done or CapturePhase.Live) || model.Capture.Octets > PreviewOctets)
        {
            return model;
        }

        var number = Current(model);
        return number < 0 || model.Detail?.Number == number ? model : Read(model, number);
    }

    public static Step Take(Model model, DetailRead read)
    {
        if (model.Detail is not { } detail || detail.Number != read.Number)
        {
            return model;
        }

        if (read.Detail is null)
        {
            var failure = read.Failure ?? Update.Text(model.Wording.NoDetail, read.Number);
            return Update.Say(model with { Detail = detail with { Failure = failure } }, failure, isError: true);
        }

        var laid = LaidOut(model with { Detail = detail with { Detail = read.Detail, Failure = null } });
        return GoTo(laid);
    }

    /// <summary>Makes the lines of the connection for the width that there is.</summary>
    public static Model LaidOut(Model model)
    {
        if (model.Detail is not { Detail: { } read } detail)
        {
            return model;
        }

        var laid = detail with
        {
            Story = StoryLayout.Of(read.Story, detail.Finding, model.Wording.Language, int.Max(Geometry.LeastWidth, model.Width - 2), model.Time),
            Stream = model.View == ViewKind.Stream ? StreamLayout.Of(read, detail.Form, detail.Side, model.Width) : null,
        };
        return model with { Detail = Kept(model, laid) };
    }

    public static Step Move(Model model, int by) => model switch
    {
        { Detail: null } => model,
        { View: ViewKind.Story, Detail: { } detail } => model with { Detail = Kept(model, detail with { StoryCursor = detail.StoryCursor + by }) },
        { View: ViewKind.Stream, Detail: { } detail } => model with { Detail = Kept(model, detail with { StreamTop = detail.StreamTop + by }) },
        { View: ViewKind.Timeline, Detail: { } detail } => model with { Detail = Kept(model, AtPacket(detail, detail.PacketCursor + by)) },
        { Detail: { Pane: PacketPane.List } detail } => model with { Detail = Kept(model, AtPacket(detail, detail.PacketCursor + by)) },
        { Detail: { Pane: PacketPane.Tree } detail } => model with { Detail = Kept(model, ShowField(model, detail with { TreeCursor = detail.TreeCursor + by })) },
        { Detail: { } detail } => model with { Detail = Kept(model, detail with { HexTop = detail.HexTop + by }) },
    };

    /// <summary>Goes to a line of the view, or of the pane with the cursor.</summary>
    /// <param name="top">The line to stand first on the screen, as far as that can be.</param>
    public static Model ToLine(Model model, int line, int top) => model switch
    {
        { Detail: null } => model,
        { View: ViewKind.Story, Detail: { } detail } => model with { Detail = Kept(model, detail with { StoryCursor = line, StoryTop = top }) },
        { View: ViewKind.Stream, Detail: { } detail } => model with { Detail = Kept(model, detail with { StreamTop = top }) },
        { View: ViewKind.Timeline, Detail: { } detail } => GoTo(model with { Detail = detail with { GoTo = TimelineLayout.Course(detail)[line].Frame } }),
        { Detail: { Pane: PacketPane.List } detail } => model with { Detail = Kept(model, AtPacket(detail with { PacketTop = top }, line)) },
        { Detail: { Pane: PacketPane.Tree } detail } => model with { Detail = Kept(model, ShowField(model, detail with { TreeCursor = line, TreeTop = top })) },
        { Detail: { } detail } => model with { Detail = Kept(model, detail with { HexTop = top }) },
    };

    /// <summary>The timeline, twice as near or as far.</summary>
    public static Step Zoom(Model model, int by)
    {
        if (model.Detail is not { Detail: not null } detail)
        {
            return model;
        }

        return TimelineLayout.Zoomed(detail, by) is { } window
            ? model with { Detail = Kept(model, detail with { Window = window }) }
            : Update.Say(model, model.Wording.NoFurtherZoom);
    }

    /// <summary>Lines on the screen of what the cursor moves in.</summary>
    public static int Page(Model model) => model.View == ViewKind.Packets
        ? model.Detail?.Pane == PacketPane.List ? Geometry.PacketRows(model) : int.Max(1, Geometry.LowerRows(model) - 1)
        : Geometry.DetailRows(model);

    /// <summary>The next line or packet, in that direction, that shows what went wrong.</summary>
    public static Step Evidence(Model model, int direction)
    {
        if (model.Detail is not { Detail: { } read } detail)
        {
            return model;
        }

        if (model.View == ViewKind.Story)
        {
            for (var at = detail.StoryCursor + direction; at >= 0 && at < detail.Story.Count; at += direction)
            {
                if (detail.Story[at].IsEvidence)
                {
                    return model with { Detail = Kept(model, detail with { StoryCursor = at }) };
                }
            }
        }
        else
        {
            var frames = detail.Finding is { } finding
                ? finding.Frames.Select(frame => frame.Number).ToHashSet()
                : detail.Story.Where(row => row.IsEvidence).Select(row => row.Frame).ToHashSet();
            for (var at = detail.PacketCursor + direction; at >= 0 && at < read.Packets.Count; at += direction)
            {
                if (frames.Contains(read.Packets[at].Packet.Number))
                {
                    return model with { Detail = Kept(model, AtPacket(detail, at)) };
                }
            }
        }

        return Update.Say(model, model.Wording.NoEvidence);
    }

    /// <summary>Goes to a packet of the connection, in the view that is shown.</summary>
    private static Model GoTo(Model model)
    {
        if (model.Detail is not { GoTo: > 0, Detail: { } read } detail)
        {
            return model;
        }

        var packet = Place(read.Packets.Count, at => read.Packets[at].Packet.Number, detail.GoTo);
        var story = StoryRowOf(detail.Story, detail.GoTo);
        var gone = AtPacket(detail with { GoTo = 0, StoryCursor = story }, packet);
        return model with { Detail = Kept(model, gone with { StreamTop = gone.Stream?.LineOf(detail.GoTo) ?? 0 }) };
    }

    /// <summary>The packet at a place, with its tree.</summary>
    public static DetailState AtPacket(DetailState detail, int place)
    {
        var at = int.Clamp(place, 0, int.Max(0, (detail.Detail?.Packets.Count ?? 0) - 1));
        var moved = detail with { PacketCursor = at };
        return at == detail.PacketCursor && detail.Tree.Count > 0
            ? moved
            : moved with { Tree = moved.Packet is { } packet ? PacketTree.Of(packet) : [], HexTop = 0 };
    }

    private static bool IsUnderWay(Model model, int number) =>
        number < model.Capture.Connections && model.Capture.Rows.Connections[number].Has(RowFlags.UnderWay);

    private static ExchangeRow? ExchangeAt(Model model) =>
        model.RowAt(model.Exchanges, model.Exchanges.Cursor) is >= 0 and var row ? model.Capture.Rows.Exchanges[row] : null;

    /// <summary>Cursors where there is something, and on the screen.</summary>
    private static DetailState Kept(Model model, DetailState detail)
    {
        var rows = Geometry.DetailRows(model);
        var story = int.Clamp(detail.StoryCursor, 0, int.Max(0, detail.Story.Count - 1));
        var tree = detail.Tree.Count == 0 && detail.Packet is { } packet ? PacketTree.Of(packet) : detail.Tree;
        var field = int.Clamp(detail.TreeCursor, 0, int.Max(0, tree.Count - 1));
        var lower = int.Max(1, Geometry.LowerRows(model) - 1);
        var perLine = Geometry.OctetsPerLine(model, detail);
        var hexLines = ((detail.Packet?.Octets.Length ?? 0) + perLine - 1) / perLine;
        return detail with
        {
            StoryCursor = story,
            StoryTop = Scrolled(detail.StoryTop, story, rows, detail.Story.Count),
            StreamTop = int.Clamp(detail.StreamTop, 0, int.Max(0, (detail.Stream?.Count ?? 0) - rows)),
            PacketTop = Scrolled(detail.PacketTop, detail.PacketCursor, Geometry.PacketRows(model), detail.Detail?.Packets.Count ?? 0),
            Tree = tree,
            TreeCursor = field,
            TreeTop = Scrolled(detail.TreeTop, field, lower, tree.Count),
            HexTop = int.Clamp(detail.HexTop, 0, int.Max(0, hexLines - lower)),
            Window = TimelineLayout.Around(detail),
        };
    }

    /// <summary>The octets of the field under the cursor are on the screen.</summary>
    private static DetailState ShowField(Model model, DetailState detail)
    {
        var at = int.Clamp(detail.TreeCursor, 0, int.Max(0, detail.Tree.Count - 1));
        return detail.Tree.Count == 0 ? detail : detail with { TreeCursor = at, HexTop = detail.Tree[at].Offset / Geometry.OctetsPerLine(model, detail) };
    }

    private static int Scrolled(int top, int cursor, int shown, int count) =>
        int.Clamp(int.Clamp(top, int.Max(0, cursor - shown + 1), int.Max(0, cursor)), 0, int.Max(0, count - shown));

    /// <summary>The last line of the course that tells of the packet, or of one before it.</summary>
    private static int StoryRowOf(IReadOnlyList<StoryRow> story, long frame)
    {
        var found = 0;
        for (var at = 0; at < story.Count; at++)
        {
            found = story[at] is { Part: StoryPart.Course, Frame: > 0 and var told } && told <= frame && (story[found].Frame != told) ? at : found;
        }

        return found;
    }

    /// <summary>The last place whose number is not above.</summary>
    private static int Place(int count, Func<int, long> numberAt, long number)
    {
        var (low, high) = (0, count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = numberAt(middle) <= number ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
