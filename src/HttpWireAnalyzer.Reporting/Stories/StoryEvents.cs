using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The lines of a story's course in English, short enough for a column.</summary>
public static class StoryEvents
{
    private const int TargetLength = 40;

    public static string Of(StorySentence sentence) => sentence switch
    {
        SynSent syn => "SYN" + Offer(syn.Offer),
        SynAnswered answer => "SYN-ACK" + Offer(answer.Offer),
        HandshakeCompleted done => "ACK" + After(done.Connect, "open in "),
        PickedUpMidstream => "the capture begins here, in mid-connection",
        RequestSent request => Request(request),
        InterimReceived interim => Interim(interim),
        ResponseReceived response => Response(response),
        ExchangeRun run => Run(run),
        FinSent fin => "FIN" + Times(fin.Copies) + After(fin.Idle, "idle ") + (fin.IsFirst ? "  closes first" : fin.Crossed ? "  crosses the other" : ""),
        FinAcknowledged => "ACK of the FIN",
        RstSent rst => Reset(rst),
        OctetsMissing gap => $"{Quantity.Octets(gap.Length)} from {StoryWords.Name(gap.Of)} not captured "
            + $"({Words.GapCauses[(int)gap.Cause].Text.Replace('_', ' ')})",
        SegmentRemarked remark => SegmentEvents.Of(remark),
        IcmpReported report => IcmpProse.Line(report),
        WebSocketMessageBegan => "first message of the WebSocket",
        WebSocketCloseSent close => WebSocketProse.Of(close),
        MessageRemarked { Kind: HttpAnomalies.Cruft } cruft => $"{Quantity.Octets(cruft.Value)} that belong to no message",
        MessageRemarked { Kind: HttpAnomalies.NonIdempotentPipelined } => "odd: pipelined behind a request that is not idempotent",
        MessageRemarked { Kind: HttpAnomalies.Resynchronised } lost => $"{Quantity.Octets(lost.Value)} passed over, to the next start line",
        MessageRemarked remark => $"odd: {string.Join(", ", Words.Anomalies(remark.Kind).Select(word => word.Text.Replace('_', ' ')))}"
            + (remark.Ordinal > 0 ? $" (exchange {remark.Ordinal})" : ""),
        ConnectionFrame frame => Http2Prose.Line(frame.Frame),
        _ => throw new UnreachableException(),
    };

    private static string Offer(in EndSummary end)
    {
        var text = new StringBuilder();
        if (end.MaximumSegmentSize > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  mss {end.MaximumSegmentSize}");
        }

        if (end.WindowScale >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ws {end.WindowScale}");
        }

        text.Append((end.Options & EndOptions.Sack) != 0 ? "  sack" : "");
        text.Append((end.Options & EndOptions.Timestamps) != 0 ? "  ts" : "");
        text.Append((end.Options & EndOptions.FastOpen) != 0 ? "  tfo" : "");
        return text.ToString();
    }

    private static string Times(int copies) => copies > 1 ? $"  ×{copies}" : "";

    private static string After(long nanoseconds, string before) =>
        nanoseconds < 0 ? "" : $"  {before}{Quantity.Duration(nanoseconds)}";

    private static string Request(RequestSent sent)
    {
        var exchange = sent.Exchange;
        if (exchange.Request is not { } request)
        {
            return "a request";
        }

        var text = new StringBuilder(Http2Prose.Stream(exchange));
        text.Append(PrintableText.Of($"{request.Method} {Shortened(request.Target)}"));
        if (exchange.RequestTrace.BodyOctets > 0)
        {
            text.Append("  ").Append(Quantity.Octets(exchange.RequestTrace.BodyOctets)).Append(Until(exchange.RequestTrace));
        }

        text.Append(request.Version == HttpVersion.Http10 ? "  HTTP/1.0" : "");
        text.Append(request.Version == HttpVersion.Http10 && (request.Connection & ConnectionOptions.KeepAlive) != 0 ? "  keep-alive" : "");
        text.Append(request.ExpectsContinue ? "  Expect: 100-continue" : "");
        text.Append(request.ExpectsContinue && exchange is { InterimResponses: 0, RequestTrace.BodyOctets: > 0 } ? "  sent without a 100" : "");
        text.Append(request.Field("Proxy-Connection") is { } said ? PrintableText.Of("  Proxy-Connection: " + Shortened(said)) : "");
        text.Append(request.Upgrade is null ? "" : PrintableText.Of("  Upgrade: " + Shortened(request.Upgrade)));
        text.Append(exchange.TunnelDepth > 0 ? "  in the tunnel"
            : sent.IsCold ? "  cold"
            : sent.AfterPeerFin >= 0 ? ""
            : After(exchange.IdleBefore, "idle "));
        if (exchange.PipelineDepth > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"  pipelined, {exchange.PipelineDepth} outstanding");
        }

