using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>What one line said in one stretch of the capture, each event with what it was said on.</summary>
internal sealed class EventLog
{
    private readonly List<Entry> _entries = [];
    private readonly List<ConnectionOpening> _openings = [];
    private readonly List<TcpStateChange> _changes = [];
    private readonly List<TcpRemark> _tcpRemarks = [];
    private readonly List<StreamGap> _gaps = [];
    private readonly List<PacketRef> _busy = [];
    private readonly List<HttpExchange> _exchanges = [];
    private readonly List<HttpRemark> _httpRemarks = [];
    private readonly List<(TcpSummary Tcp, HttpSummary Http)> _closings = [];

    public int Count => _entries.Count;

    /// <summary>Nothing comes after it.</summary>
    public bool IsLast { get; set; }

    public void Clear()
    {
        _entries.Clear();
        _openings.Clear();
        _changes.Clear();
        _tcpRemarks.Clear();
        _gaps.Clear();
        _busy.Clear();
        _exchanges.Clear();
        _httpRemarks.Clear();
        _closings.Clear();
        IsLast = false;
    }

    public Occasion OccasionOf(int index) => _entries[index].Occasion;

    public bool IsOpening(int index) => _entries[index].Kind == EventKind.Opened;

    public bool IsClosing(int index) => _entries[index].Kind == EventKind.Closed;

    public ConnectionId ConnectionOf(int index) => _entries[index].Connection;

    public void Add(Occasion occasion, in ConnectionOpening opening) =>
        Enter(EventKind.Opened, occasion, opening.Connection, _openings, opening);

    public void Add(Occasion occasion, in TcpStateChange change) =>
        Enter(EventKind.StateChange, occasion, change.Connection, _changes, change);

    public void Add(Occasion occasion, in TcpRemark remark) =>
        Enter(EventKind.TcpRemark, occasion, remark.Connection, _tcpRemarks, remark);

    public void Add(Occasion occasion, in StreamGap gap) =>
        Enter(EventKind.Gap, occasion, gap.Connection, _gaps, gap);

    public void Add(Occasion occasion, ConnectionId connection, PacketRef busySince) =>
        Enter(EventKind.Busy, occasion, connection, _busy, busySince);

    public void Add(Occasion occasion, in HttpExchange exchange) =>
        Enter(EventKind.Exchange, occasion, exchange.Connection, _exchanges, exchange);

    public void Add(Occasion occasion, in HttpRemark remark) =>
        Enter(EventKind.HttpRemark, occasion, remark.Connection, _httpRemarks, remark);

    public void Add(Occasion occasion, in TcpSummary tcp, in HttpSummary http) =>
        Enter(EventKind.Closed, occasion, tcp.Connection, _closings, (tcp, http));

    /// <summary>Says one event again, of <paramref name="connection"/>.</summary>
    public void Replay(int index, ConnectionId connection, IExchangeSink sink)
    {
        var at = _entries[index].At;
        switch (_entries[index].Kind)
        {
            case EventKind.Opened:
                sink.OnOpened(_openings[at] with { Connection = connection });
                break;
            case EventKind.StateChange:
                sink.OnStateChange(_changes[at] with { Connection = connection });
                break;
            case EventKind.TcpRemark:
                sink.OnTcpRemark(_tcpRemarks[at] with { Connection = connection });
                break;
            case EventKind.Gap:
                sink.OnGap(_gaps[at] with { Connection = connection });
                break;
            case EventKind.Busy:
                sink.OnBusy(connection, _busy[at]);
                break;
            case EventKind.Exchange:
                sink.OnExchange(_exchanges[at] with { Connection = connection });
                break;
            case EventKind.HttpRemark:
                sink.OnHttpRemark(_httpRemarks[at] with { Connection = connection });
                break;
            case EventKind.Closed:
                sink.OnClosed(_closings[at].Tcp with { Connection = connection }, _closings[at].Http);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Enter<T>(
        EventKind kind, Occasion occasion, ConnectionId connection, List<T> events, in T value)
    {
        _entries.Add(new Entry(occasion, connection, events.Count, kind));
        events.Add(value);
    }

    private readonly record struct Entry(Occasion Occasion, ConnectionId Connection, int At, EventKind Kind);

    private enum EventKind : byte
    {
        Opened,
        StateChange,
        TcpRemark,
        Gap,
        Busy,
        Exchange,
        HttpRemark,
        Closed,
    }
}
