using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Makes a record of each connection and hands the records on in the order of their numbers, as far as
/// <see cref="MostWaiting"/> allows. Exchanges pass straight through: nothing is kept of them.
/// </summary>
public sealed class ConnectionRecords(IConnectionSink next, StreamDigests? digests = null) : IExchangeSink
{
    /// <summary>
    /// A finished connection waits for those that began before it and are still open. Of more than so many (about a
    /// kibibyte each) the one with the least number goes first: the list of a long capture is nearly in order, and
    /// its memory does not grow.
    /// </summary>
    public const int MostWaiting = 4096;

    private readonly PriorityQueue<ConnectionRecord, int> _waiting = new();
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

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
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
        var record = new ConnectionRecord
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
        };
        _waiting.Enqueue(record, record.Number);
        while (_waiting.TryPeek(out var first, out var number)
            && (number <= _nextNumber || _waiting.Count > MostWaiting))
        {
            _waiting.Dequeue();
            _nextNumber = int.Max(_nextNumber, number + 1);
            next.OnConnection(first);
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
