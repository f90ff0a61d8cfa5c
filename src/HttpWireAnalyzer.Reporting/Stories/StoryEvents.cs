using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The lines of a story's course in English, short enough for a column.</summary>
internal static class StoryEvents
{
    private const int TargetLength = 40;

    public static string Of(StorySentence sentence) => sentence switch
    {
        SynSent syn => "SYN" + Offer(syn.Offer) + Times(syn.Copies),
        SynAnswered answer => "SYN-ACK" + Offer(answer.Offer) + Times(answer.Copies) + After(answer.Front, "after "),
        HandshakeCompleted done => "ACK: open" + After(done.Connect, "in "),
        PickedUpMidstream => "the capture begins here, in mid-connection",
        RequestSent request => Request(request),
        InterimReceived interim => $"{interim.Status}{(interim.Count > 1 ? $" and {interim.Count - 1} more 1xx" : "")}",
        ResponseReceived response => Response(response),
        ExchangeRun run => Run(run),
        FinSent fin => "FIN" + Times(fin.Copies) + After(fin.Idle, "idle ") + (fin.IsFirst ? "  closes first" : ""),
        RstSent rst => Reset(rst),
        OctetsMissing gap => $"{Quantity.Octets(gap.Length)} from {StoryProse.Name(gap.Of)} not captured "
            + $"({Words.GapCauses[(int)gap.Cause].Text.Replace('_', ' ')})",
        SegmentRemarked remark => Remark(remark),
        MessageRemarked remark => $"odd: {string.Join(", ", Words.Anomalies(remark.Kind).Select(word => word.Text.Replace('_', ' ')))}"
            + (remark.Ordinal > 0 ? $" (exchange {remark.Ordinal})" : ""),
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

        var target = request.Target.Length <= TargetLength ? request.Target : request.Target[..(TargetLength - 1)] + "…";
        var text = new StringBuilder(PrintableText.Of($"{request.Method} {target}"));
        if (exchange.RequestTrace.BodyOctets > 0)
        {
            text.Append("  ").Append(Quantity.Octets(exchange.RequestTrace.BodyOctets));
        }

        text.Append(exchange.Ordinal == 1 ? "  cold" : After(exchange.IdleBefore, "idle "));
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
            ExchangeEnd.ResponseNotCaptured => "  answer not captured",
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

        var text = new StringBuilder(response.Status == 0
            ? "HTTP/0.9 response"
            : response.Status.ToString(CultureInfo.InvariantCulture));
        text.Append("  ").Append(Quantity.Octets(exchange.ResponseTrace.BodyOctets));
        text.Append(After(received.Wait, "after "));
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
        return text.Append(exchange.End == ExchangeEnd.Unsolicited ? "  answers nothing" : "").ToString();
    }

    private static string Run(ExchangeRun run)
    {
        var idle = run.LongestIdle < 0 ? ""
            : run.ShortestIdle < 0 || run.ShortestIdle == run.LongestIdle
                ? $", idle up to {Quantity.Duration(run.LongestIdle)}"
                : $", idle {Quantity.Duration(run.ShortestIdle)} to {Quantity.Duration(run.LongestIdle)}";
        return $"{Quantity.Count(run.Count)} keep-alive exchanges ({run.First} to {run.Last}){idle}, "
            + $"slowest answer {Quantity.Duration(run.SlowestWait)}";
    }

    private static string Reset(RstSent rst)
    {
        var text = new StringBuilder(rst.Acknowledged < 0 ? "RST" : $"RST, ACK up to octet {rst.Acknowledged}");
        text.Append(After(rst.AfterFin, "after the FIN "));
        text.Append(rst.OnUnread ? "  with octets unread" : "");
        return text.ToString();
    }

    private static string Remark(SegmentRemarked remark)
    {
        var what = remark.Kind switch
        {
            TcpRemarkKind.Retransmission => "retransmission",
            TcpRemarkKind.KeepAliveProbe => "TCP keep-alive probe",
            TcpRemarkKind.ZeroWindow => "receive window closed",
            TcpRemarkKind.OverlapConflict => "repeated octets differ from the first copy",
            TcpRemarkKind.UnacceptableRst => "RST outside the window, to be ignored",
            TcpRemarkKind.RstPayload => $"RST with {remark.Value} octets of text",
            TcpRemarkKind.SynOnOpenConnection => "SYN on the open connection",
            TcpRemarkKind.ChallengeAck => "challenge ACK",
            TcpRemarkKind.TimeWaitReuse => $"the ports were {Quantity.Duration(remark.Value)} in TIME_WAIT",
            TcpRemarkKind.SimultaneousOpen => "both ends sent a SYN",
            TcpRemarkKind.SynAckChanged => "SYN-ACK with another sequence number",
            TcpRemarkKind.IcmpError => $"ICMP error, type {remark.Value >> 8} code {remark.Value & 0xFF}",
            TcpRemarkKind.OctetsAfterEnd => $"{remark.Value} octets after the end: nobody reads them",
            _ => Words.Remarks[(int)remark.Kind].Text.Replace('_', ' '),
        };
        return what + Times(remark.Count);
    }
}
