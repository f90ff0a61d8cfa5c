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
    public static AcceptedRows Of(ICaptureInput input, CaptureRows rows, ListKind list, BoundFilter filter, CancellationToken stop)
    {
        var accepted = new AcceptedRows();
        return list == ListKind.Connections
            ? Connections(input, rows, filter, accepted, stop)
            : Exchanges(input, rows, filter, accepted, stop);
    }

    private static AcceptedRows Connections(ICaptureInput input, CaptureRows rows, BoundFilter filter, AcceptedRows accepted, CancellationToken stop)
    {
        var filtered = new FilteredConnections(filter, accepted);
        Read(input, rows, filtered, filter.For(PacketFields.Set) is null ? null : filtered, stop);
        return accepted;
    }

    private static AcceptedRows Exchanges(ICaptureInput input, CaptureRows rows, BoundFilter filter, AcceptedRows accepted, CancellationToken stop)
    {
        ConnectionTruths? truths = null;
        if (filter.NeedsMore)
        {
            truths = new ConnectionTruths(filter);
            Read(input, rows, truths, filter.For(PacketFields.Set) is null ? null : truths, stop);
        }

        Read(input, rows, new FilteredExchanges(filter, truths, accepted), null, stop);
        return accepted;
    }

    private static void Read(ICaptureInput input, CaptureRows rows, IConnectionSink sink, IPacketSink? packets, CancellationToken stop)
    {
        var named = input.Owners is null ? sink : new NamedConnections(rows, sink);
        using var source = input.Reopen(keepsExtras: false);
        AnalysisPipeline.Run(
            source, new PoolAccount(new ConnectionRecords(named)), input.Options, new AnalysisTaps(Packets: packets), stop);
    }
}

/// <summary>Gives connections on with the processes at their ends, which the capture has not: their rows have them.</summary>
internal sealed class NamedConnections(CaptureRows rows, IConnectionSink next) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => next.OnExchange(exchange, ends, timing);

    public void OnConnection(ConnectionRecord connection)
    {
        if (connection.Number < rows.Connections.Count)
        {
            connection.Owners = rows.Connections[connection.Number].Owners;
        }

        next.OnConnection(connection);
    }
}

/// <summary>What a filter has accepted.</summary>
internal sealed class AcceptedRows : IConnectionSink
{
    private readonly HashSet<long> _keys = [];

    public bool Has(in ConnectionRow row) => _keys.Contains(row.Number);

    public bool Has(in ExchangeRow row) => _keys.Contains(row.Key);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        // Of a list of connections, exchanges are asked and not given on.
        _keys.Add(ExchangeRow.KeyOf(exchange.Connection.Number, exchange.Ordinal));
    }

    public void OnConnection(ConnectionRecord connection) => _keys.Add(connection.Number);
}
