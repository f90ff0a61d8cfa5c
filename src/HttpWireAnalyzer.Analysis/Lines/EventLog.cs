using System.Diagnostics;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>What one line said in a stretch of the capture, or a part of that; each event with what it was said on.</summary>
internal sealed class EventLog
{
    private readonly Events<Entry> _entries = new();
    private readonly Events<ConnectionOpening> _openings = new();
    private readonly Events<TcpStateChange> _changes = new();
    private readonly Events<TcpRemark> _tcpRemarks = new();
    private readonly Events<StreamGap> _gaps = new();
    private readonly Events<PacketRef> _busy = new();
    private readonly Events<HttpExchange> _exchanges = new();
    private readonly Events<HttpRemark> _httpRemarks = new();
    private readonly Events<TcpSummary> _tcpClosings = new();
    private readonly Events<HttpSummary> _httpClosings = new();

    /// <summary>About as many as a stretch makes; at a tick, or at the end, connections leave by the thousand.</summary>
    private const int Most = 512;

    public static EventLog Empty { get; } = new();

    public int Count => _entries.Count;

    public bool IsFull => Count >= Most;

    /// <summary>The line has said all of the stretch.</summary>
    public bool EndsStretch { get; set; }

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
        _tcpClosings.Clear();
        _httpClosings.Clear();
        EndsStretch = false;
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

    public void Add(Occasion occasion, in TcpSummary tcp, in HttpSummary http)
    {
        Enter(EventKind.Closed, occasion, tcp.Connection, _tcpClosings, tcp);
        _httpClosings.Add(http);
    }

    /// <summary>Has an event fetched that is said soon, if it is there.</summary>
    public void Fetch(int index)
    {
        if (index >= Count)
        {
            return;
        }

        ref readonly var entry = ref _entries[index];
        switch (entry.Kind)
        {
            case EventKind.StateChange:
                _changes.Fetch(entry.At);
                break;
            case EventKind.Exchange:
                _exchanges.Fetch(entry.At);
                break;
            case EventKind.Closed:
                _tcpClosings.Fetch(entry.At);
                _httpClosings.Fetch(entry.At);
                break;
            default:
                break;
        }
    }

    /// <summary>Says one event again, as it was said.</summary>
    private void Replay(int index, IExchangeSink sink)
    {
        ref readonly var entry = ref _entries[index];
        var at = entry.At;
        switch (entry.Kind)
        {
            case EventKind.Opened:
                sink.OnOpened(_openings[at]);
                break;
            case EventKind.StateChange:
                sink.OnStateChange(_changes[at]);
                break;
            case EventKind.TcpRemark:
                sink.OnTcpRemark(_tcpRemarks[at]);
                break;
            case EventKind.Gap:
                sink.OnGap(_gaps[at]);
                break;
            case EventKind.Busy:
                sink.OnBusy(entry.Connection, _busy[at]);
                break;
            case EventKind.Exchange:
                sink.OnExchange(_exchanges[at]);
                break;
            case EventKind.HttpRemark:
                sink.OnHttpRemark(_httpRemarks[at]);
                break;
            case EventKind.Closed:
                sink.OnClosed(_tcpClosings[at], _httpClosings[at]);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Says one event again, of <paramref name="connection"/>.</summary>
    public void Replay(int index, ConnectionId connection, IExchangeSink sink)
    {
        ref readonly var entry = ref _entries[index];
        if (entry.Connection == connection)
        {
            Replay(index, sink);
            return;
        }

        var at = entry.At;
        switch (entry.Kind)
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
                sink.OnClosed(_tcpClosings[at] with { Connection = connection }, _httpClosings[at]);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Enter<T>(
        EventKind kind, Occasion occasion, ConnectionId connection, Events<T> events, in T value)
        where T : struct
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
