using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>What is odd about when a request, or its answer, was sent: neither message tells it by itself.</summary>
internal static class ExchangeJudge
{
    /// <param name="pending">Has a request, and all that is given on is known of it but this.</param>
    /// <param name="isAfterClose">The client had sent or received the close option before the request.</param>
    public static void Judge(ref PendingExchange pending, bool isAfterClose, IExchangeSink sink)
    {
        var found = HttpAnomalies.None;

        // RFC 9112 §9.6: no request after close was sent, nor after it was received: the client had acknowledged it.
        if (isAfterClose)
        {
            found |= HttpAnomalies.RequestAfterClose;
        }

        // RFC 9112 §9.3.2.
        if (pending.Exchange.PipelineDepth > 1 && !pending.Exchange.Request!.IsIdempotent)
        {
            found |= HttpAnomalies.NonIdempotentPipelined;
        }

        // The responder had not acknowledged the request's end when it began to answer.
        if (pending.RequestEnded && pending.ResponseBegan && pending.RequestFate == MessageFate.Whole
            && pending.ResponseSent < pending.RequestEndSent
            && pending.ResponderHad >= 0 && pending.ResponderHad < pending.Exchange.RequestTrace.EndOffset)
        {
            found |= HttpAnomalies.EarlyResponse;
        }

        if (found != HttpAnomalies.None)
        {
            Tell(found, ref pending.Exchange, sink);
        }
    }

    /// <summary>Apart from its caller, which has most exchanges pass.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tell(HttpAnomalies found, ref HttpExchange exchange, IExchangeSink sink)
    {
        exchange.Anomalies |= found;
        HttpRemark remark = new(
            exchange.Connection, exchange.Ordinal, exchange.Requester, found & HttpAnomalies.RequestAfterClose,
            exchange.RequestTrace.HeadOffset, exchange.PipelineDepth, exchange.RequestTrace.Start);
        Tell(remark, sink);
        Tell(remark with { Kind = found & HttpAnomalies.NonIdempotentPipelined }, sink);
        Tell(
            new HttpRemark(
                exchange.Connection, exchange.Ordinal, exchange.Requester.Other(), found & HttpAnomalies.EarlyResponse,
                exchange.ResponseTrace.HeadOffset, 0, exchange.ResponseTrace.Start),
            sink);
    }

    private static void Tell(in HttpRemark remark, IExchangeSink sink)
    {
        if (remark.Kind != HttpAnomalies.None)
        {
            sink.OnHttpRemark(remark);
        }
    }
}
