using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>Whether a timeout belongs to the path's waking up (HWA-G004) or to a loss in the middle (HWA-D105).</summary>
internal static class StalePath
{
    /// <summary>Shorter idleness changes nothing on a path: neighbour and NAT entries live longer.</summary>
    public const long LeastIdle = 10 * Timestamp.NanosecondsPerSecond;

    /// <summary>The request itself, after long idleness, had to be sent again.</summary>
    public static bool Concerns(in ExchangeCase exchange) =>
        exchange.Exchange.IdleBefore >= LeastIdle && Repeats(exchange).Any();

    /// <summary>The timed repetitions of the request before the answer began.</summary>
    public static IEnumerable<TcpRemark> Repeats(in ExchangeCase exchange)
    {
        var request = exchange.Exchange.RequestTrace.Start.Number;
        var response = exchange.Exchange.ResponseTrace.Start;
        var sender = exchange.Exchange.Requester;
        return (exchange.Trail?.TcpRemarks ?? []).Where(remark => remark.Kind == TcpRemarkKind.RetransmissionTimeout
            && remark.Sender == sender && remark.Packet.Number > request
            && (response.IsNone || remark.Packet.Number < response.Number));
    }
}
