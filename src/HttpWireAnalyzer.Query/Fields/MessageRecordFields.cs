using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "message": one of the two messages of an exchange. What both share are fields of the exchange.</summary>
public static class MessageRecordFields
{
    public static readonly FieldSet Set = new("message");

    private static readonly Field Kind = Set.Add("message.kind", Words.MessageKinds, "request or response; the final one, not 1xx");
    private static readonly Field From = Set.Add("message.from", Words.Sides, "Who sent it: client or server");
    private static readonly Field Start = Set.Add("message.start", Time, "First octet");
    private static readonly Field End = Set.Add("message.end", Time, "Last octet seen");
    private static readonly Field DurationOf = Set.Add("message.duration", Duration, "First octet to last");
    private static readonly MessageFields Message = new(Set, "message");

    /// <param name="kind">It was seen: the exchange has its head.</param>
    public static void Write(in HttpExchange exchange, MessageKind kind, FieldSink sink)
    {
        var isRequest = kind == MessageKind.Request;
        MessageHead head = isRequest ? exchange.Request! : exchange.Response!;
        ref readonly var trace = ref isRequest ? ref exchange.RequestTrace : ref exchange.ResponseTrace;
        sink.Word(Kind, Words.MessageKinds[(int)kind]);
        sink.Word(From, Words.Sides[(int)(isRequest ? exchange.Requester : exchange.Requester.Other())]);
        sink.Time(Start, trace.Start.Time);
        if (!trace.End.IsNone)
        {
            sink.Time(End, trace.End.Time);
        }

        sink.DurationBetween(DurationOf, trace.Start, trace.End);
        Message.WriteVersion(head, sink);
        Message.Write(head, trace, sink);
    }
}

/// <summary>Which message of an exchange.</summary>
public enum MessageKind : byte
{
    Request,
    Response,
}
