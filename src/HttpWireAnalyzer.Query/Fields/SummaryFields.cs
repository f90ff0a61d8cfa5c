using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "summary".</summary>
public static class SummaryFields
{
    public static readonly FieldSet Set = new("summary");

    private static readonly Field Connections = Set.Add("summary.connections", Number, "TCP connections");
    private static readonly Field HttpConnections = Set.Add("summary.connections.http", Number, "Those that carried HTTP/1");
    private static readonly Field Midstream = Set.Add("summary.connections.midstream", Number, "Those whose opening was not captured");
    private static readonly Field Pipelined = Set.Add("summary.connections.pipelined", Number, "Those with more than one request outstanding at a time");
    private static readonly Field ByClient = Set.Add("summary.closed_first.client", Number, "Connections that the client closed first");
    private static readonly Field ByServer = Set.Add("summary.closed_first.server", Number, "Connections that the server closed first");
    private static readonly Field ByBoth = Set.Add("summary.closed_first.both", Number, "Connections whose FINs crossed");
    private static readonly Field[] Manners = AddEach("summary.close_how.", Words.CloseManners, "Connections that ended so; absent when 0");
    private static readonly Field[] Reasons = AddEach("summary.close_reason.", Words.CloseReasons, "Connections that ended for this reason; absent when 0");
    private static readonly Field Requests = Set.Add("summary.requests", Number, "HTTP/1 requests");
    private static readonly Field Warm = Set.Add("summary.requests.warm", Number, "Those on a connection that had carried one before");
    private static readonly Field Reuse = Set.Add("summary.reuse", Ratio, "Warm requests of all requests");
    private static readonly Field[] Outcomes = AddEach("summary.outcome.", Words.ExchangeEnds, "Exchanges with this outcome; absent when 0");
    private static readonly Field Retransmissions = Set.Add("summary.retransmissions", Number, "Segments all of whose octets had been seen");
    private static readonly Field GapOctets = Set.Add("summary.gap_octets", Number, "Octets of streams that were not captured");
    private static readonly Field Anomalies = Set.AddList("summary.http.anomalies", Words.AllAnomalies, "What was odd about any message");

    public static void Write(CaptureOverview overview, FieldSink sink)
    {
        sink.Number(Connections, overview.Connections);
        sink.Number(HttpConnections, overview.HttpConnections);
        sink.Number(Midstream, overview.MidstreamConnections);
        sink.Number(Pipelined, overview.PipelinedConnections);
        sink.Number(ByClient, overview.ClosedByClient);
        sink.Number(ByServer, overview.ClosedByServer);
        sink.Number(ByBoth, overview.ClosedByBoth);
        for (var i = 0; i < Manners.Length; i++)
        {
            WriteIfAny(sink, Manners[i], overview.Ended((CloseManner)i));
        }

        for (var i = 0; i < Reasons.Length; i++)
        {
            WriteIfAny(sink, Reasons[i], overview.Because((CloseReason)i));
        }

        sink.Number(Requests, overview.Requests);
        sink.Number(Warm, overview.WarmRequests);
        sink.RatioIfAny(Reuse, overview.WarmRequests, overview.Requests);
        for (var i = 0; i < Outcomes.Length; i++)
        {
            WriteIfAny(sink, Outcomes[i], overview.Outcome((ExchangeEnd)i));
        }

        sink.Number(Retransmissions, overview.Retransmissions);
        sink.Number(GapOctets, overview.GapOctets);
        sink.List(Anomalies, Words.Anomalies(overview.Anomalies));
    }

    private static Field[] AddEach(string prefix, Word[] words, string meaning) =>
        [.. words.Select(word => Set.Add(prefix + word.Text, Number, meaning))];

    private static void WriteIfAny(FieldSink sink, Field field, long count)
    {
        if (count > 0)
        {
            sink.Number(field, count);
        }
    }
}
