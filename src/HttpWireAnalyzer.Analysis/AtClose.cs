using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// How the messages stood when the first FIN or RST passed. What was sent after it does not count: a request on a
/// connection that is closing is not why it closes.
/// </summary>
/// <param name="Idle">
/// From the end of the last exchange, nanoseconds; -1 where something was outstanding, nothing had been exchanged, the
/// last answer was not captured, or never acknowledged, octets behind it were not captured, the close is itself the end of the last
/// message, or the connection had left HTTP.
/// </param>
/// <param name="IdleFrom">
/// Where that time begins: the end of the last exchange or, where its octets were lost behind the tap and sent again,
/// their last copy before the close; where the capture lacks some of them, the packet that acknowledged those; where it
/// lacks what tells the answer's end, the last octets that came behind it. Where something was outstanding, the end of
/// the oldest request that was.
/// </param>
/// <param name="MaxIdleBefore">Longest idle time before a request that came before it; -1 without one.</param>
/// <param name="Outstanding">A message was under way, or a request unanswered.</param>
/// <param name="AnswerBegun">The answer to the oldest of what was outstanding had begun.</param>
/// <param name="RequestCut">The last request had not been sent to its end, and no answer to it had begun.</param>
/// <param name="Undelivered">
/// Octets of the server that the client, which closed first or reset the connection, had not acknowledged when all was over,
/// though the answer was sent to its end; of HTTP/1 alone.
/// </param>
/// <param name="EndUnknown">What would tell the end of the last answer was not captured: it may have been under way.</param>
/// <param name="HoleBefore">
/// The capture lacks octets behind the last message: what they were, and since when nothing was outstanding, nobody knows.
/// </param>
/// <param name="Persistence">
/// Verdict of the last whole exchange before it; none where the last one is not whole and nothing had announced a close.
/// </param>
/// <param name="Announcement">The head that carries that verdict; none without one.</param>
/// <param name="KeepAliveGranted">The response of that exchange says keep-alive.</param>
/// <param name="RequestBodyOctets">Of the last request before it.</param>
/// <param name="RequestsAfter">Requests that were sent after it.</param>
/// <param name="UnansweredProbes">Keep-alive probes of the end that closed, since the other end was last heard.</param>
/// <param name="Unread">
/// What was outstanding was given up by who closed, because the other end had closed its window and did not read; none where
/// it was not so.
/// </param>
public readonly record struct AtClose(
    long Idle,
    PacketRef IdleFrom,
    long MaxIdleBefore,
    bool Outstanding,
    bool AnswerBegun,
    bool RequestCut,
    long Undelivered,
    bool EndUnknown,
    bool HoleBefore,
    Persistence Persistence,
    PacketRef Announcement,
    bool KeepAliveGranted,
    long RequestBodyOctets,
    int RequestsAfter,
    int UnansweredProbes,
    ClosedWindow Unread);
