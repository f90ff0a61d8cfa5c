using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Columns;

namespace HttpWireAnalyzer.Tui;

/// <summary>What Enter opens, and what stands beside it.</summary>
internal static class OpenUpdate
{
    public static Step Of(Model model) => model.View switch
    {
        ViewKind.Connections => DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Story),
        ViewKind.Exchanges => Exchange(model),
        ViewKind.Pools => Pool(model),
        ViewKind.Findings => OpenFinding(model),
        ViewKind.Ports => Ports(model),
        ViewKind.Story => Packet(model),
        ViewKind.Timeline => DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Packets, model.Detail?.Packet?.Packet.Number ?? 0),
        _ => model,
    };

    /// <summary>The story, at the packet under the cursor.</summary>
    public static Step StoryOfPacket(Model model)
    {
        var frame = model.View == ViewKind.Packets ? model.Detail?.Packet?.Packet.Number ?? 0 : 0;
        return DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Story, frame);
    }

    /// <summary>The timeline, at the packet under the cursor where there is one.</summary>
    public static Step Timeline(Model model)
    {
        var frame = model switch
        {
            { View: ViewKind.Story, Detail: { } detail } when detail.StoryCursor < detail.Story.Count => detail.Story[detail.StoryCursor].Frame,
            { View: ViewKind.Packets, Detail.Packet: { } packet } => packet.Packet.Number,
            _ => 0,
        };
        return DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Timeline, frame);
    }

    /// <summary>The connection so many rows on in the list, in the same view.</summary>
    public static Step Neighbour(Model model, int by)
    {
        var list = model.Connections;
        var place = PlaceOf(model, list);
        var at = place + by;
        if (place < 0 || model.RowAt(list, at) is not (>= 0 and var number))
        {
            return Update.Say(model, model.Wording.NoNeighbour);
        }

        return DetailUpdate.Open(model.With(ListUpdate.At(model, list, at)), number, model.View).Then(step => DetailUpdate.LaidOut(step));
    }

    /// <summary>Where the connection that is open stands in the list of connections; -1 where it does not.</summary>
    private static int PlaceOf(Model model, ListState list)
    {
        var number = model.Detail?.Number ?? -1;
        return model.RowAt(list, list.Cursor) == number ? list.Cursor
            : list.Order is { } order ? Array.IndexOf(order.Rows, number)
            : number;
    }

    private static Step Exchange(Model model)
    {
        if (model.RowAt(model.Exchanges, model.Exchanges.Cursor) is not (>= 0 and var row))
        {
            return model;
        }

        var exchange = model.Capture.Rows.Exchanges[row];
        return DetailUpdate.Open(model, exchange.Connection, ViewKind.Story, exchange.Frame);
    }

    /// <summary>The connections of the pool.</summary>
    private static Step Pool(Model model)
    {
        if (model.RowAt(model.Pools, model.Pools.Cursor) is not (>= 0 and var row))
        {
            return model;
        }

        var pool = model.Capture.Pools!.Pools[row];
        return Connections(model, CellText.Between(pool.Client, pool.Server));
    }

    /// <summary>The finding under the cursor; null where there is none.</summary>
    public static Finding? FindingAt(Model model) => model.RowAt(model.Findings, model.Findings.Cursor) is >= 0 and var row
        ? model.Capture.Findings!.Findings[row]
        : null;

    /// <summary>The packets of the finding's connection, at the first or the last one that shows it.</summary>
    public static Step PacketOfFinding(Model model, int direction) => FindingAt(model) is { Subject.Connection: >= 0 } finding
        ? DetailUpdate.Open(model, finding.Subject.Connection, ViewKind.Packets, (direction > 0 ? finding.From : finding.To).Number, finding)
        : OpenFinding(model);

    /// <summary>The story, at the first packet that shows it; or the connections of the pool.</summary>
    private static Step OpenFinding(Model model) => FindingAt(model) switch
    {
        null => model,
        { Subject.Connection: >= 0 } finding => DetailUpdate.Open(model, finding.Subject.Connection, ViewKind.Story, finding.From.Number, finding),
        { Subject.Pool: { } pool } => Connections(model, pool.Client == default ? CellText.To(pool.Server) : CellText.Between(pool.Client, pool.Server)),
        _ => Update.Say(model, model.Wording.OfWholeCapture),
    };

    private static Step Ports(Model model)
    {
        if (model.RowAt(model.Ports, model.Ports.Cursor) is not (>= 0 and var row))
        {
            return model;
        }

        var pool = model.Standings![row].Pool;
        return Connections(model, CellText.Between(pool.Client, pool.Server));
    }

    private static Step Connections(Model model, string filter)
    {
        var there = model with { View = ViewKind.Connections, Back = [], IsMaximised = false };
        return ListUpdate.Filter(there, there.Connections with { Cursor = 0, Top = 0 }, filter);
    }

    private static Step Packet(Model model)
    {
        if (model.Detail is not { Detail: not null } detail || detail.StoryCursor >= detail.Story.Count)
        {
            return model;
        }

        return DetailUpdate.Open(model, detail.Number, ViewKind.Packets, detail.Story[detail.StoryCursor].Frame);
    }
}
