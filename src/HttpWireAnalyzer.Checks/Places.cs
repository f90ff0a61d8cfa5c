using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>Where records are.</summary>
internal static class Places
{
    /// <summary>What a connection's end says of it, or its last packet.</summary>
    public static RecordPlace Of(ConnectionRecord connection) => new()
    {
        Connection = connection.Number,
        Client = connection.Tcp.Client,
        Server = connection.Tcp.Server,
        First = connection.HasCloser ? connection.Close.Evidence : connection.Tcp.Last,
        Last = connection.HasCloser ? connection.Tcp.Close.Packet : connection.Tcp.Last,
    };

    public static RecordPlace Of(in HttpExchange exchange, ConnectionEnds ends)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        var first = request.Start.IsNone ? response.Start : request.Start;
        var last = response.Start.IsNone ? exchange.EndedBy : response.Start;
        return new RecordPlace
        {
            Connection = exchange.Connection.Number,
            Exchange = exchange.Ordinal,
            Client = ends.Of(exchange.Requester),
            Server = ends.Of(exchange.Requester.Other()),
            First = first,
            Last = last,
        };
    }

    /// <summary>From the message's first octet to its last.</summary>
    public static RecordPlace Of(in HttpExchange exchange, ConnectionEnds ends, MessageKind kind)
    {
        ref readonly var trace = ref kind == MessageKind.Request ? ref exchange.RequestTrace : ref exchange.ResponseTrace;
        return Of(exchange, ends) with { First = trace.Start, Last = trace.End.IsNone ? trace.Start : trace.End };
    }

    public static RecordPlace Of(in TcpSegment segment, in TrackedSegment tracked)
    {
        var isClient = tracked.Sender == Side.Client;
        return new RecordPlace
        {
            Connection = tracked.Connection.Number,
            Client = isClient ? segment.Source : segment.Destination,
            Server = isClient ? segment.Destination : segment.Source,
            First = segment.Packet,
            Last = segment.Packet,
        };
    }

    public static RecordPlace Of(PoolRecord pool) => new()
    {
        Client = new Endpoint(pool.Client, 0),
        Server = pool.Server,
        First = pool.First,
        Last = pool.Last,
    };

    public static RecordPlace Of(PoolName pool) => new() { Client = new Endpoint(pool.Client, 0), Server = pool.Server };

    public static RecordPlace Of(Finding finding) => new()
    {
        Connection = finding.Subject.Connection,
        Exchange = finding.Subject.Exchange,
        Client = finding.Subject.Pool is { } pool ? new Endpoint(pool.Client, 0) : default,
        Server = finding.Subject.Pool?.Server ?? default,
        First = finding.From,
        Last = finding.To,
        Finding = finding,
    };

    public static RecordPlace Of(CaptureTotals totals) => new() { First = totals.First, Last = totals.Last };
}
