using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Goes through what one line said in a stretch of the capture, event by event.</summary>
internal sealed class LogReader(LogRing logs)
{
    /// <summary>Events from the fetching of one to its use: some hundred nanoseconds each.</summary>
    private const int FetchedAhead = 3;

    private EventLog _log = EventLog.Empty;
    private int _at;
    private long _owed;

    /// <summary>False where the line has said all of the stretch.</summary>
    public bool HasEvent { get; private set; }

    public Occasion Occasion => _log.OccasionOf(_at);

    public ConnectionId Connection => _log.ConnectionOf(_at);

    public bool IsOpening => _log.IsOpening(_at);

    public bool IsClosing => _log.IsClosing(_at);

    /// <summary>Goes to the first event of the next stretch.</summary>
    /// <param name="sent">How many stretches the line has been sent from that one on.</param>
    public void Begin(long sent)
    {
        _owed = sent;
        Settle(TakeLog());
    }

    public void Replay(ConnectionId connection, IExchangeSink sink)
    {
        _log.Fetch(_at + FetchedAhead);
        _log.Replay(_at, connection, sink);
    }

    public void MoveNext()
    {
        _at++;
        Settle(true);
    }

    private void Settle(bool isThere)
    {
        while (isThere && _at == _log.Count && !_log.EndsStretch)
        {
            isThere = TakeLog();
        }

        HasEvent = isThere && _at < _log.Count;
    }

    private bool TakeLog()
    {
        _at = 0;
        return logs.TryTake(_owed, out _log);
    }
}
