using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Checks;

/// <summary>How a good capture is, server by server, for a spec that claims that it stays so.</summary>
public sealed class StarterAccount : IConnectionSink
{
    /// <summary>Servers that are told apart: nobody edits claims about more.</summary>
    public const int MostServers = 64;

    private readonly Dictionary<Endpoint, ServerFacts> _servers = [];

    /// <summary>There is a connection, opened or not.</summary>
    public bool HasConnections => _servers.Count > 0;

    /// <summary>Those that took a connection. Busiest first; of equal ones, the one that was seen first.</summary>
    public IReadOnlyList<ServerFacts> Servers =>
        [.. _servers.Values.Where(server => server.Opened > 0).OrderByDescending(server => server.Connections)];

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
        Of(ends.Of(exchange.Requester.Other()))?.Add(exchange);

    public void OnConnection(ConnectionRecord connection) => Of(connection.Tcp.Server)?.Add(connection);

    private ServerFacts? Of(Endpoint server)
    {
        if (!_servers.TryGetValue(server, out var facts) && _servers.Count < MostServers)
        {
            _servers.Add(server, facts = new ServerFacts(server));
        }

        return facts;
    }
}

/// <summary>What the connections to one server, and their exchanges, were like.</summary>
public sealed class ServerFacts(Endpoint server)
{
    /// <summary>Latencies kept: a claim needs no more.</summary>
    private const int MostLatencies = 100_000;

    private readonly List<long> _latencies = [];
    private bool _hasMoreLatencies;

    public Endpoint Server { get; } = server;

    public long Connections { get; private set; }

    /// <summary>Those that it neither refused nor left unanswered.</summary>
    public long Opened { get; private set; }

    public long Exchanges { get; private set; }

    /// <summary>Those that are not the first of their connection.</summary>
    public long Reusing { get; private set; }

    /// <summary>Connections that somebody ended, and how many of them the client and the server did first.</summary>
    public long Closed { get; private set; }

    public long ClosedByClient { get; private set; }

    public long ClosedByServer { get; private set; }

    /// <summary>Connections that carried HTTP, and how many of them left nothing unanswered.</summary>
    public long WithHttp { get; private set; }

    public long Answered { get; private set; }

    /// <summary>Idle time before the server closed an idle connection: the shortest; -1 where it closed none.</summary>
    public long ShortestServerIdle { get; private set; } = -1;

    /// <summary>At rank ⌈0.95 n⌉; null without any, or with more than are kept.</summary>
    public long? Latency95()
    {
        if (_latencies.Count == 0 || _hasMoreLatencies)
        {
            return null;
        }

        _latencies.Sort();
        return _latencies[(((_latencies.Count * 95) + 99) / 100) - 1];
    }

    internal void Add(in HttpExchange exchange)
    {
        Exchanges++;
        Reusing += exchange.IsCold ? 0 : 1;
        if (exchange.RequestTrace.Start.IsNone || exchange.ResponseTrace.End.IsNone || !exchange.IsShownInOrder)
        {
            return;
        }

        _hasMoreLatencies |= _latencies.Count == MostLatencies;
        if (!_hasMoreLatencies)
        {
            _latencies.Add(exchange.ResponseTrace.End.Time.Since(exchange.RequestTrace.Start.Time));
        }
    }

    internal void Add(ConnectionRecord connection)
    {
        Connections++;
        Opened += connection.NeverOpened ? 0 : 1;
        WithHttp += connection.IsHttp ? 1 : 0;
        Answered += connection.IsHttp && connection.Http.Unanswered == 0 ? 1 : 0;
        if (!connection.HasCloser)
        {
            return;
        }

        Closed++;
        ClosedByClient += connection.IsClosedBy(Side.Client) ? 1 : 0;
        ClosedByServer += connection.IsClosedBy(Side.Server) ? 1 : 0;
        if (connection.IsClosedBy(Side.Server)
            && connection.AtClose.Idle >= 0
            && connection.Close.Reason is CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout)
        {
            ShortestServerIdle = ShortestServerIdle < 0 ? connection.AtClose.Idle : long.Min(ShortestServerIdle, connection.AtClose.Idle);
        }
    }
}
