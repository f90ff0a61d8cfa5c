namespace HttpWireAnalyzer.Tcp;

/// <summary>What can happen to one endpoint, as the tap sees it.</summary>
public enum TcpInput : byte
{
    /// <summary>It sent a SYN without ACK.</summary>
    SendSyn,

    /// <summary>A SYN without ACK went to it.</summary>
    ReceiveSyn,

    /// <summary>It sent a SYN with ACK.</summary>
    SendSynAck,

    /// <summary>A SYN with ACK, acknowledging its own SYN, went to it.</summary>
    ReceiveSynAck,

    /// <summary>An acknowledgment of its SYN went to it.</summary>
    SynAcknowledged,

    /// <summary>A segment of a connection whose start was not captured, from it or to it.</summary>
    Midstream,

    /// <summary>It sent its FIN.</summary>
    SendFin,

    /// <summary>The other end's FIN went to it, all octets before it included.</summary>
    ReceiveFin,

    /// <summary>An acknowledgment of its FIN went to it.</summary>
    FinAcknowledged,

    /// <summary>It sent a RST.</summary>
    SendRst,

    /// <summary>An acceptable RST went to it (RFC 9293 §3.10.7, RFC 5961 §3).</summary>
    ReceiveRst,

    /// <summary>2 MSL have passed in TIME-WAIT.</summary>
    TwoMslTimeout,

    /// <summary>It sent its FIN, and the FIN does not acknowledge the other end's, which was sent before.</summary>
    SendCrossingFin,

    /// <summary>It sent its FIN again by its timer, behind an acknowledgment of it that went to it: that has not arrived.</summary>
    RepeatFin,

    /// <summary>Its FIN acknowledges the other end's, which the tap has behind it: it came second.</summary>
    AnswerFin,
}
