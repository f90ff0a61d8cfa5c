using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>What the ledger of only some connections has to remember.</summary>
internal sealed class LedgerDetails
{
    public KeepAliveCountdown KeepAlive = KeepAliveCountdown.None;

    public HttpAnomalies Anomalies { get; set; }

    /// <summary>The packet that brought the latest end of a message, where another made it contiguous; else none.</summary>
    public PacketRef LastEndSent { get; set; }

    /// <summary>The latest end of a message before an answer to nothing, which a request may have crossed; else none.</summary>
    public PacketRef EndBeforeUnsolicited { get; set; }

    /// <summary>The packets that ended earlier answers, as far as a later request may have overtaken them.</summary>
    public Queue<long>? EarlierAnswers { get; set; }

    /// <summary>Nothing is remembered any more.</summary>
    public void Clear()
    {
        KeepAlive = KeepAliveCountdown.None;
        Anomalies = HttpAnomalies.None;
        LastEndSent = default;
        EndBeforeUnsolicited = default;
        EarlierAnswers = null;
    }
}
