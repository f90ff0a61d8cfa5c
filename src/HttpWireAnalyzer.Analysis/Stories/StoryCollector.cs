using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>
/// Keeps what happens on one connection, and makes a <see cref="Story"/> of it when the connection closes. Ordinary
/// exchanges are folded together as they come.
/// </summary>
/// <param name="number">The connection's number.</param>
public sealed class StoryCollector(int number, AckHistory? acknowledgments = null) : IExchangeSink, IConnectionSink
{
    /// <summary>Nobody reads a longer story; the first ones are kept, the rest is counted.</summary>
    public const int MaxLines = 10_000;

    /// <summary>Outstanding requests that are named; RFC 9112 §9.3.2 pipelines are rarely deeper than 8.</summary>
    public const int MaxOutstanding = 16;

    private readonly StoryMaterial _material = new();
    private HttpExchange? _previous;
    private ExchangeRun? _run;
    private HttpExchange? _onlyOfRun;

    /// <summary>Null until the connection has closed, and where the capture has no such connection.</summary>
    public Story? Story { get; private set; }

    /// <summary>How many connections the capture has.</summary>
    public int Connections { get; private set; }

    public void OnOpened(in ConnectionOpening opening)
    {
    }

    public void OnStateChange(in TcpStateChange change)
    {
        if (change.Connection.Number == number)
        {
            _material.Add(change);
        }
    }

    public void OnTcpRemark(in TcpRemark remark)
    {
        if (remark.Connection.Number == number)
        {
            _material.Add(remark);
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (gap.Connection.Number == number)
        {
            _material.Add(gap);
        }
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
        if (remark.Connection.Number == number)
        {
            _material.Add(remark);
        }
    }

    public void OnExchange(in HttpExchange exchange)
    {
        if (exchange.Connection.Number != number)
        {
            return;
        }

        _material.RememberIdle(exchange);

        // The first exchange and the last are always told in full; those between may join a run.
        SettlePrevious();
        _previous = exchange;
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        if (tcp.Connection.Number != number)
        {
            return;
        }

        EndRun();
        if (_previous is { } last)
        {
            _material.Add(last);
            _previous = null;
        }
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends)
    {
    }

    public void OnConnection(ConnectionRecord connection)
    {
        Connections++;
        if (connection.Number == number)
        {
            Story = new StoryTeller(connection, _material, acknowledgments).Tell();
        }
    }

    /// <summary>Nothing about it is worth a line of its own.</summary>
    private static bool IsOrdinary(in HttpExchange exchange) =>
        exchange.Ordinal > 1
        && exchange.End == ExchangeEnd.Complete
        && exchange.Persistence.Verdict == PersistenceVerdict.Persistent
        && exchange.Pairing == PairingConfidence.Certain
        && exchange.PipelineDepth == 1
        && exchange.InterimResponses == 0
        && exchange.TunnelDepth == 0
        && exchange.Anomalies == HttpAnomalies.None
        && exchange.Response is { Status: < 400 };

    private void SettlePrevious()
    {
        if (_previous is not { } exchange)
        {
            return;
        }

        if (!IsOrdinary(exchange))
        {
            EndRun();
            _material.Add(exchange);
            return;
        }

        var wait = exchange.ResponseTrace.Start.Time.Since(exchange.RequestTrace.End.Time);
        _run = _run is null
            ? new ExchangeRun(exchange.Ordinal, exchange.Ordinal, exchange.IdleBefore, exchange.IdleBefore, wait)
            {
                Evidence = [exchange.RequestTrace.Start, exchange.ResponseTrace.End],
            }
            : _run with
            {
                Last = exchange.Ordinal,
                ShortestIdle = long.Min(_run.ShortestIdle, exchange.IdleBefore),
                LongestIdle = long.Max(_run.LongestIdle, exchange.IdleBefore),
                SlowestWait = long.Max(_run.SlowestWait, wait),
                Evidence = [_run.Evidence[0], exchange.ResponseTrace.End],
            };
        _onlyOfRun = _run.Count == 1 ? exchange : null;
    }

    private void EndRun()
    {
        if (_onlyOfRun is { } only)
        {
            _material.Add(only);
        }
        else if (_run is not null)
        {
            _material.Add(_run);
        }

        _run = null;
        _onlyOfRun = null;
    }
}
