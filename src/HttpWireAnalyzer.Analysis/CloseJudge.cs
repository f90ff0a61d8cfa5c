using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Decides why a connection ended: the first of these that holds. RST on unread data; RST without a FIN; close
/// option; max used up; close-delimited body; half-close; something outstanding; announced idle timeout; plain idle
/// close; HTTP/1.0 default; end of a tunnel; unknown.
/// </summary>
/// <remarks>
/// A RST after a FIN does not change why the first end closed: that FIN was the decision, the RST is what a later
/// segment ran into. It is told by <see cref="CloseManner.FinThenReset"/>.
/// </remarks>
internal static class CloseJudge
{
    private const long Second = Timestamp.NanosecondsPerSecond;

    /// <summary>Nobody waits on purpose for less: above the delayed ACK (200 ms) and two round trips it is idleness.</summary>
    private const long AtOnce = 200_000_000;

    /// <summary>A server that closes this much before its announced timeout has broken it.</summary>
    private const long EarlyTolerance = Second / 2;

    /// <summary>Measured: Node closes 1.0 s after its announced timeout, nginx 1.0 s, Kestrel up to 2.0 s.</summary>
    private const long LateTolerance = 2 * Second;

    /// <param name="lastClosing">The message that last announced a close; none where no message did.</param>
    public static CloseVerdict Judge(in TcpSummary tcp, in HttpSummary http, PacketRef lastClosing)
    {
        var close = tcp.Close;
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

        if (close.ResetOnUnread)
        {
            return new CloseVerdict(CloseReason.ResetOnUnread, ResetOf(tcp));
        }

        if (close.How == CloseManner.Reset)
        {
            return new CloseVerdict(CloseReason.Reset, close.Packet);
        }

        var reason = JudgeFin(tcp, http);
        return new CloseVerdict(reason, IsAnnounced(reason) && !lastClosing.IsNone ? lastClosing : close.Packet);
    }

    private static CloseReason JudgeFin(in TcpSummary tcp, in HttpSummary http)
    {
        if (http.Requests == 0 && http.Responses == 0)
        {
            return tcp.ClientEnd.Counters.UniqueOctets + tcp.ServerEnd.Counters.UniqueOctets == 0
                ? CloseReason.NothingSent
                : CloseReason.Unknown;
        }

        return JudgeMessages(tcp.Close, http)
            ?? JudgeIdle(tcp.Close.First, http)
            ?? JudgeDefaults(tcp, http);
    }

    /// <summary>What the messages themselves say about the end.</summary>
    private static CloseReason? JudgeMessages(in CloseAnatomy close, in HttpSummary http)
    {
        switch (http.LastPersistence.Rule)
        {
            case PersistenceRule.CloseInRequest:
                return CloseReason.CloseInRequest;
            case PersistenceRule.CloseInResponse:
                return CloseReason.CloseInResponse;
            default:
                break;
        }

        if (close.First == Side.Server && http.Unanswered == 0 && IsMaxUsedUp(http))
        {
            return CloseReason.MaxRequestsReached;
        }

        if (http.LastPersistence.Rule == PersistenceRule.CloseDelimited)
        {
            return CloseReason.CloseDelimitedBody;
        }

        if (http.LastPersistence.Verdict == PersistenceVerdict.Tunnel)
        {
            return CloseReason.EndOfTunnel;
        }

        if (http.Unanswered > 0)
        {
            return CloseReason.ClosedWhileOutstanding;
        }

        // The other end still had something to say after the FIN, and said it to the end.
        return close.HalfCloseOctets > 0 && http.IdleBeforeClose < 0 ? CloseReason.HalfClose : null;
    }

    private static CloseReason? JudgeIdle(Side closer, in HttpSummary http)
    {
        // Only a connection that may persist can be idle on purpose.
        if (http.IdleBeforeClose < 0 || http.LastPersistence.Verdict == PersistenceVerdict.Closes)
        {
            return null;
        }

        if (closer == Side.Server && http.KeepAliveTimeout > 0)
        {
            var announced = Saturated(http.KeepAliveTimeout);
            if (http.IdleBeforeClose < announced - EarlyTolerance)
            {
                return http.IdleBeforeClose < AtOnce ? null : CloseReason.EarlierThanAnnounced;
            }

            if (http.IdleBeforeClose <= announced + LateTolerance)
            {
                return CloseReason.AnnouncedIdleTimeout;
            }
        }

        return http.IdleBeforeClose < AtOnce ? null : CloseReason.IdleClose;
    }

    private static CloseReason JudgeDefaults(in TcpSummary tcp, in HttpSummary http)
    {
        if (http.LastPersistence.Rule == PersistenceRule.Http10Default)
        {
            return CloseReason.Http10Default;
        }

        return http.IdleBeforeClose switch
        {
            < 0 => CloseReason.Unknown,
            _ when tcp.Close.First == Side.Client => CloseReason.ClientDone,
            _ => CloseReason.ServerClosedUnannounced,
        };
    }

    /// <summary>RFC 2068 §19.7.1.1 leaves open if max is what remains or the limit; the server's habit decides.</summary>
    private static bool IsMaxUsedUp(in HttpSummary http) => http.KeepAliveMax >= 0 && http.KeepAliveMaxMeaning switch
    {
        KeepAliveMaxMeaning.Remaining => http.KeepAliveMax == 0,
        KeepAliveMaxMeaning.Limit => http.Requests >= http.KeepAliveMax,
        _ => http.KeepAliveMax == 0,
    };

    private static bool IsAnnounced(CloseReason reason) => reason is CloseReason.CloseInRequest
        or CloseReason.CloseInResponse or CloseReason.MaxRequestsReached or CloseReason.CloseDelimitedBody
        or CloseReason.Http10Default;

    private static PacketRef ResetOf(in TcpSummary tcp)
    {
        var rst = tcp.EndOf(tcp.Close.First).Rst;
        return rst.IsNone ? tcp.EndOf(tcp.Close.First.Other()).Rst : rst;
    }

    /// <summary>Seconds as nanoseconds; a server may announce more than 64 bits of them hold.</summary>
    private static long Saturated(long seconds) => seconds > long.MaxValue / Second / 2
        ? long.MaxValue / 2
        : seconds * Second;
}
