using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

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

    /// <summary>Fewer ordinary exchanges are told one by one: they take no more than a few lines.</summary>
    public const int ShortestRun = 4;

    private readonly StoryMaterial _material = new();
    private HttpExchange? _previous;
    private readonly List<HttpExchange> _held = [];
    private ExchangeRun? _run;

    /// <summary>Null until the connection has closed, and where the capture has no such connection.</summary>
    public Story? Story { get; private set; }

    /// <summary>How many connections the capture has.</summary>
    public int Connections { get; private set; }

    public void OnOpened(in ConnectionOpening opening)
    {
        if (opening.Connection.Number == number)
        {
            _material.Opening = opening;
        }
        else if (opening.Incarnation > 1)
        {
            _material.NoteSuccessor(opening);
        }
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
            _material.Course.Add(remark);
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (gap.Connection.Number == number)
        {
            _material.Course.Add(gap);
        }
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
        if (remark.Connection.Number == number)
        {
            _material.Course.Add(remark);
        }
    }

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
    }

    public void OnExchange(in HttpExchange exchange)
    {
        if (exchange.Connection.Number != number)
        {
            if (exchange.RetryOf is { } retry && retry.Connection == number)
            {
                _material.NoteRetryElsewhere(exchange);
            }

            return;
        }

        _material.Remember(exchange);

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

        if (http.Successor is Http2Record record)
        {
            _material.Add(record);
        }
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (exchange.Connection.Number == number)
        {
            _material.Remember(exchange, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        Connections++;
        if (connection.Number == number)
        {
            Story = new StoryTeller(connection.Copy(), _material, acknowledgments).Tell();
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
        && exchange.RetryOf is null
        && exchange.Anomalies == HttpAnomalies.None
        && exchange.Response is { Status: < 400 };

    private void SettlePrevious()
    {
        if (_previous is not { } exchange)
        {
            return;
        }

        // Streams end in any order: only what ends in the order of the requests is a run.
        var last = _run?.Last ?? (_held.Count > 0 ? _held[^1].Ordinal : exchange.Ordinal - 1);
        if (exchange.Ordinal != last + 1)
        {
            EndRun();
        }

        if (!IsOrdinary(exchange))
        {
            EndRun();
            _material.Add(exchange);
            return;
        }

        if (_run is not null)
        {
            _run = Joined(_run, exchange);
            return;
        }

        _held.Add(exchange);
        if (_held.Count == ShortestRun)
        {
            _run = _held.Aggregate((ExchangeRun?)null, (run, held) => Joined(run, held));
            _held.Clear();
        }
    }

    private static ExchangeRun Joined(ExchangeRun? run, in HttpExchange exchange)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        var max = exchange.Response is { } head ? head.KeepAliveMax : -1;
        var alone = new ExchangeRun(
            exchange.Ordinal,
            exchange.Ordinal,
            exchange.IdleBefore,
            exchange.IdleBefore,
            response.Start.Time.Since(request.End.Time),
            response.End.Time.Since(request.Start.Time),
            max,
            max)
        {
            Evidence = [request.Start, response.End],
        };
        return run is null
            ? alone
            : alone with
            {
                First = run.First,
                ShortestIdle = long.Min(run.ShortestIdle, alone.ShortestIdle),
                LongestIdle = long.Max(run.LongestIdle, alone.LongestIdle),
                SlowestWait = long.Max(run.SlowestWait, alone.SlowestWait),
                Slowest = long.Max(run.Slowest, alone.Slowest),
                FirstMax = run.FirstMax,
                Evidence = [run.Evidence[0], response.End],
            };
    }

    private void EndRun()
    {
        if (_run is not null)
        {
            _material.Course.Add(_run);
        }

        foreach (var exchange in _held)
        {
            _material.Add(exchange);
        }

        _run = null;
        _held.Clear();
    }
}
