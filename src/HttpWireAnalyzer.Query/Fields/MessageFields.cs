using HttpWireAnalyzer.Http;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The fields of one message of an exchange: framing, place, and the fields that concern the connection.</summary>
/// <param name="prefix">What their names begin with: http.request.</param>
internal sealed class MessageFields(FieldSet set, string prefix)
{
    private readonly Field _version = set.AddOrdered($"{prefix}.version", Words.Versions, "0.9 < 1.0 < 1.1 < 2; absent for another");
    private readonly Field _size = set.Add($"{prefix}.body.size", Number, "Body octets as sent, without chunk framing");
    private readonly Field _rule = set.Add($"{prefix}.body.rule", Words.BodyRules, "The rule of RFC 9112 §6.3 that gave the body's length: see \"Body rules\"");
    private readonly Field _expected = set.Add($"{prefix}.body.expected", Number, "What Content-Length promised, where that rule applied");
    private readonly Field _missing = set.Add($"{prefix}.body.missing", Number, "Body octets that were not captured; absent without any");
    private readonly Field _chunks = set.Add($"{prefix}.chunks", Number, "Chunks with data");
    private readonly Field _trailers = set.Add($"{prefix}.trailers", Text, "Trailer section as sent");
    private readonly Field _complete = set.Add($"{prefix}.complete", Flag, "Seen to its end");
    private readonly Field _offset = set.Add($"{prefix}.offset", Number, "Stream offset of its first octet");
    private readonly Field _endOffset = set.Add($"{prefix}.end_offset", Number, "Stream offset after its last octet");
    private readonly Field _frameStart = set.Add($"{prefix}.frame.start", Number, "The packet that made its first octet contiguous");
    private readonly Field _frameHead = set.Add($"{prefix}.frame.head", Number, "The same of the last octet of the head");
    private readonly Field _frameEnd = set.Add($"{prefix}.frame.end", Number, "The same of its last octet");
    private readonly Field _connection = set.Add($"{prefix}.header.connection", FieldKind.List, "Values of the Connection lines, one each");
    private readonly Field _keepAlive = set.Add($"{prefix}.header.keep_alive", FieldKind.List, "The same of Keep-Alive");
    private readonly Field _contentLength = set.Add($"{prefix}.header.content_length", FieldKind.List, "The same of Content-Length");
    private readonly Field _transferEncoding = set.Add($"{prefix}.header.transfer_encoding", FieldKind.List, "The same of Transfer-Encoding");
    private readonly Field _upgrade = set.Add($"{prefix}.header.upgrade", FieldKind.List, "The same of Upgrade");

    public void WriteVersion(MessageHead head, FieldSink sink)
    {
        if (Words.Version(head.Version) is { } version)
        {
            sink.Word(_version, version);
        }
    }

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
            sink.Wire(field, values);
        }
    }

    private void WriteTrace(in MessageTrace trace, FieldSink sink)
    {
        if (trace.Rule != BodyRule.None)
        {
            sink.Number(_size, trace.BodyOctets);
            sink.Word(_rule, Words.BodyRules[(int)trace.Rule]);
        }

        if (trace.Rule == BodyRule.ContentLength)
        {
            sink.NumberIfKnown(_expected, trace.ExpectedBodyOctets);
        }

        sink.NumberIfAny(_missing, trace.MissingOctets);
        sink.NumberIfAny(_chunks, trace.Chunks);
        sink.Wire(_trailers, trace.Trailers);
        sink.Flag(_complete, trace.Complete);
        sink.Number(_offset, trace.HeadOffset);
        sink.Number(_endOffset, trace.EndOffset);
        sink.Packet(_frameStart, trace.Start);
        sink.Packet(_frameHead, trace.HeadEnd);
        sink.Packet(_frameEnd, trace.End);
    }
}
