using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>
/// What makes a recorder write: the one place that turns what analysis says into a reason. An exchange or a connection
/// that a display filter accepts is one, when it ends.
/// </summary>
/// <param name="filter">As the user wrote it: the file says it.</param>
/// <param name="onExchanges">Exchanges are reasons, and their connections not once more.</param>
internal sealed class RecordingTriggers(string filter, bool onExchanges, IRecordingTrigger trigger) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => Fire(
        exchange.EndedBy,
        string.Create(CultureInfo.InvariantCulture, $"exchange {exchange.Ordinal} of connection {exchange.Connection.Number}"));

    public void OnConnection(ConnectionRecord connection)
    {
        if (!onExchanges)
        {
            Fire(connection.Tcp.Last, string.Create(CultureInfo.InvariantCulture, $"connection {connection.Number}"));
        }
    }

    private void Fire(PacketRef evidence, string what) => trigger.Fire(evidence, $"{what}: {filter}");
}
