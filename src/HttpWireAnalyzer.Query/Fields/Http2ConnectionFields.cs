using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What a connection carried as HTTP/2; all absent where it carried none.</summary>
internal sealed class Http2ConnectionFields(FieldSet set)
{
    private readonly Field _carried = set.Add("h2", Flag, "true where HTTP/2 in clear text was read; absent otherwise, as are the other names of h2");
    private readonly Field _upgraded = set.Add("h2.upgraded", Flag, "true where Upgrade: h2c led to it; absent with prior knowledge");
    private readonly Field _preface = set.Add("h2.preface.frame", Number, "The packet that completed the client's connection preface");
    private readonly Field _http1 = set.Add("h2.http1_answer", Number, "Status with which the server answered the preface in HTTP/1, 0 without one: it does not speak HTTP/2");
    private readonly Field _streams = set.Add("h2.streams", Number, "Streams with a HEADERS or PUSH_PROMISE frame");
    private readonly Field _completed = set.Add("h2.streams.completed", Number, "Request and response whole");
    private readonly Field _reset = set.Add("h2.streams.reset", Number, "Ended by RST_STREAM first, and not refused; absent when 0, as the next three");
    private readonly Field _refused = set.Add("h2.streams.refused", Number, "Not processed, by GOAWAY or REFUSED_STREAM (RFC 9113 §8.7)");
    private readonly Field _unfinished = set.Add("h2.streams.unfinished", Number, "The connection, or the capture, ended first");
    private readonly Field _pushed = set.Add("h2.streams.pushed", Number, "Promised by the server");
    private readonly Field _concurrent = set.Add("h2.streams.max", Number, "Most streams open at once");
    private readonly Field _limit = set.Add("h2.streams.limit", Number, "SETTINGS_MAX_CONCURRENT_STREAMS of the server; absent where it sets no limit");
    private readonly Field _last = set.Add("h2.streams.last", Number, "The greatest stream that the client opened");
    private readonly Field _goAway = set.Add("h2.goaway", Flag, "An end sent GOAWAY");
    private readonly Field _goAways = set.Add("h2.goaway.count", Number, "How many of both ends; absent without any, as the others of h2.goaway");
    private readonly Field _goAwayBy = set.Add("h2.goaway.by", Words.Sides, "Who: the server where both did. The names that follow are of the last one of that end");
    private readonly Field _goAwayFrame = set.Add("h2.goaway.frame", Number, "The packet that completed it");
    private readonly Field _goAwayLast = set.Add("h2.goaway.last", Number, "The last stream that it let go on; 2147483647 only announces another GOAWAY (RFC 9113 §6.8)");
    private readonly Field _goAwayCode = set.Add("h2.goaway.code", Words.Http2ErrorCodes, "Its error code in snake_case, such as no_error, enhance_your_calm; other where RFC 9113 §7 has no name for it");
    private readonly Field _goAwayDebug = set.Add("h2.goaway.debug", Text, "Its debug data, which says for people why: the first 256 octets; absent without");
    private readonly Field _clientPings = set.Add("h2.ping.client", Number, "PING frames of the client, acknowledgments not counted; absent when 0");
    private readonly Field _serverPings = set.Add("h2.ping.server", Number, "The same of the server");
    private readonly Field _slowestPing = set.Add("h2.ping.slowest", Duration, "Longest time from a PING to its acknowledgment");

    public void Write(Http2Record record, in TcpSummary tcp, FieldSink sink)
    {
        var (client, server) = tcp.Swapped ? (record.ServerPings, record.ClientPings) : (record.ClientPings, record.ServerPings);
        sink.Flag(_carried, true);
        sink.FlagIfSet(_upgraded, record.IsUpgraded);
        sink.Packet(_preface, record.Preface);
        if (record.Http1Answer is { } answer)
        {
            sink.Number(_http1, answer.Status);
        }

        sink.Number(_streams, record.Streams);
        sink.Number(_completed, record.Completed);
        sink.NumberIfAny(_reset, record.Reset);
        sink.NumberIfAny(_refused, record.Refused);
        sink.NumberIfAny(_unfinished, record.Unfinished);
        sink.NumberIfAny(_pushed, record.Pushed);
        sink.Number(_concurrent, record.MaxConcurrent);
        sink.NumberIfKnown(_limit, record.ConcurrentLimit);
        sink.Number(_last, record.LastStream);
        sink.Flag(_goAway, record.GoAways.Count > 0);
        if (record.LastGoAway is { } goAway)
        {
            sink.Number(_goAways, record.GoAways.Count);
            sink.Word(_goAwayBy, Words.Sides[(int)(tcp.Actual(goAway.Sender))]);
            sink.Packet(_goAwayFrame, goAway.At);
            sink.Number(_goAwayLast, goAway.LastStream);
            sink.Word(_goAwayCode, Words.Http2ErrorCodes[(int)goAway.Error]);
            sink.Wire(_goAwayDebug, goAway.DebugData);
        }

        sink.NumberIfAny(_clientPings, client);
        sink.NumberIfAny(_serverPings, server);
        sink.DurationIfKnown(_slowestPing, record.SlowestPing);
    }
}
