using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Takes what the analysis of a capture gives: for lists, sums and files.</summary>
public interface IConnectionSink
{
    /// <summary>In the order in which exchanges end.</summary>
    /// <param name="ends">Good until this returns. As known then; a connection whose SYN was seen late may turn out to run the other way.</param>
    void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing);

    /// <summary>
    /// In the order of their numbers, as far as those that hand them on wait (<see cref="ConnectionRecords.MostWaiting"/>); of a
    /// live capture, as they end. The record is good until this returns.
    /// </summary>
    void OnConnection(ConnectionRecord connection);
}
