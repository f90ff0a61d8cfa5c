using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "summary".</summary>
public static class SummaryFields
{
    public static readonly FieldSet Set = new("summary");

    private static readonly Field Connections = Set.Add("summary.connections", Number, "TCP connections");
    private static readonly Field HttpConnections = Set.Add("summary.connections.http", Number, "Those that carried HTTP/1, and did not leave it for HTTP/2");
    private static readonly Field Http2Connections = Set.Add("summary.connections.h2", Number, "Those on which a client spoke HTTP/2 in clear text; absent without any");
    private static readonly Field Midstream = Set.Add("summary.connections.midstream", Number, "Those whose opening was not captured");
    private static readonly Field Pipelined = Set.Add("summary.connections.pipelined", Number, "Those with more than one request outstanding at a time");
    private static readonly Field ByClient = Set.Add("summary.closed_first.client", Number, "Connections that the client closed first");
    private static readonly Field ByServer = Set.Add("summary.closed_first.server", Number, "Connections that the server closed first, but for those that it refused");
    private static readonly Field ByBoth = Set.Add("summary.closed_first.both", Number, "Connections whose FINs crossed");
    private static readonly Field[] Manners = AddEach("summary.close_how.", Words.CloseManners, "Connections that ended so; absent when 0");
    private static readonly Field[] Reasons = AddEach("summary.close_reason.", Words.CloseReasons, "Connections that ended for this reason; absent when 0");
    private static readonly Field Requests = Set.Add("summary.requests", Number, "HTTP requests, streams of HTTP/2 among them");
    private static readonly Field Warm = Set.Add("summary.requests.warm", Number, "Those on a connection that had carried one before");
    private static readonly Field Reuse = Set.Add("summary.reuse", Ratio, "Warm requests of all requests");
    private static readonly Field[] Outcomes = AddEach("summary.outcome.", Words.ExchangeEnds, "Exchanges with this outcome; absent when 0");
    private static readonly Field[] GatewayErrors = [.. CaptureOverview.GatewayErrorStatuses.Select(status => Set.Add(
        string.Create(CultureInfo.InvariantCulture, $"summary.gateway_errors.status_{status}"), Number,
        "Responses with this status, with which a gateway says that the server behind it did not answer (RFC 9110 §15.6.3 to §15.6.5); absent when 0"))];
    private static readonly Field Pools = Set.Add("summary.pools", Number, "Pools: client address to server endpoint");
    private static readonly Field PoolsLeftOut = Set.Add("summary.pools.connections_left_out", Number, "Connections of pools beyond the 16,384 that are told apart; absent when 0");
    private static readonly Field PoolsLate = Set.Add("summary.pools.late_changes", Number, "Changes of pools (a connection opens, turns busy or idle, leaves) that were known more than 1,024 changes late, and count from then on; absent when 0");
    private static readonly Field ParallelMax = Set.Add("summary.parallel.max", Number, "Most connections open at once from one client to one server address");
    private static readonly Field Sharded = Set.Add("summary.sharded_domains", FieldKind.List, "Domains under several host names of which one client had connections open at once; absent without any");
    private static readonly Field Failed = Set.Add("summary.failed", Number, "Exchanges unanswered, cut off, or answered with 502, 503 or 504");
    private static readonly Field Retries = Set.Add("summary.retries", Number, "Exchanges that repeat a failed one");
    private static readonly Field UnsafeRetries = Set.Add("summary.retries.unsafe", Number, "Those of a method that is not idempotent (RFC 9110 §9.2.2)");
    private static readonly Field Retransmissions = Set.Add("summary.retransmissions", Number, "Segments all of whose octets had been seen");
    private static readonly Field Fast = Set.Add("summary.fast_retransmissions", Number, "Segments sent again on duplicate acknowledgments; absent when 0, as are all that follow to stalled.nagle");
    private static readonly Field Timeouts = Set.Add("summary.retransmission_timeouts", Number, "Segments sent again after a retransmission timeout");
    private static readonly Field Spurious = Set.Add("summary.spurious_retransmissions", Number, "Segments sent again that the receiver had");
    private static readonly Field StalledTimeout = Set.Add("summary.stalled.timeout", Duration, "exchange.time.timeout of all exchanges");
    private static readonly Field StalledLoss = Set.Add("summary.stalled.loss", Duration, "exchange.time.loss of all exchanges");
    private static readonly Field StalledZeroWindow = Set.Add("summary.stalled.zero_window", Duration, "exchange.time.zero_window of all exchanges");
    private static readonly Field StalledNagle = Set.Add("summary.stalled.nagle", Duration, "exchange.time.nagle of all exchanges");
    private static readonly Field GapOctets = Set.Add("summary.gap_octets", Number, "Octets of streams that were not captured");
    private static readonly Field Anomalies = Set.AddList("summary.http.anomalies", Words.AllAnomalies, "What was odd about any message");
    private static readonly Field[] Found = AddEach("summary.findings.", Words.Severities, "Findings of this severity: see hwa findings");

    public static void Write(CaptureOverview overview, PoolReport pools, FindingReport findings, FieldSink sink)
    {
        sink.Number(Connections, overview.Connections);
        sink.Number(HttpConnections, overview.HttpConnections);
        sink.NumberIfAny(Http2Connections, overview.Http2Connections);
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

        foreach (var (field, (_, count)) in GatewayErrors.Zip(overview.GatewayErrors))
        {
            WriteIfAny(sink, field, count);
        }

        WritePools(pools, sink);
        sink.Number(Retransmissions, overview.Retransmissions);
        WriteIfAny(sink, Fast, overview.FastRetransmissions);
        WriteIfAny(sink, Timeouts, overview.Timeouts);
        WriteIfAny(sink, Spurious, overview.SpuriousRetransmissions);
        WriteTimeIfAny(sink, StalledTimeout, overview.StalledInTimeouts);
        WriteTimeIfAny(sink, StalledLoss, overview.StalledInLoss);
        WriteTimeIfAny(sink, StalledZeroWindow, overview.StalledAtZeroWindow);
        WriteTimeIfAny(sink, StalledNagle, overview.StalledByDelayedAcks);
        sink.Number(GapOctets, overview.GapOctets);
        sink.List(Anomalies, Words.Anomalies(overview.Anomalies));
        for (var i = 0; i < Found.Length; i++)
        {
            sink.Number(Found[i], findings.Count((Severity)i));
        }
    }

    private static void WritePools(PoolReport pools, FieldSink sink)
    {
        sink.Number(Pools, pools.Pools.Count);
        WriteIfAny(sink, PoolsLeftOut, pools.ConnectionsLeftOut);
        WriteIfAny(sink, PoolsLate, pools.LateTurns);
        sink.Number(ParallelMax, pools.Pools.Select(pool => pool.MaxToAddress).DefaultIfEmpty(0).Max());
        if (pools.Sharded.Count > 0)
        {
            sink.Texts(Sharded, [.. pools.Sharded.Select(site => site.Domain).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        sink.Number(Failed, pools.Failed);
        sink.Number(Retries, pools.Retries);
        sink.Number(UnsafeRetries, pools.UnsafeRetries);
    }

    private static Field[] AddEach(string prefix, Word[] words, string meaning) =>
        [.. words.Select(word => Set.Add(prefix + word.Text, Number, meaning))];

    private static void WriteTimeIfAny(FieldSink sink, Field field, long nanoseconds)
    {
        if (nanoseconds > 0)
        {
            sink.Duration(field, nanoseconds);
        }
    }

    private static void WriteIfAny(FieldSink sink, Field field, long count)
    {
        if (count > 0)
        {
            sink.Number(field, count);
        }
    }
}
