using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Decides why a connection ended: the first reason that holds, in the order of "Close reasons" in docs/json.md. Of HTTP/2:
/// <see cref="Http2CloseJudge"/>.
/// </summary>
/// <remarks>
/// A RST after a FIN does not change why the first end closed: that FIN was the decision, the RST is what a later
/// segment ran into. It is told by <see cref="CloseManner.FinThenReset"/>.
/// </remarks>
internal static class CloseJudge
{
    public static CloseVerdict Judge(in TcpSummary tcp, in HttpSummary http, in AtClose atClose)
    {
        ref readonly var close = ref tcp.Close;
        switch (close.How)
        {
            case CloseManner.Open:
                return new CloseVerdict(CloseReason.StillOpen, tcp.Last);
            case CloseManner.Unanswered:
                return new CloseVerdict(CloseReason.Unanswered, tcp.First);
            case CloseManner.Refused:
                return new CloseVerdict(CloseReason.Refused, close.Packet);
            default:
                break;
        }

        if (close.How == CloseManner.Reset && atClose.UnansweredProbes > 0)
        {
            return new CloseVerdict(CloseReason.PeerGone, close.Packet);
        }

        if (IsResetOnUnread(tcp, http, atClose))
        {
            return new CloseVerdict(CloseReason.ResetOnUnread, close.Packet);
        }

        if (close.How == CloseManner.Reset)
        {
            return new CloseVerdict(CloseReason.Reset, close.Packet);
        }

        var reason = JudgeFin(tcp, http, atClose);
        if (reason == CloseReason.Goaway)
        {
            return new CloseVerdict(reason, Http2CloseJudge.Announcement(http.Http2!, close.Packet));
        }

        var verdict = new CloseVerdict(reason, close.Packet);
        return verdict.IsAnnounced && !atClose.Announcement.IsNone ? verdict with { Evidence = atClose.Announcement } : verdict;
    }

    /// <summary>No octet was sent on it: it was captured from its SYNs on, and nothing is missing.</summary>
    public static bool IsEmpty(in TcpSummary tcp)
    {
        ref readonly var client = ref tcp.ClientEnd;
        ref readonly var server = ref tcp.ServerEnd;
        return client.Counters.UniqueOctets + server.Counters.UniqueOctets + client.Counters.Gap + server.Counters.Gap == 0
            && !client.Syn.IsNone && !server.Syn.IsNone;
    }

    /// <summary>
    /// The wire shows it where octets came after the last word of the end that reset. After a FIN that is no close
    /// with octets unread; and a client that resets once it has its whole answer, or something that nobody can read here, may
    /// well have read it (SO_LINGER 0).
    /// </summary>
    private static bool IsResetOnUnread(in TcpSummary tcp, in HttpSummary http, in AtClose atClose)
    {
        if (tcp.Close.How != CloseManner.Reset || ForeignResets.MayBe(tcp, tcp.Close.First))
        {
            return false;
        }

        if (tcp.Close.ResetOnUnread)
        {
            return tcp.Close.First == Side.Server || atClose.Outstanding
                || (http.Responses == 0 && http.Protocol is not (ApplicationProtocol.Unknown or ApplicationProtocol.Other));
        }

        // RFC 9112 §9.6: a server that has announced its close ends with a FIN. Where a RST stands in its place, and
        // the request had a body, its application answered before it had read the request (RFC 9293 §3.6.1).
        return tcp.Close.First == Side.Server
            && atClose.Persistence.Rule == PersistenceRule.CloseInResponse
            && atClose.RequestBodyOctets > 0;
    }

    private static CloseReason JudgeFin(in TcpSummary tcp, in HttpSummary http, in AtClose atClose)
    {
        if (http is { Requests: 0, Responses: 0 } && http.Http2 is not { GoAways.Count: > 0 })
        {
            return IsEmpty(tcp) ? CloseReason.NothingSent : CloseReason.Unknown;
        }

        if (http.Http2 is { IsTunnelled: false } record)
        {
            return Http2CloseJudge.JudgeFin(tcp, http, record, atClose);
        }

        var reason = JudgeMessages(tcp, http, atClose)
            ?? JudgeIdle(tcp.Close.First, AnnouncedTimeout.FromSeconds(http.KeepAliveTimeout), atClose)
            ?? JudgeDefaults(tcp.Close.First, atClose);

        // Of one direction nobody knows who closed first: the end that was not heard may have.
        return tcp.IsOneSided && reason is (CloseReason.IdleClose or CloseReason.EarlierThanAnnounced or CloseReason.ClientDone
            or CloseReason.ServerClosedUnannounced) ? CloseReason.Unknown : reason;
    }