        text.Append((request.Connection & ConnectionOptions.Close) != 0 ? "  Connection: close" : "");
        text.Append(sent.AfterPeerFin >= 0 ? $"  {Quantity.Duration(sent.AfterPeerFin)} after the FIN" : "");
        text.Append(exchange.End switch
        {
            ExchangeEnd.Unanswered => "  never answered",
            ExchangeEnd.RequestTruncated => "  cut off",
            ExchangeEnd.ResponseNotCaptured => exchange.Response is null ? "  answer not captured" : "  answer not captured in full",
            ExchangeEnd.Refused => "  refused, safe to repeat",
            ExchangeEnd.StreamReset when exchange.Response is null => "  reset before an answer",
            _ => "",
        });
        return text.Append(request.IsIdempotent || exchange.End != ExchangeEnd.Unanswered ? "" : ", not safe to repeat").ToString();
    }

    private static string Response(ResponseReceived received)
    {
        var exchange = received.Exchange;
        if (exchange.Response is not { } response)
        {
            return "a response";
        }

        var text = new StringBuilder(Http2Prose.Stream(exchange));
        text.Append(response.Status > 0 ? response.Status.ToString(CultureInfo.InvariantCulture)
            : response.Version == HttpVersion.Http2 ? "status not known"
            : "HTTP/0.9 response");
        text.Append("  ").Append(Body(exchange)).Append(After(received.Wait, "after "));
        text.Append(received.LastOctets.IsNone
            ? Until(exchange.ResponseTrace)
            : Until(exchange.ResponseTrace with { End = received.LastOctets }));
        if (exchange.ResponseTrace.Trailers is { } trailers)
        {
            text.Append("  trailer ").Append(PrintableText.Of(Shortened(trailers.Trim().ReplaceLineEndings(", "))));
        }

        if ((response.Connection & ConnectionOptions.Close) != 0)
        {
            text.Append("  Connection: close");
        }

        if (response.KeepAliveTimeout >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  timeout={response.KeepAliveTimeout}");
        }

        if (response.KeepAliveMax >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  max={response.KeepAliveMax}");
        }

        text.Append(exchange.End == ExchangeEnd.ResponseTruncated ? "  cut off" : "");
        text.Append(exchange is { End: ExchangeEnd.StreamReset, ResponseTrace.Complete: false } ? "  reset before its end" : "");
        return text.Append(exchange.End == ExchangeEnd.Unsolicited ? "  answers nothing" : "").ToString();
    }

    private static string Interim(InterimReceived interim)
    {
        var name = interim.Status switch
        {
            100 => "100 Continue",
            103 => "103 Early Hints",
            _ => interim.Status.ToString(CultureInfo.InvariantCulture),
        };
        return name + (interim.Count > 1 ? $" and {interim.Count - 1} more 1xx" : "") + After(interim.Wait, "after ");
    }

    private static string Body(in HttpExchange exchange)
    {
        var trace = exchange.ResponseTrace;
        var octets = Quantity.Octets(trace.BodyOctets);
        return trace.Rule switch
        {
            BodyRule.None => exchange.End == ExchangeEnd.ResponseNotCaptured ? "head not captured in full" : "head cut off",
            BodyRule.InvalidContentLength => octets + " by a guess",
            BodyRule.NoBodyByStatusOrHead => exchange.Request is { Method: "HEAD" } ? "no body (HEAD)" : "no body, by its status",
            BodyRule.Tunnel => "tunnel",
            BodyRule.Upgraded => PrintableText.Of("Upgrade: " + Shortened(exchange.Response?.Upgrade ?? "?")),
            BodyRule.Chunked or BodyRule.ChunkedOverLength => octets + " chunked",
            BodyRule.UntilClose or BodyRule.TransferEncodingUntilClose or BodyRule.SimpleResponse => octets + " until close",
            BodyRule.ContentLength when !trace.Complete => $"{Quantity.Count(trace.BodyOctets)} of {Quantity.Octets(trace.ExpectedBodyOctets)}",
            _ => octets,
        };
    }

    /// <summary>Where a message ends that took more than one packet.</summary>
    private static string Until(in MessageTrace trace) => trace.End.IsNone || trace.End == trace.Start
        ? ""
        : $"  to #{trace.End.Number} in {Quantity.Duration(trace.End.Time.Since(trace.Start.Time))}";

    private static string Shortened(string text) => text.Length <= TargetLength ? text : text[..(TargetLength - 1)] + "…";

    private static string Run(ExchangeRun run)
    {
        var longest = Quantity.Duration(run.LongestIdle);
        var idle = run.LongestIdle < 0 ? ""
            : run.ShortestIdle < 0 || Quantity.Duration(run.ShortestIdle) == longest
                ? $"  idle up to {longest}"
                : $"  idle {Quantity.Duration(run.ShortestIdle)} to {longest}";
        var max = run.FirstMax < 0 || run.LastMax < 0 ? "" : $"  max={run.FirstMax} to {run.LastMax}";
        return $"to #{run.Evidence[^1].Number}: exchanges {run.First} to {run.Last}{idle}"
            + $"  answers begin within {Quantity.Duration(run.SlowestWait)}  and are whole within {Quantity.Duration(run.Slowest)}{max}";
    }

    private static string Reset(RstSent rst)
    {
        if (rst.Refuses)
        {
            return "RST  refuses the SYN";
        }

        var text = new StringBuilder(rst.Acknowledged <= 0 ? "RST" : $"RST, ACK of {rst.Acknowledged} octets");
        text.Append(rst.AfterFin < 0 ? "" : $"  {Quantity.Duration(rst.AfterFin)} after the FIN");
        text.Append(rst.OnUnread ? "  with octets unread" : "");
        return text.ToString();
    }
}
