using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "exchange".</summary>
public static class ExchangeFields
{
    public static readonly FieldSet Set = new("exchange");

    private static readonly Field Id = Set.Add("conn.id", Number, "The connection that carried it");
    private static readonly Field Ordinal = Set.Add("exchange.ordinal", Number, "Place on its connection, from 1");
    private static readonly Field Cold = Set.Add("exchange.cold", Flag, "true for the first request of a connection whose opening was captured: it paid for the handshake");
    private static readonly Field ClientAddress = Set.Add("client.address", FieldKind.Address, "Who sent the request");
    private static readonly Field ClientPort = Set.Add("client.port", Number, "TCP port");
    private static readonly Field ServerAddress = Set.Add("server.address", FieldKind.Address, "Who answers");
    private static readonly Field ServerPort = Set.Add("server.port", Number, "TCP port");
    private static readonly Field ProtocolName = Set.Add("network.protocol.name", [Words.Http], "http");
    private static readonly Field Start = Set.Add("exchange.start", Time, "First octet of the request, or of the response where the request was not captured");
    private static readonly Field End = Set.Add("exchange.end", Time, "Last octet seen of the exchange");
    private static readonly Field Method = Set.Add("http.request.method", Text, "As sent");
    private static readonly Field Target = Set.Add("http.request.target", Text, "As sent, in any of the forms of RFC 9112 §3.2");
    private static readonly Field Idempotent = Set.Add("http.request.idempotent", Flag, "The method may be repeated without asking (RFC 9110 §9.2.2)");
    private static readonly Field ExpectsContinue = Set.Add("http.request.expects_continue", Flag, "true where it carries Expect: 100-continue");
    private static readonly Field Host = Set.Add("http.request.header.host", FieldKind.List, "Values of the Host lines, one each");
    private static readonly Field UserAgent = Set.Add("user_agent.original", Text, "User-Agent");
    private static readonly MessageFields RequestFields = new(Set, "http.request");
    private static readonly Field Status = Set.Add("http.response.status_code", Number, "100 to 999; absent for HTTP/0.9, which has none, and where it is no three digits");
    private static readonly Field Reason = Set.Add("http.response.reason", Text, "Reason phrase");
    private static readonly Field Interim = Set.Add("http.response.interim", FieldKind.List, "1xx responses before the final one: version and status code of each, such as \"1.1 100\"");
    private static readonly Field InterimCount = Set.Add("http.response.interim_count", Number, "How many; absent without any");
    private static readonly Field InterimFrame = Set.Add("http.response.interim_frame", Number, "The packet that completed the first of them");
    private static readonly MessageFields ResponseFields = new(Set, "http.response");
    private static readonly Field IdleBefore = Set.Add("exchange.idle_before", Duration, "Time with nothing outstanding before the request, also where the server had ended it meanwhile (conn.idle.max ends there); absent for the first, and where the connection was not idle");
    private static readonly Field Send = Set.Add("exchange.send", Duration, "First octet of the request to its last");
    private static readonly Field TimeToFirst = Set.Add("exchange.ttfb", Duration, "Last octet of the request to first of the response; negative where the response came early; absent where the tap shows the response before its request");
    private static readonly Field Receive = Set.Add("exchange.receive", Duration, "First octet of the response to its last");
    private static readonly Field Latency = Set.Add("exchange.latency", Duration, "First octet of the request to last of the response; absent where the tap shows the response before its request");
    private static readonly ExchangeTimingFields Timing = new(Set);
    private static readonly Field Depth = Set.Add("exchange.pipeline.depth", Number, "Requests unanswered when this one began, this one included");
    private static readonly Field Persistent = Set.Add("exchange.persistent", Words.Verdicts, "unknown, persistent, closes, tunnel (RFC 9112 §9.3)");
    private static readonly Field PersistentRule = Set.Add("exchange.persistent.rule", Words.PersistenceRules, "The rule that decided");
    private static readonly Field KeepAliveTimeout = Set.Add("http.keep_alive.timeout", Number, "Seconds, as the response's Keep-Alive announces");
    private static readonly Field KeepAliveMax = Set.Add("http.keep_alive.max", Number, "max of the same");
    private static readonly Field Complete = Set.Add("exchange.complete", Flag, "Both messages are whole");
    private static readonly Field Outcome = Set.Add("exchange.outcome", Words.ExchangeEnds, "complete, complete_by_close, switched, request_truncated, unanswered, response_truncated, unsolicited, request_not_captured, response_not_captured, response_unreadable, in_progress; of HTTP/2 also refused, stream_reset");
    private static readonly Field OutcomeFrame = Set.Add("exchange.outcome_frame", Number, "The packet that settled the outcome");
    private static readonly Field Pairing = Set.AddOrdered("exchange.pairing", [.. Words.Pairings.Reverse()], "How sure it is that the response answers this request: possible < likely < certain");
    private static readonly Field TunnelDepth = Set.Add("exchange.tunnel_depth", Number, "CONNECT tunnels that it travels in; absent outside of them");
    private static readonly Field Stream = Set.Add("h2.stream", Number, "The HTTP/2 stream that carried it; absent for HTTP/1. Of several at once each is an exchange, and they end in any order");
    private static readonly Field ResetBy = Set.Add("h2.reset.by", Words.Sides, "Who sent RST_STREAM before the stream was over: client or server");
    private static readonly Field ResetCode = Set.Add("h2.reset.code", Words.Http2ErrorCodes, "Its error code in snake_case, such as cancel, refused_stream");
    private static readonly Field RetryOf = Set.Add("exchange.retry_of", Text, "The failed exchange that this one repeats within 5 s, as conn.id and exchange.ordinal: \"17.3\" (same client, method, target, Host and body)");
    private static readonly Field RetryAfter = Set.Add("exchange.retry.after", Words.Failures, "How that one failed: unanswered, request_truncated, response_truncated, server_error (502, 503 or 504), refused (HTTP/2: not processed), given_up (the client closed before an answer began)");
    private static readonly Field RetryDelay = Set.Add("exchange.retry.delay", Duration, "From that failure to the first octet of this request");
    private static readonly Field RetryUnsafe = Set.Add("exchange.retry.unsafe", Flag, "true where the method is not idempotent (RFC 9110 §9.2.2) and the first was not refused; absent otherwise");
    private static readonly Field Anomalies = Set.AddList("exchange.anomalies", Words.AllAnomalies, "What was odd about either message; absent without any");

