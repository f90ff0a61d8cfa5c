using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>
/// Asks a display filter of the whole capture, which it reads again: a row has some of a record's fields, a filter may
/// ask for any (docs/decisions/0021-terminal-ui.md).
/// </summary>
internal static class FilterReading
{
    /// <exception cref="Capture.CaptureFormatException">The capture cannot be read again.</exception>
    public static AcceptedRows Of(ICaptureInput input, ListKind list, BoundFilter filter, CancellationToken stop)
    {
        var accepted = new AcceptedRows(filter);
        return list == ListKind.Connections
            ? Connections(input, filter, accepted, stop)
            : Exchanges(input, filter, accepted, stop);
    }

    private static AcceptedRows Connections(ICaptureInput input, BoundFilter filter, AcceptedRows accepted, CancellationToken stop)
    {
        var filtered = new FilteredConnections(filter, accepted);
        Read(input, filtered, filter.For(PacketFields.Set) is null ? null : filtered, stop);
        return accepted;
    }

    private static AcceptedRows Exchanges(ICaptureInput input, BoundFilter filter, AcceptedRows accepted, CancellationToken stop)
    {
        ConnectionTruths? truths = null;
        if (filter.NeedsMore)
        {
            truths = new ConnectionTruths(filter);
            Read(input, truths, filter.For(PacketFields.Set) is null ? null : truths, stop);
        }

        Read(input, new FilteredExchanges(filter, truths, accepted), null, stop);
        return accepted;
    }

    private static void Read(ICaptureInput input, IConnectionSink sink, IPacketSink? packets, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: false);
        AnalysisPipeline.Run(
            source, new PoolAccount(new ConnectionRecords(sink)), input.Options, new AnalysisTaps(Packets: packets), stop);
    }
}

/// <summary>What a filter has accepted.</summary>
internal sealed class AcceptedRows(BoundFilter filter) : IConnectionSink
{
    private readonly HashSet<long> _keys = [];

    public BoundFilter Filter { get; } = filter;

    public int Count => _keys.Count;

    public bool Has(in ConnectionRow row) => _keys.Contains(row.Number);

    public bool Has(in ExchangeRow row) => _keys.Contains(row.Key);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        // Of a list of connections, exchanges are asked and not given on.
        _keys.Add(ExchangeRow.KeyOf(exchange.Connection.Number, exchange.Ordinal));
    }

    public void OnConnection(ConnectionRecord connection) => _keys.Add(connection.Number);
}
