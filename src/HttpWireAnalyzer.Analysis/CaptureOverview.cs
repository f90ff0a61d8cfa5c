using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Sums over a capture, and its few most telling exchanges and connections.</summary>
public sealed class CaptureOverview : IConnectionSink
{
    /// <summary>A screen has room for no more.</summary>
    private const int SlowestKept = 3;

    /// <inheritdoc cref="ResponseHead.IsGatewayError"/>
    public static readonly IReadOnlyList<int> GatewayErrorStatuses =
        [.. Enumerable.Range(ResponseHead.FirstGatewayError, ResponseHead.LastGatewayError - ResponseHead.FirstGatewayError + 1)];

    private List<SlowExchange> _slowest = [];
    private long[] _reasons = new long[Enum.GetValues<CloseReason>().Length];
    private long[] _manners = new long[Enum.GetValues<CloseManner>().Length];
    private long[] _outcomes = new long[Enum.GetValues<ExchangeEnd>().Length];
    private long[] _gatewayErrors = new long[GatewayErrorStatuses.Count];

    /// <summary>Of <see cref="MostTelling"/>.</summary>
    private int _seriousness;

    public long Connections { get; private set; }

    /// <summary>Connections that carried HTTP/1, and did not leave it for HTTP/2.</summary>
    public long HttpConnections { get; private set; }

    /// <summary>Connections on which a client spoke HTTP/2, with prior knowledge or after an upgrade.</summary>
    public long Http2Connections { get; private set; }

    public long MidstreamConnections { get; private set; }

    public long ClosedByClient { get; private set; }

    public long ClosedByServer { get; private set; }

    /// <summary>Connections whose FINs crossed.</summary>
    public long ClosedByBoth { get; private set; }

    public long NeverOpened { get; private set; }

    /// <summary>Requests sent after the FIN or RST of the other end had passed.</summary>
    public long RequestsAfterClose { get; private set; }

    /// <summary>Requests, answered or not.</summary>
    public long Requests { get; private set; }

    /// <summary>Responses to no request, but for those in clear text to TLS: these are among the <see cref="Anomalies"/>.</summary>
    public long UnsolicitedResponses { get; private set; }

    /// <summary>Requests on a connection that had carried one before.</summary>
    public long WarmRequests { get; private set; }

    public long Retransmissions { get; private set; }

    /// <summary>SYN and SYN-ACK beyond the first of each connection.</summary>
    public long SynRetransmissions { get; private set; }

    /// <summary>Segments that filled a hole: lost before the tap and sent again, or overtaken.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Segments sent again on duplicate acknowledgments.</summary>
    public long FastRetransmissions { get; private set; }

    /// <summary>Segments sent again after a retransmission timeout.</summary>
    public long Timeouts { get; private set; }

    /// <summary>Segments sent again that the receiver had.</summary>
    public long SpuriousRetransmissions { get; private set; }

    /// <summary>Nanoseconds that exchanges stood still for, by what TCP lost them.</summary>
    public long StalledInTimeouts { get; private set; }

    public long StalledInLoss { get; private set; }

    public long StalledAtZeroWindow { get; private set; }

    public long StalledByDelayedAcks { get; private set; }

    /// <summary>Octets of streams that the capture does not have.</summary>
    public long GapOctets { get; private set; }

    public long ConnectionsWithGaps { get; private set; }

    public long PipelinedConnections { get; private set; }

    /// <summary>The union over all connections.</summary>
    public HttpAnomalies Anomalies { get; private set; }

    /// <summary>The slowest exchanges, the slowest first.</summary>
    public IReadOnlyList<SlowExchange> Slowest => _slowest;

    /// <summary>The connection whose story to read first: the most serious end, then the most requests.</summary>
    public ConnectionRecord? MostTelling { get; private set; }

    public long Ended(CloseManner manner) => _manners[(int)manner];

    public long Because(CloseReason reason) => _reasons[(int)reason];

    public long Outcome(ExchangeEnd end) => _outcomes[(int)end];

    /// <summary>How often each of <see cref="GatewayErrorStatuses"/> came.</summary>
    public IEnumerable<(int Status, long Count)> GatewayErrors => GatewayErrorStatuses.Zip(_gatewayErrors);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        _outcomes[(int)exchange.End]++;
        StalledInTimeouts += timing.Timeout;
        StalledInLoss += timing.Loss;
        StalledAtZeroWindow += timing.ZeroWindow;
        StalledByDelayedAcks += timing.AckWait;
        if (exchange.Request is not { } request)
        {
            var isStray = exchange.End == ExchangeEnd.Unsolicited && (exchange.Anomalies & HttpAnomalies.HttpAnswerToTls) == 0;
            UnsolicitedResponses += isStray ? 1 : 0;
            return;
        }

        Requests += exchange.IsUpgradeAnswer ? 0 : 1;
        if (exchange.Response is not { } response)
        {
            return;
        }

        if (response.IsGatewayError)
        {
            _gatewayErrors[response.Status - ResponseHead.FirstGatewayError]++;
        }