    /// <summary>What the messages themselves say about the end.</summary>
    private static CloseReason? JudgeMessages(in TcpSummary tcp, in HttpSummary http, in AtClose atClose)
    {
        ref readonly var close = ref tcp.Close;
        // What began behind the close announced nothing to who closed.
        if (atClose.Persistence.Rule == PersistenceRule.CloseInResponse && atClose.Announcement.Number <= close.Packet.Number)
        {
            return CloseReason.CloseInResponse;
        }

        // RFC 9112 §9.6: behind the answer to a request with the close option the server closes, and leaves what came later.
        if (close.First == Side.Server && atClose.Persistence.Rule == PersistenceRule.CloseInRequest)
        {
            return CloseReason.CloseInRequest;
        }

        // An end that only closed its half went on reading: it got the rest of what was outstanding, or as much of the
        // answer as the server sent before it closed, too. Who closes within its own request has not said all it had to say.
        var readOn = tcp.IsReadOn && !(close.First == Side.Client && atClose.RequestCut)
            && (http.Unanswered == 0 || close is { First: Side.Client, How: CloseManner.Fin });
        if ((atClose.Outstanding && !readOn) || (atClose.Undelivered > 0 && close.First == Side.Client))
        {
            return CloseReason.ClosedWhileOutstanding;
        }

        if (atClose.Persistence.Rule == PersistenceRule.CloseInRequest)
        {
            return CloseReason.CloseInRequest;
        }

        if (close.First == Side.Server && !atClose.Outstanding && IsMaxUsedUp(http))
        {
            return CloseReason.MaxRequestsReached;
        }

        if (atClose.Persistence.Rule == PersistenceRule.CloseDelimited)
        {
            return CloseReason.CloseDelimitedBody;
        }

        if (atClose.Persistence.Verdict == PersistenceVerdict.Tunnel)
        {
            return http.WebSocket?.SaidCloseBy(close.Packet) switch
            {
                true => CloseReason.WebSocketClosed,
                false => CloseReason.WebSocketCut,
                null => CloseReason.EndOfTunnel,
            };
        }

        return atClose.Outstanding ? CloseReason.HalfClose : null;
    }

    private static CloseReason? JudgeIdle(Side closer, AnnouncedTimeout announced, in AtClose atClose)
    {
        // Only a connection that may persist can be idle on purpose. A server that says keep-alive to an HTTP/1.0
        // client keeps it open, whether that had asked for it as RFC 9112 §9.3 wants it or not.
        var persists = atClose.Persistence.Verdict != PersistenceVerdict.Closes
            || (closer == Side.Server && atClose is { Persistence.Rule: PersistenceRule.Http10Default, KeepAliveGranted: true });
        if (atClose.Idle < 0 || !persists)
        {
            return null;
        }

        if (closer == Side.Server && announced.Fits(atClose.Idle))
        {
            return CloseReason.AnnouncedIdleTimeout;
        }

        return atClose.Idle < ConnectionRecord.AtOnce ? null
            : closer == Side.Server && announced.IsBrokenBy(atClose.Idle) ? CloseReason.EarlierThanAnnounced
            : CloseReason.IdleClose;
    }

    private static CloseReason JudgeDefaults(Side closer, in AtClose atClose)
    {
        if (atClose.Persistence.Rule == PersistenceRule.Http10Default)
        {
            return CloseReason.Http10Default;
        }

        return atClose.Idle < 0 || atClose.EndUnknown ? CloseReason.Unknown
            : closer == Side.Client ? CloseReason.ClientDone
            : CloseReason.ServerClosedUnannounced;
    }

    /// <summary>RFC 2068 §19.7.1.1 leaves open if max is what remains or the limit; the server's habit decides.</summary>
    private static bool IsMaxUsedUp(in HttpSummary http) => http.KeepAliveMax >= 0 && http.KeepAliveMaxMeaning switch
    {
        KeepAliveMaxMeaning.Remaining => http.KeepAliveMax == 0,
        KeepAliveMaxMeaning.Limit => http.Requests >= http.KeepAliveMax,
        _ => http.KeepAliveMax == 0,
    };
}
