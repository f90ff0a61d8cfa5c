using HttpWireAnalyzer.Http;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The fields of one message of an exchange: framing, place, and the fields that concern the connection.</summary>
internal sealed class MessageFields(FieldSet set, string side)
{
    private readonly Field _version = set.Add($"http.{side}.version", Text, "0.9, 1.0 or 1.1; absent for another");
    private readonly Field _size = set.Add($"http.{side}.body.size", Number, "Body octets as sent, without chunk framing");
    private readonly Field _rule = set.Add($"http.{side}.body.rule", Words.BodyRules, "The rule of RFC 9112 §6.3 that gave the body's length: see \"Body rules\"");
    private readonly Field _expected = set.Add($"http.{side}.body.expected", Number, "What Content-Length promised, where that rule applied");
    private readonly Field _missing = set.Add($"http.{side}.body.missing", Number, "Body octets that were not captured; absent without any");
    private readonly Field _chunks = set.Add($"http.{side}.chunks", Number, "Chunks with data");
    private readonly Field _trailers = set.Add($"http.{side}.trailers", Text, "Trailer section as sent");
    private readonly Field _complete = set.Add($"http.{side}.complete", Flag, "Seen to its end");
    private readonly Field _offset = set.Add($"http.{side}.offset", Number, "Stream offset of its first octet");
    private readonly Field _endOffset = set.Add($"http.{side}.end_offset", Number, "Stream offset after its last octet");
    private readonly Field _frameStart = set.Add($"http.{side}.frame.start", Number, "The packet that made its first octet contiguous");
    private readonly Field _frameHead = set.Add($"http.{side}.frame.head", Number, "The same of the last octet of the head");
    private readonly Field _frameEnd = set.Add($"http.{side}.frame.end", Number, "The same of its last octet");
    private readonly Field _connection = set.Add($"http.{side}.header.connection", FieldKind.List, "Values of the Connection lines, one each");
    private readonly Field _keepAlive = set.Add($"http.{side}.header.keep_alive", FieldKind.List, "The same of Keep-Alive");
    private readonly Field _contentLength = set.Add($"http.{side}.header.content_length", FieldKind.List, "The same of Content-Length");
    private readonly Field _transferEncoding = set.Add($"http.{side}.header.transfer_encoding", FieldKind.List, "The same of Transfer-Encoding");
    private readonly Field _upgrade = set.Add($"http.{side}.header.upgrade", FieldKind.List, "The same of Upgrade");

    public void WriteVersion(MessageHead head, FieldSink sink) => sink.TextIfAny(_version, Words.Version(head.Version));

    public void Write(MessageHead head, in MessageTrace trace, FieldSink sink)
    {
        WriteTrace(trace, sink);
        if (sink.Repeats(head, HeadRun.FieldLines))
        {
            return;
        }

        var shown = head.Shown;
        WriteHeader(_connection, shown.Connection, sink);
        WriteHeader(_keepAlive, shown.KeepAlive, sink);
        WriteHeader(_contentLength, shown.ContentLength, sink);
        WriteHeader(_transferEncoding, shown.TransferEncoding, sink);
        WriteHeader(_upgrade, shown.Upgrade, sink);
        sink.EndRun();
    }

    /// <param name="values">Those of the field's lines; without any, it is absent.</param>
    internal static void WriteHeader(Field field, ReadOnlySpan<string> values, FieldSink sink)
    {
        if (!values.IsEmpty)
        {
            sink.Texts(field, values);
        }
    }

    private void WriteTrace(in MessageTrace trace, FieldSink sink)
    {
        sink.Number(_size, trace.BodyOctets);
        sink.Word(_rule, Words.BodyRules[(int)trace.Rule]);
        if (trace.Rule == BodyRule.ContentLength)
        {
            sink.NumberIfKnown(_expected, trace.ExpectedBodyOctets);
        }

        sink.NumberIfAny(_missing, trace.MissingOctets);
        sink.NumberIfAny(_chunks, trace.Chunks);
        sink.TextIfAny(_trailers, trace.Trailers);
        sink.Flag(_complete, trace.Complete);
        sink.Number(_offset, trace.HeadOffset);
        sink.Number(_endOffset, trace.EndOffset);
        sink.Packet(_frameStart, trace.Start);
        sink.Packet(_frameHead, trace.HeadEnd);
        sink.Packet(_frameEnd, trace.End);
    }
}