    private static readonly Field HasRequest = Set.AddOnRequest("http.request", Flag, "true where the request was captured");
    private static readonly Field HasResponse = Set.AddOnRequest("http.response", Flag, "true where a final response was captured");

    public static void Write(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing, FieldSink sink)
    {
        WritePlace(exchange, ends, sink);
        if (exchange.Request is { } request)
        {
            WriteStartLine(request, sink);
            RequestFields.Write(request, exchange.RequestTrace, sink);
        }

        WriteInterims(exchange, sink);
        if (exchange.Response is { } response)
        {
            WriteStartLine(response, sink);
            ResponseFields.Write(response, exchange.ResponseTrace, sink);
        }

        WriteTimes(exchange, sink);
        Timing.Write(timing, sink);
        WriteVerdicts(exchange, sink);
        if (sink.WantsOnRequest)
        {
            sink.Flag(HasRequest, exchange.Request is not null);
            sink.Flag(HasResponse, exchange.Response is not null);
        }
    }

    private static void WritePlace(in HttpExchange exchange, ConnectionEnds ends, FieldSink sink)
    {
        var client = exchange.Requester;
        var server = client.Other();
        sink.Number(Id, exchange.Connection.Number);
        sink.Number(Ordinal, exchange.Ordinal);
        sink.Flag(Cold, exchange.IsCold);
        sink.Address(ClientAddress, ends.Of(client).Address, ends.AddressOf(client));
        sink.Number(ClientPort, ends.Of(client).Port);
        sink.Address(ServerAddress, ends.Of(server).Address, ends.AddressOf(server));
        sink.Number(ServerPort, ends.Of(server).Port);
        sink.Word(ProtocolName, Words.Http);
        var start = exchange.RequestTrace.Start.IsNone ? exchange.ResponseTrace.Start : exchange.RequestTrace.Start;
        var end = PacketRef.Later(exchange.ResponseTrace.End, exchange.RequestTrace.End);
        if (!start.IsNone)
        {
            sink.Time(Start, start.Time);
        }

        if (!end.IsNone)
        {
            sink.Time(End, end.Time);
        }
    }

