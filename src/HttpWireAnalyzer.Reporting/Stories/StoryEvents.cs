using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The lines of a story's course, short enough for a column.</summary>
public sealed class StoryEvents(Language language)
{
    private const int TargetLength = 40;

    public string Of(StorySentence sentence) => sentence switch
    {
        SynSent syn => "SYN" + Offer(syn.Offer),
        SynAnswered answer => "SYN-ACK" + Offer(answer.Offer),
        HandshakeCompleted done => "ACK" + After(done.Connect, "open in ", " 만에 열림"),
        PickedUpMidstream => language.Say("the capture begins here, in mid-connection", "캡처가 연결 도중인 여기서 시작함"),
        RequestSent request => Request(request),
        InterimReceived interim => Interim(interim),
        ResponseReceived response => Response(response),
        ExchangeRun run => Run(run),
        FinSent fin => Fin(fin),
        FinAcknowledged { IsUnseen: true } => language.Say("ACK of a FIN that is not in the capture", "캡처에 없는 FIN의 ACK"),
        FinAcknowledged => language.Say("ACK of the FIN", "FIN의 ACK"),
        RstSent rst => Reset(rst),
        OctetsMissing gap => Missing(gap),
        SegmentRemarked remark => new SegmentEvents(language).Of(remark),
        IcmpReported report => new IcmpProse(language).Line(report),
        WebSocketMessageBegan => language.Say("first message of the WebSocket", "WebSocket의 첫 메시지"),
        WebSocketCloseSent close => new WebSocketProse(language).Of(close),
        MessageRemarked remark => Odd(remark),
        ConnectionFrame frame => new Http2Prose(language).Line(frame.Frame),
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

    /// <summary>A time with what stands before it in English and behind it in Korean; nothing where it is not known.</summary>
    private string After(long nanoseconds, string english, string korean) => nanoseconds < 0 ? "" : language.Say(
        $"  {english}{Quantity.Duration(nanoseconds)}",
        $"  {Quantity.Duration(nanoseconds)}{korean}");

    private string Idle(long nanoseconds) => After(nanoseconds, "idle ", " 유휴");

    private string Fin(FinSent fin) => "FIN" + Times(fin.Copies) + Idle(fin.Idle)
        + (fin.IsFirst ? language.Say("  closes first", "  먼저 닫음")
            : fin.Crossed ? language.Say("  crosses the other", "  상대의 FIN과 엇갈림")
            : "");

    private string Missing(OctetsMissing gap)
    {
        var cause = gap.Cause switch
        {
            GapCause.Acknowledged => language.Say("acknowledged", "확인 응답됨"),
            GapCause.Ended => language.Say("ended", "그대로 끝남"),
            GapCause.SnapLength => language.Say("snap length", "스냅 길이"),
            GapCause.MemoryLimit => language.Say("memory limit", "메모리 한도"),
            _ => throw new UnreachableException(),
        };
        var more = gap.Count == 1 ? "" : language.Say(
            $"  in {gap.Count} holes, to #{gap.Evidence[^1].Number}",
            $"  {gap.Count}곳, #{gap.Evidence[^1].Number}까지");
        return language.Say(
            $"{Quantity.Octets(gap.Length)} from {language.Name(gap.Of)} not captured ({cause})",
            $"{language.Name(gap.Of)}가 보낸 {Quantity.Octets(gap.Length)} 캡처되지 않음({cause})") + more;
    }

    private string Odd(MessageRemarked remark)
    {
        switch (remark.Kind)
        {
            case HttpAnomalies.Cruft:
                return language.Say(
                    $"{Quantity.Octets(remark.Value)} that belong to no message",
                    $"어느 메시지에도 속하지 않는 {Quantity.Octets(remark.Value)}");
            case HttpAnomalies.ProxyHeader:
                return language.Say(
                    $"header of the PROXY protocol  {Quantity.Octets(remark.Value)}",
                    $"PROXY 프로토콜 헤더  {Quantity.Octets(remark.Value)}");
            case HttpAnomalies.NonIdempotentPipelined:
                return language.Say("odd: pipelined behind a request that is not idempotent", "이상: 멱등이 아닌 요청 뒤에 파이프라인됨");
            case HttpAnomalies.Resynchronised:
                return language.Say(
                    $"{Quantity.Octets(remark.Value)} passed over, to the next start line",
                    $"다음 시작 줄까지 {Quantity.Octets(remark.Value)} 건너뜀");
            default:
                var kinds = string.Join(", ", AnomalyText.Of(remark.Kind, language));
                return language.Say("odd: ", "이상: ") + kinds
                    + (remark.Ordinal > 0 ? language.Say($" (exchange {remark.Ordinal})", $"(교환 {remark.Ordinal})") : "");
        }
    }

    private string Request(RequestSent sent)
    {
        var exchange = sent.Exchange;
        if (exchange.Request is not { } request)
        {
            return language.Say("a request", "요청");
        }

        var text = new StringBuilder(new Http2Prose(language).Stream(exchange));
        text.Append(PrintableText.Of($"{WireText.Of(request.Method)} {Shortened(request.Target)}"));
        if (exchange.RequestTrace.BodyOctets > 0)
        {
            text.Append("  ").Append(Quantity.Octets(exchange.RequestTrace.BodyOctets)).Append(Until(exchange.RequestTrace));
        }

        text.Append(request.Version == HttpVersion.Http10 ? "  HTTP/1.0" : "");
        text.Append(request.Version == HttpVersion.Http10 && request.HasKeepAlive ? "  keep-alive" : "");
        text.Append(request.ExpectsContinue ? "  Expect: 100-continue" : "");
        text.Append(request.ExpectsContinue && exchange is { InterimResponses: 0, RequestTrace.BodyOctets: > 0 } ? language.Say("  sent without a 100", "  100 없이 보냄") : "");
        text.Append(request.Field("Proxy-Connection") is { } said ? PrintableText.Of("  Proxy-Connection: " + Shortened(said)) : "");
        text.Append(request.Upgrade is null ? "" : PrintableText.Of("  Upgrade: " + Shortened(request.Upgrade)));
        text.Append(exchange.TunnelDepth > 0 ? language.Say("  in the tunnel", "  터널 안")
            : exchange.IsCold ? language.Say("  cold", "  새 연결")
            : sent.AfterPeerFin >= 0 ? ""
            : Idle(exchange.IdleBefore));
        if (exchange.PipelineDepth > 1)
        {
            text.Append(language.Say($"  pipelined, {exchange.PipelineDepth} outstanding", $"  파이프라인, {exchange.PipelineDepth}개 대기"));
        }

        text.Append(request.HasClose ? "  Connection: close" : "");
        text.Append(AfterFin(sent.AfterPeerFin));
        text.Append(exchange.End switch
        {
            ExchangeEnd.Unanswered => language.Say("  never answered", "  응답 없음"),
            ExchangeEnd.RequestTruncated => language.Say("  cut off", "  끊김"),
            ExchangeEnd.ResponseNotCaptured => exchange.Response is null
                ? language.Say("  answer not captured", "  응답이 캡처되지 않음")
                : language.Say("  answer not captured in full", "  응답 일부가 캡처되지 않음"),
            ExchangeEnd.ResponseUnreadable => language.Say("  answer cannot be read", "  응답을 읽을 수 없음"),
            ExchangeEnd.Refused => language.Say("  refused, safe to repeat", "  거부됨, 다시 보내도 안전함"),
            ExchangeEnd.StreamReset when exchange.Response is null => language.Say("  reset before an answer", "  응답 전에 리셋됨"),
            _ => "",
        });
        return text.Append(request.IsIdempotent || exchange.End != ExchangeEnd.Unanswered
            ? ""
            : language.Say(", not safe to repeat", ", 재시도는 안전하지 않음")).ToString();
    }

    private string Response(ResponseReceived received)
    {
        var exchange = received.Exchange;
        if (exchange.Response is not { } response)
        {
            return language.Say("a response", "응답");
        }

        var text = new StringBuilder(new Http2Prose(language).Stream(exchange));
        text.Append(response.Status > 0 ? response.Status.ToString(CultureInfo.InvariantCulture)
            : response.Version == HttpVersion.Http09 ? language.Say("HTTP/0.9 response", "HTTP/0.9 응답")
            : language.Say("status not known", "상태 코드를 알 수 없음"));
        text.Append("  ").Append(Body(exchange)).Append(After(received.Wait, "after ", " 뒤"));
        text.Append(received.LastOctets.IsNone
            ? Until(exchange.ResponseTrace)
            : Until(exchange.ResponseTrace with { End = received.LastOctets }));
        if (exchange.ResponseTrace.Trailers is { } trailers)
        {
            text.Append("  trailer ").Append(PrintableText.Of(Shortened(trailers.Trim().ReplaceLineEndings(", "))));
        }

        if (response.HasClose)
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

        return text.Append(exchange.End switch
        {
            ExchangeEnd.ResponseTruncated => language.Say("  cut off", "  끊김"),
            ExchangeEnd.StreamReset when !exchange.ResponseTrace.Complete => language.Say("  reset before its end", "  끝나기 전에 리셋됨"),
            ExchangeEnd.Unsolicited when (exchange.Anomalies & HttpAnomalies.HttpAnswerToTls) != 0 => "",
            ExchangeEnd.Unsolicited => language.Say("  answers nothing", "  요청 없는 응답"),
            _ => "",
        }).ToString();
    }

    private string Interim(InterimReceived interim)
    {
        var name = interim.Status switch
        {
            100 => "100 Continue",
            103 => "103 Early Hints",
            _ => interim.Status.ToString(CultureInfo.InvariantCulture),
        };
        return name + (interim.Count > 1 ? language.Say($" and {interim.Count - 1} more 1xx", $" 외 1xx {interim.Count - 1}개") : "") + After(interim.Wait, "after ", " 뒤");
    }

    private string Body(in HttpExchange exchange)
    {
        var trace = exchange.ResponseTrace;
        var octets = Quantity.Octets(trace.BodyOctets);
        return trace.Rule switch
        {
            BodyRule.None => exchange.End == ExchangeEnd.ResponseNotCaptured
                ? language.Say("head not captured in full", "헤더 일부가 캡처되지 않음")
                : language.Say("head cut off", "헤더가 끊김"),
            BodyRule.InvalidContentLength => octets + language.Say(" by a guess", "(추측)"),
            BodyRule.NoBodyByStatusOrHead => exchange.Request is { Method: "HEAD" }
                ? language.Say("no body (HEAD)", "본문 없음(HEAD)")
                : language.Say("no body, by its status", "본문 없음(상태 코드)"),
            BodyRule.Tunnel => language.Say("tunnel", "터널"),
            BodyRule.Upgraded => PrintableText.Of("Upgrade: " + Shortened(exchange.Response?.Upgrade ?? "?")),
            BodyRule.Chunked or BodyRule.ChunkedOverLength => octets + " chunked",
            BodyRule.UntilClose or BodyRule.TransferEncodingUntilClose or BodyRule.SimpleResponse => octets + language.Say(" until close", " 닫힐 때까지"),
            BodyRule.ContentLength when !trace.Complete => language.Say(
                $"{Quantity.Count(trace.BodyOctets)} of {Quantity.Octets(trace.ExpectedBodyOctets)}",
                $"{Quantity.Octets(trace.ExpectedBodyOctets)} 중 {Quantity.Count(trace.BodyOctets)}"),
            _ => octets,
        };
    }

    /// <summary>Where a message ends that took more than one packet.</summary>
    private string Until(in MessageTrace trace)
    {
        if (trace.End.IsNone || trace.End == trace.Start)
        {
            return "";
        }

        var lasted = Quantity.Duration(trace.End.Time.Since(trace.Start.Time));
        return language.Say($"  to #{trace.End.Number} in {lasted}", $"  #{trace.End.Number}까지 {lasted}");
    }

    private static string Shortened(string octets) => PrintableText.Shortened(WireText.Of(octets), TargetLength);

    private string Run(ExchangeRun run)
    {
        var longest = Quantity.Duration(run.LongestIdle);
        var idle = run.LongestIdle < 0 ? ""
            : run.ShortestIdle < 0 || Quantity.Duration(run.ShortestIdle) == longest
                ? language.Say($"  idle up to {longest}", $"  유휴 최대 {longest}")
                : language.Say(
                    $"  idle {Quantity.Duration(run.ShortestIdle)} to {longest}",
                    $"  유휴 {Quantity.Duration(run.ShortestIdle)}~{longest}");
        var max = run.FirstMax < 0 || run.LastMax < 0 ? "" : language.Say(
            $"  max={run.FirstMax} to {run.LastMax}",
            $"  max={run.FirstMax}~{run.LastMax}");
        var (begin, whole) = (Quantity.Duration(run.SlowestWait), Quantity.Duration(run.Slowest));
        return language.Say(
            $"to #{run.Evidence[^1].Number}: exchanges {run.First} to {run.Last}{idle}  answers begin within {begin}  and are whole within {whole}",
            $"#{run.Evidence[^1].Number}까지: 교환 {run.First}~{run.Last}{idle}  응답은 {begin} 안에 시작  {whole} 안에 끝남") + max;
    }

    private string Reset(RstSent rst)
    {
        if (rst.Refuses)
        {
            return language.Say("RST  refuses the SYN", "RST  SYN을 거부함");
        }

        var acknowledged = rst.Acknowledged <= 0 ? "" : language.Say(
            $", ACK of {rst.Acknowledged} octets",
            $", {rst.Acknowledged}바이트의 ACK");
        return "RST" + acknowledged + AfterFin(rst.AfterFin)
            + (rst.OnUnread ? language.Say("  with octets unread", "  읽지 않은 데이터가 있음") : "");
    }

    private string AfterFin(long nanoseconds) => nanoseconds < 0 ? "" : language.Say(
        $"  {Quantity.Duration(nanoseconds)} after the FIN",
        $"  FIN {Quantity.Duration(nanoseconds)} 뒤");
}
