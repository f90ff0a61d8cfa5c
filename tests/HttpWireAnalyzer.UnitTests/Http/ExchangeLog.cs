using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>The text that a page's log block holds: one line for each exchange, remark and summary.</summary>
internal static class ExchangeLog
{
    public static string Of(ExchangeRecorder recorder)
    {
        StringBuilder log = new();
        foreach (var exchange in recorder.Exchanges)
        {
            Write(log, exchange);
        }

        foreach (var remark in recorder.Remarks.OrderBy(r => r.Sender).ThenBy(r => r.Offset).ThenBy(r => r.Kind))
        {
            log.Append(CultureInfo.InvariantCulture, $"remark {remark.Sender} @{remark.Offset} {remark.Kind}");
            log.Append(remark.Value != 0 ? $" {remark.Value}" : string.Empty).Append('\n');
        }

        foreach (var summary in recorder.Summaries)
        {
            log.Append(CultureInfo.InvariantCulture, $"summary {summary.Protocol}");
            log.Append(summary.SwitchedTo != ApplicationProtocol.Unknown ? $" then {summary.SwitchedTo}" : string.Empty);
            log.Append(CultureInfo.InvariantCulture, $" requests {summary.Requests} responses {summary.Responses}");
            log.Append(CultureInfo.InvariantCulture, $" unanswered {summary.Unanswered} depth {summary.MaxPipelineDepth}\n");
        }

        return log.ToString();
    }

    private static void Write(StringBuilder log, in HttpExchange exchange)
    {
        log.Append(CultureInfo.InvariantCulture, $"exchange {exchange.Ordinal} {exchange.End}");
        log.Append(exchange.Pairing != PairingConfidence.Certain ? $" ({exchange.Pairing})" : string.Empty);
        log.Append(exchange.Requester != Side.Client ? " asked by the server's side" : string.Empty);
        log.Append(exchange.TunnelDepth > 0 ? $" in tunnel {exchange.TunnelDepth}" : string.Empty);
        log.Append(exchange.PipelineDepth > 1 ? $" depth {exchange.PipelineDepth}" : string.Empty);
        log.Append(exchange.IdleBefore >= 0 ? $" idle {exchange.IdleBefore / 1_000_000}ms" : string.Empty);
        log.Append(CultureInfo.InvariantCulture, $" {exchange.Persistence.Verdict}/{exchange.Persistence.Rule}\n");
        if (exchange.Request is { } request)
        {
            log.Append(CultureInfo.InvariantCulture, $"  {request.Method} {request.Target} {request.Version}");
            Write(log, exchange.RequestTrace);
        }

        foreach (var interim in exchange.Interims ?? [])
        {
            log.Append(CultureInfo.InvariantCulture, $"  {interim.Status} interim\n");
        }

        if (exchange.Response is { } response)
        {
            log.Append(CultureInfo.InvariantCulture, $"  {response.Status} {response.Version}");
            Write(log, exchange.ResponseTrace);
        }

        if (exchange.Anomalies != HttpAnomalies.None)
        {
            log.Append(CultureInfo.InvariantCulture, $"  odd: {exchange.Anomalies}\n");
        }
    }

    private static void Write(StringBuilder log, in MessageTrace trace)
    {
        log.Append(
            CultureInfo.InvariantCulture, $" head {trace.HeadOffset} body {trace.BodyOffset} end {trace.EndOffset} {trace.Rule}");
        log.Append(CultureInfo.InvariantCulture, $" {trace.BodyOctets}");
        log.Append(trace.ExpectedBodyOctets >= 0 ? $" of {trace.ExpectedBodyOctets}" : string.Empty);
        log.Append(trace.Chunks > 0 ? $" in {trace.Chunks} chunks" : string.Empty);
        log.Append(trace.MissingOctets > 0 ? $" missing {trace.MissingOctets}" : string.Empty);
        log.Append(trace.Trailers is { } trailers ? $" trailers {trailers.Replace("\r\n", "|", StringComparison.Ordinal)}" : string.Empty);
        log.Append(trace.HeadEnd.IsNone ? " head cut" : string.Empty);
        log.Append(trace.Complete ? string.Empty : " incomplete").Append('\n');
    }
}
