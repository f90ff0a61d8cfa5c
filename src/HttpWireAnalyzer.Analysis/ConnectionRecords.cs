using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Makes a record of each connection and hands the records on in the order of their numbers. Exchanges pass
/// straight through: nothing is kept of them.
/// </summary>
/// <remarks>
/// A finished connection waits for those that began before it and are still open. What waits is about a kibibyte a
/// connection, and at most as many as the capture has.
/// </remarks>
public sealed class ConnectionRecords(IConnectionSink next, StreamDigests? digests = null) : IExchangeSink
{
    private readonly Dictionary<int, ConnectionRecord> _waiting = [];
    private Open?[] _open = new Open?[64];
    private int _nextNumber;

    public void OnOpened(in ConnectionOpening opening)
    {
        if (opening.Connection.Slot >= _open.Length)
        {
            Array.Resize(ref _open, int.Max(opening.Connection.Slot + 1, 2 * _open.Length));
        }

        _open[opening.Connection.Slot] = new Open(new ConnectionEnds(opening.Client, opening.Server));
    }

    public void OnStateChange(in TcpStateChange change)
    {
        if (_open[change.Connection.Slot] is { } open)
        {
            open.Watch.Add(change);
            open.Clock.Add(change);
        }
    }

    public void OnTcpRemark(in TcpRemark remark)
    {
        if (_open[remark.Connection.Slot] is { } open)
        {
            open.RemarkKinds |= 1u << (int)remark.Kind;
            open.Watch.Add(remark);
            open.Clock.Add(remark);
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (_open[gap.Connection.Slot] is { } open)
        {
            open.Gaps++;
        }
    }

    public void OnExchange(in HttpExchange exchange)
    {
        if (_open[exchange.Connection.Slot] is { } open)
        {
            open.Watch.Add(exchange);
            if (exchange.Request is not null && exchange.TunnelDepth == 0)
            {
                open.Requests++;
            }

            next.OnExchange(exchange, open.Ends, open.Clock.Of(exchange));
        }
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        if (_open[tcp.Connection.Slot] is not { } open)
        {
            return;
        }

        _open[tcp.Connection.Slot] = null;
        var atClose = open.Watch.At(tcp);
        var ends = tcp.Swapped ? new ConnectionEnds(tcp.Client, tcp.Server) : open.Ends;
        _waiting.Add(tcp.Connection.Number, new ConnectionRecord
        {
            Tcp = tcp,
            Http = http,
            Close = CloseJudge.Judge(tcp, http, atClose),
            AtClose = atClose,
            Handshake = Handshake.Of(tcp),
            Ends = ends,
            Gaps = open.Gaps,
            Reuses = int.Max(0, open.Requests - 1),
            RemarkKinds = open.RemarkKinds,
            Digests = digests?.LastClosed,
        });
        while (_waiting.Remove(_nextNumber, out var record))
        {
            _nextNumber++;
            next.OnConnection(record);
        }
    }

    private sealed class Open(ConnectionEnds ends)
    {
        public ConnectionEnds Ends { get; } = ends;

        /// <summary>A field, not a property: it changes in place.</summary>
        public CloseWatch Watch;

        /// <summary>A field as well.</summary>
        public ExchangeClock Clock;

        public int Gaps { get; set; }

        /// <summary>But for those inside a tunnel.</summary>
        public int Requests { get; set; }

        public uint RemarkKinds { get; set; }
    }
}
