using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Why a connection ended, or did not.</summary>
public enum CloseReason : byte
{
    /// <summary>Not closed when last seen.</summary>
    StillOpen,

    /// <summary>It never opened: nobody answered the SYN.</summary>
    Unanswered,

    /// <summary>It never opened: a RST answered the SYN.</summary>
    Refused,

    /// <summary>An end closed with octets unread in its receive buffer: a RST in place of a FIN (RFC 9293 §3.6.1).</summary>
    ResetOnUnread,

    /// <summary>A RST after keep-alive probes that nobody answered: the other end is gone (RFC 9293 §3.8.4).</summary>
    PeerGone,

    /// <summary>A RST, without a FIN before it, and nothing says why.</summary>
    Reset,

    /// <summary>The request carried the close option (RFC 9112 §9.6).</summary>
    CloseInRequest,

    /// <summary>The response carried the close option.</summary>
    CloseInResponse,

    /// <summary>As many requests as Keep-Alive: max allows.</summary>
    MaxRequestsReached,

    /// <summary>The body ended with the connection (RFC 9112 §6.3, rule 8).</summary>
    CloseDelimitedBody,

    /// <summary>Closed by its sender's half; the other end went on and finished (RFC 9293 §3.6).</summary>
    HalfClose,

    /// <summary>Closed in the middle: a message was outstanding, or cut off.</summary>
    ClosedWhileOutstanding,

    /// <summary>Idle for as long as Keep-Alive: timeout announced, or up to a timer's grain longer.</summary>
    AnnouncedIdleTimeout,

    /// <summary>Closed by the server sooner than Keep-Alive: timeout announced.</summary>
    EarlierThanAnnounced,

    /// <summary>Closed while idle, with no timeout announced, or long after it.</summary>
    IdleClose,

    /// <summary>HTTP/1.0 without keep-alive: one exchange for each connection.</summary>
    Http10Default,

    /// <summary>The tunnel, or the protocol after Upgrade, ended: HTTP/1 has no say in it.</summary>
    EndOfTunnel,

    /// <summary>A WebSocket that an end had said Close on (RFC 6455 §7.1.1).</summary>
    WebSocketClosed,

    /// <summary>A WebSocket that ended without a Close frame: code 1006 (RFC 6455 §7.1.5).</summary>
    WebSocketCut,

    /// <summary>The client closed as soon as it had the answer: it was done.</summary>
    ClientDone,

    /// <summary>The server closed as soon as it had answered, and had not said that it would (RFC 9112 §9.6).</summary>
    ServerClosedUnannounced,

    /// <summary>Opened and closed, with nothing sent.</summary>
    NothingSent,

    /// <summary>A GOAWAY had said that the connection would end, and the streams that it let go on had ended (RFC 9113 §6.8).</summary>
    Goaway,

    /// <summary>The packets do not say.</summary>
    Unknown,
}

/// <summary>The reason with the packet that shows it.</summary>
/// <param name="Evidence">The FIN or RST, or the message that announced it.</param>
public readonly record struct CloseVerdict(CloseReason Reason, PacketRef Evidence)
{
    /// <summary>A message had said, or its version says, that the connection would not persist (RFC 9112 §9.3).</summary>
    public bool IsAnnounced => Reason is CloseReason.CloseInRequest or CloseReason.CloseInResponse
        or CloseReason.MaxRequestsReached or CloseReason.CloseDelimitedBody or CloseReason.Http10Default;
}