    private static void WriteStartLine(RequestHead request, FieldSink sink)
    {
        if (sink.Repeats(request, HeadRun.StartLine))
        {
            return;
        }

        sink.Wire(Method, request.Method);
        sink.Wire(Target, request.Target);
        sink.Flag(Idempotent, request.IsIdempotent);
        sink.FlagIfSet(ExpectsContinue, request.ExpectsContinue);
        var shown = request.Shown;
        MessageFields.WriteHeader(Host, shown.Host, sink);
        sink.Wire(UserAgent, shown.UserAgent);
        RequestFields.WriteVersion(request, sink);
        sink.EndRun();
    }

    private static void WriteStartLine(ResponseHead response, FieldSink sink)
    {
        if (sink.Repeats(response, HeadRun.StartLine))
        {
            return;
        }

        if (response.Status > 0)
        {
            sink.Number(Status, response.Status);
        }

        sink.Wire(Reason, response.Reason);
        ResponseFields.WriteVersion(response, sink);
        sink.EndRun();
    }

    private static void WriteInterims(in HttpExchange exchange, FieldSink sink)
    {
        if (exchange.InterimResponses == 0)
        {
            return;
        }

        if (exchange.Interims is { } heads && sink.Wants(Interim))
        {
            sink.Texts(Interim, [.. heads.Select(head => $"{Words.Version(head.Version)?.Text} {head.Status}")]);
        }

        sink.Number(InterimCount, exchange.InterimResponses);
        sink.Packet(InterimFrame, exchange.FirstInterim);
    }

    private static void WriteTimes(in HttpExchange exchange, FieldSink sink)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        sink.DurationIfKnown(IdleBefore, exchange.IdleBefore);
        sink.DurationBetween(Send, request.Start, request.End);
        sink.DurationBetween(TimeToFirst, exchange.IsShownInOrder ? request.End : default, response.Start);
        sink.DurationBetween(Receive, response.Start, response.End);
        sink.DurationBetween(Latency, exchange.IsShownInOrder ? request.Start : default, response.End);
    }

    private static void WriteVerdicts(in HttpExchange exchange, FieldSink sink)
    {
        if (exchange.Request is not null)
        {
            sink.Number(Depth, exchange.PipelineDepth);
        }

        sink.Word(Persistent, Words.Verdicts[(int)exchange.Persistence.Verdict]);
        sink.Word(PersistentRule, Words.PersistenceRules[(int)exchange.Persistence.Rule]);
        if (exchange.Response is { } response)
        {
            sink.NumberIfKnown(KeepAliveTimeout, response.KeepAliveTimeout);
            sink.NumberIfKnown(KeepAliveMax, response.KeepAliveMax);
        }

        sink.Flag(Complete, exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched);
        sink.Word(Outcome, Words.ExchangeEnds[(int)exchange.End]);
        sink.Packet(OutcomeFrame, exchange.EndedBy);
        sink.Word(Pairing, Words.Pairings[(int)exchange.Pairing]);
        sink.NumberIfAny(TunnelDepth, exchange.TunnelDepth);
        if (exchange.Stream > 0)
        {
            WriteStream(exchange, sink);
        }

        if (exchange.RetryOf is { } retry)
        {
            WriteRetry(retry, sink);
        }

        if (exchange.Anomalies != HttpAnomalies.None)
        {
            sink.List(Anomalies, Words.Anomalies(exchange.Anomalies));
        }
    }

    private static void WriteStream(in HttpExchange exchange, FieldSink sink)
    {
        sink.Number(Stream, exchange.Stream);
        var isByRequester = exchange.RequestTrace.Reset != Http2ErrorCode.None;
        var code = isByRequester ? exchange.RequestTrace.Reset : exchange.ResponseTrace.Reset;
        if (code != Http2ErrorCode.None)
        {
            sink.Word(ResetBy, Words.Sides[(int)(isByRequester ? Side.Client : Side.Server)]);
            sink.Word(ResetCode, Words.Http2ErrorCodes[(int)code]);
        }
    }

    private static void WriteRetry(RetriedExchange retry, FieldSink sink)
    {
        sink.Text(RetryOf, string.Create(CultureInfo.InvariantCulture, $"{retry.Connection}.{retry.Ordinal}"));
        sink.Word(RetryAfter, Words.Failures[(int)retry.Failure]);
        sink.Duration(RetryDelay, retry.Delay);
        sink.FlagIfSet(RetryUnsafe, retry.IsUnsafe);
    }
}
