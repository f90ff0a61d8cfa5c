using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>What the ledger of only some connections has to remember.</summary>
internal sealed class LedgerDetails
{
    private bool _closeReceived;
    private long _closeAt;
    private long _closeBy;

    public KeepAliveCountdown KeepAlive = KeepAliveCountdown.None;

    public HttpAnomalies Anomalies { get; set; }

    /// <summary>The packet that brought the latest end of a message, where another made it contiguous; else none.</summary>
    public PacketRef LastEndSent { get; set; }

    /// <summary>The packets that ended earlier answers, as far as a later request may have overtaken them.</summary>
    public Queue<long>? EarlierAnswers { get; set; }

    /// <summary>A response carries the close option; the first one counts.</summary>
    public void NoteClose(in PendingExchange pending)
    {
        if (!_closeReceived)
        {
            _closeReceived = true;
            _closeAt = pending.Exchange.ResponseTrace.HeadOffset;
            _closeBy = pending.Exchange.ResponseTrace.HeadEnd.Number;
        }
    }

    /// <summary>The client had that response when it sent this request, as its acknowledgment says, or else the order.</summary>
    public bool CloseReceived(in PendingExchange pending) => _closeReceived && (pending.RequesterHad >= 0
        ? pending.RequesterHad > _closeAt
        : pending.RequestSent > _closeBy);

    /// <summary>Nothing is remembered any more.</summary>
    public void Clear()
    {
        _closeReceived = false;
        KeepAlive = KeepAliveCountdown.None;
        Anomalies = HttpAnomalies.None;
        LastEndSent = default;
        EarlierAnswers = null;
    }
}
