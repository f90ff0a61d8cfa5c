using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Makes a record of each connection and hands the records on in the order of their numbers, as far as
/// <see cref="MostWaiting"/> allows. Exchanges pass straight through: nothing is kept of them.
/// </summary>
/// <remarks>
/// What is open stands in structs by slot, and a record that was handed on serves for another connection: with as many
/// records as ever waited at once, a connection allocates nothing here.
/// </remarks>
public sealed class ConnectionRecords : IExchangeSink
{
    /// <summary>
    /// A finished connection waits for those that began before it and are still open. Of more than so many (about a
    /// kibibyte each) the one with the least number goes first: the list of a long capture is nearly in order, and
    /// its memory does not grow. Some thousand wait where ports are taken again at once, thousands a second: who loses its
    /// port leaves before those that began earlier.
    /// </summary>
    public const int MostWaiting = 8192;

    private readonly IConnectionSink _next;
    private readonly StreamDigests? _digests;
    private readonly AddressTexts _texts = new();
    private readonly ConnectionEnds _ends;
    private readonly SlotArray<OpenConnection> _open = new();

    /// <summary>The ends of those that are not of IPv4.</summary>
    private readonly SlotArray<(Endpoint Client, Endpoint Server)> _wide = new();

    /// <summary>At most one more than <see cref="MostWaiting"/>.</summary>
    private readonly List<ConnectionRecord> _records = [];

    /// <summary>Places of those that tell of no connection now.</summary>
    private readonly Stack<int> _free = new();

    /// <summary>Of their places.</summary>
    private readonly NumberedOrder<int> _order;

    /// <param name="mostWaiting">0 to tell of each connection when it has ended, out of order.</param>
    public ConnectionRecords(IConnectionSink next, StreamDigests? digests = null, int mostWaiting = MostWaiting)
    {
        _order = new NumberedOrder<int>(mostWaiting);
        _next = next;
        _digests = digests;
        _ends = new ConnectionEnds(_texts);
    }

    public void OnOpened(in ConnectionOpening opening)
    {
        var slot = opening.Connection.Slot;
        ref var open = ref _open.Reach(slot);
        open.Open(new TupleKey(opening.Client, opening.Server));
        if (open.IsWide)
        {
            _wide.Reach(slot) = (opening.Client, opening.Server);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnStateChange(in TcpStateChange change)
    {
        // Of the ten or so of a connection, half are of no use here.
        if ((CloseWatch.Inputs >> (int)change.Input & 1) != 0)
        {
            _open[change.Connection.Slot].Watch.Add(change);
        }
        else if ((ExchangeClock.Inputs >> (int)change.Input & 1) != 0)
        {
            _open[change.Connection.Slot].Clock.Add(change);
        }
    }

    public uint StateInputs => CloseWatch.Inputs | ExchangeClock.Inputs;

    public void OnTcpRemark(in TcpRemark remark)
    {
        ref var open = ref _open[remark.Connection.Slot];
        open.RemarkKinds |= 1u << (int)remark.Kind;
        open.Watch.Add(remark);
        open.Clock.Add(remark);
    }

    public void OnGap(in StreamGap gap)
    {
        ref var open = ref _open[gap.Connection.Slot];
        open.Gaps++;
        open.Watch.Add(gap);
    }

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
    }

    public void OnExchange(in HttpExchange exchange)
    {
        ref var open = ref _open[exchange.Connection.Slot];
        open.Watch.Add(exchange);
        if (exchange.Request is not null && exchange.TunnelDepth == 0 && !exchange.IsUpgradeAnswer)
        {
            open.CountRequest();
        }

        if (open.IsWide)
        {
            ref readonly var wide = ref _wide[exchange.Connection.Slot];
            _ends.Take(wide.Client, wide.Server);
        }
        else
        {
            _ends.Take(open.Client, open.Server);
        }

        _next.OnExchange(exchange, _ends, open.Clock.Of(exchange));
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        ref var open = ref _open[tcp.Connection.Slot];
        var place = TakePlace();
        _records[place].Take(tcp, http, open, _digests?.LastClosed);
        open = default;
        if (_order.TryPass(tcp.Connection.Number, place))
        {
            Give(place);
        }

        while (_order.TryNext(out var next))
        {
            Give(next);
        }
    }

    public void Expect(int slot) => _open.Prefetch(slot);

    private int TakePlace()
    {
        if (_free.TryPop(out var place))
        {
            return place;
        }

        _records.Add(new ConnectionRecord(_texts));
        return _records.Count - 1;
    }

    private void Give(int place)
    {
        var record = _records[place];
        _next.OnConnection(record);
        _free.Push(place);
    }
}