        var isTimed = exchange.ResponseTrace.Complete ? exchange.End != ExchangeEnd.Switched : IsCutOff(exchange);
        if (isTimed)
        {
            RememberIfSlow(exchange, request, response);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        Connections++;
        var isHttp2 = connection.Http.Http2 is { IsTunnelled: false };
        Http2Connections += isHttp2 ? 1 : 0;
        HttpConnections += connection.IsHttp && !isHttp2 ? 1 : 0;
        MidstreamConnections += tcp.Midstream ? 1 : 0;
        PipelinedConnections += connection.Http.MaxPipelineDepth > 1 ? 1 : 0;
        ConnectionsWithGaps += connection.Gaps > 0 ? 1 : 0;
        Anomalies |= connection.Http.Oddities;
        SynRetransmissions += connection.Handshake.SynRetransmissions;
        Retransmissions += tcp.ClientEnd.Counters.Retransmissions + tcp.ServerEnd.Counters.Retransmissions;
        OutOfOrder += tcp.ClientEnd.Counters.OutOfOrder + tcp.ServerEnd.Counters.OutOfOrder;
        GapOctets += tcp.ClientEnd.Counters.Gap + tcp.ServerEnd.Counters.Gap;
        _manners[(int)tcp.Close.How]++;
        _reasons[(int)connection.Close.Reason]++;
        WarmRequests += connection.Reuses;
        RequestsAfterClose += connection.AtClose.RequestsAfter;
        SpuriousRetransmissions += tcp.ClientEnd.Diagnosis.ProvenSpurious + tcp.ServerEnd.Diagnosis.ProvenSpurious;
        CountRepeats(tcp.ClientEnd.Diagnosis.Marks);
        CountRepeats(tcp.ServerEnd.Diagnosis.Marks);
        CountCloser(connection);

        RememberIfTelling(connection);
    }

    /// <summary>One that stays as it is.</summary>
    public CaptureOverview Copy()
    {
        var copy = (CaptureOverview)MemberwiseClone();
        copy._slowest = [.. _slowest];
        copy._reasons = [.. _reasons];
        copy._manners = [.. _manners];
        copy._outcomes = [.. _outcomes];
        copy._gatewayErrors = [.. _gatewayErrors];
        return copy;
    }

    /// <summary>An event stream goes on for as long as it is wanted: it is not slow.</summary>
    private static bool IsCutOff(in HttpExchange exchange) =>
        exchange.End is ExchangeEnd.ResponseTruncated or ExchangeEnd.StreamReset
        && !exchange.ResponseTrace.End.IsNone && !EventStreams.Is(exchange);

    private void RememberIfTelling(ConnectionRecord connection)
    {
        var seriousness = SeriousnessOf(connection);
        if (MostTelling is null || seriousness > _seriousness
            || (seriousness == _seriousness && connection.Http.Requests > MostTelling.Http.Requests))
        {
            MostTelling = connection.Copy();
            _seriousness = seriousness;
        }
    }

    private void CountRepeats(SegmentCounts? marks)
    {
        if (marks is not null)
        {
            FastRetransmissions += marks.Of(SegmentMarks.FastRetransmission);
            Timeouts += marks.Of(SegmentMarks.RetransmissionTimeout);
            SpuriousRetransmissions += marks.Of(SegmentMarks.SpuriousRetransmission);
        }
    }

    private void CountCloser(ConnectionRecord connection)
    {
        if (connection.NeverOpened)
        {
            NeverOpened++;
        }
        else if (connection.HasTwoClosers)
        {
            ClosedByBoth++;
        }
        else
        {
            ClosedByClient += connection.IsClosedBy(Side.Client) ? 1 : 0;
            ClosedByServer += connection.IsClosedBy(Side.Server) ? 1 : 0;
        }
    }

    private static int SeriousnessOf(ConnectionRecord connection)
    {
        var lost = connection.Http.Unanswered > 0;
        return connection.Tcp.Close.How switch
        {
            CloseManner.Open => connection.IsHttp ? 1 : 0,
            _ when connection.Close.Reason == CloseReason.ResetOnUnread => lost ? 8 : 7,
            CloseManner.FinThenReset or CloseManner.Reset => lost ? 6 : connection.IsHttp ? 5 : 2,
            CloseManner.Refused or CloseManner.Unanswered => 3,
            _ => lost ? 4 : connection.IsHttp ? 1 : 0,
        };
    }

    private void RememberIfSlow(in HttpExchange exchange, RequestHead request, ResponseHead response)
    {
        var latency = exchange.ResponseTrace.End.Time.Since(exchange.RequestTrace.Start.Time);
        if (_slowest.Count == SlowestKept && latency <= _slowest[^1].Latency)
        {
            return;
        }

        // A search by a lambda would allocate what it captures, and at every exchange: on entry, not here.
        var at = 0;
        while (at < _slowest.Count && _slowest[at].Latency >= latency)
        {
            at++;
        }

        _slowest.Insert(at, new SlowExchange(
            exchange.Connection.Number,
            request.Method,
            request.Target,
            response.Status,
            !exchange.ResponseTrace.Complete,
            latency,
            exchange.RequestTrace.Start));
        if (_slowest.Count > SlowestKept)
        {
            _slowest.RemoveAt(SlowestKept);
        }
    }
}

/// <summary>An exchange that took long.</summary>
/// <param name="IsCutOff">Its response has no end.</param>
/// <param name="Latency">First octet of the request to last octet of the response, nanoseconds.</param>
public sealed record SlowExchange(
    int Connection, string Method, string Target, int Status, bool IsCutOff, long Latency, PacketRef Packet);
