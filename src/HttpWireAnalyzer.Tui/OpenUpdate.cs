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
        ViewKind.Findings => GroupUpdate.HeadAt(model) is { } head ? GroupUpdate.Open(model, head.Rule) : OpenFinding(model),
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
        return model.RowAt(list, list.Cursor) == number ? list.Cursor : list.PlaceOf(number);
    }

    private static Step Exchange(Model model)
    {
        if (model.RowAt(model.Exchanges, model.Exchanges.Cursor) is not (>= 0 and var row))
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var exchange = model.Capture.Rows.Exchanges[row];
        return DetailUpdate.Open(model, exchange.Connection, ViewKind.Story, exchange.Frame);
    }

    /// <summary>The connections of the pool.</summary>
    private static Step Pool(Model model)
    {
        if (model.RowAt(model.Pools, model.Pools.Cursor) is not (>= 0 and var row))
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var pool = model.Capture.Pools!.Pools[row];
        return Connections(model, CellText.Between(pool.Client, pool.Server));
    }

    /// <summary>The finding under the cursor, of a rule the worst one; null where there is none.</summary>
    public static Finding? FindingAt(Model model) => model.RowAt(model.Findings, model.Findings.Cursor) is >= 0 and var row
        ? model.Capture.Findings!.Findings[row]
        : null;

    /// <summary>The packets of the finding's connection, at the first or the last one that shows it.</summary>
    public static Step PacketOfFinding(Model model, int direction)
    {
        if (FindingAt(model) is not { } finding)
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var frame = (direction > 0 ? finding.From : finding.To).Number;
        var number = finding.Subject is { Connection: < 0, Pool: { } pool } ? ConnectionOf(model, pool, frame) : finding.Subject.Connection;
        return number >= 0 ? DetailUpdate.Open(model, number, ViewKind.Packets, frame, finding) : OpenFinding(model);
    }

    /// <summary>The connection of a pool that the packet is of; -1 where the rows do not tell.</summary>
    private static int ConnectionOf(Model model, PoolName pool, long frame)
    {
        // Connections that were open at once lie near each other: their rows are in the order in which they opened.
        const int MostRows = 10_000;
        const int None = -1;
        const int Several = -2;
        var rows = model.Capture.Rows.Connections;
        var last = LastOpenedBy(model, frame);
        var found = None;
        for (var number = last; number >= int.Max(0, last - MostRows); number--)
        {
            var row = rows[number];
            if (row.Server != pool.Server || (pool.Client != default && row.ClientAddress != pool.Client) || row.LastFrame < frame)
            {
                continue;
            }

            if (row.FirstFrame == frame || row.CloseFrame == frame || row.ReasonFrame == frame)
            {
                return number;
            }

            found = found == None ? number : Several;
        }

        return int.Max(found, None);
    }

    /// <summary>The last connection whose first packet is not behind that one.</summary>
    private static int LastOpenedBy(Model model, long frame)
    {
        var (low, high) = (-1, model.Capture.Connections - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = model.Capture.Rows.Connections[middle].FirstFrame <= frame ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The story, at the first packet that shows it; or the connections of the pool.</summary>
    private static Step OpenFinding(Model model) => FindingAt(model) switch
    {
        null => Update.Say(model, model.Wording.NoRows, isError: true),
        { Subject.Connection: >= 0 } finding => DetailUpdate.Open(model, finding.Subject.Connection, ViewKind.Story, finding.From.Number, finding),
        { Subject.Pool: { } pool } => Connections(model, pool.Client == default ? CellText.To(pool.Server) : CellText.Between(pool.Client, pool.Server)),
        _ => Update.Say(model, model.Wording.OfWholeCapture),
    };

    private static Step Ports(Model model)
    {
        if (model.RowAt(model.Ports, model.Ports.Cursor) is not (>= 0 and var row))
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
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
