using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>Notes what tells of idle timers: idle times that were survived, those that were not, and closes that no timer made.</summary>
/// <remarks>Pools beyond the limit have neither timer nor end in common: of them nothing is noted.</remarks>
internal static class IdleNotes
{
    /// <summary>Nanoseconds: a request that was ended sooner may have met an idle timer (HWA-K001).</summary>
    public const long Race = Timestamp.NanosecondsPerSecond / 4;

    /// <param name="lastWhole">Where the idle time before it begins.</param>
    public static void OfRequest(in HttpExchange exchange, PoolHabits pool, PacketRef lastWhole)
    {
        if (exchange.Requester != Side.Client || exchange.Stream > 0 || pool.IsRest)
        {
            return;
        }

        var span = new IdleSpan(exchange.IdleBefore, lastWhole, exchange.RequestTrace.Start);
        pool.Try(span);
        if (exchange.End == ExchangeEnd.Complete)
        {
            pool.Server.Idle.Survive(span);
            pool.ClientIdle.Survive(span);
        }
    }

    public static void OfEnd(ConnectionRecord connection, in Attention open)
    {
        if (open.Pool.IsRest)
        {
            return;
        }

        if (IsCut(connection, open))
        {
            open.Pool.Server.Idle.Cut(connection.Tcp.Close.Packet.Time);
        }

        NoteClose(connection, open.Pool);
    }

    /// <summary>The server ended it, owed an answer, and no idle timer can have been due: it gave up or was ended itself.</summary>
    private static bool IsCut(ConnectionRecord connection, in Attention open)
    {
        if (!connection.IsClosedBy(Side.Server) || !connection.AtClose.Outstanding)
        {
            return false;
        }

        if (open.LastWhole.IsNone || open.Trail?.Ended(ExchangeEnd.ResponseTruncated).MoveNext() == true)
        {
            return true;
        }

        foreach (ref readonly var exchange in open.Trail?.Ended(ExchangeEnd.Unanswered) ?? default)
        {
            if (connection.Tcp.Close.Packet.Time.Since(exchange.RequestTrace.End.Time) >= Race)
            {
                return true;
            }
        }

        return false;
    }

    private static void NoteClose(ConnectionRecord connection, PoolHabits pool)
    {
        var isIdleClose = connection.Close.Reason is CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout
            or CloseReason.EarlierThanAnnounced || connection.IsIdleReset;
        if (!isIdleClose || connection.HasTwoClosers || connection.HasUnseenFin || connection.IsOneSided
            || connection.Http.Http2 is not null)
        {
            return;
        }

        var close = connection.Tcp.Close;
        var closer = close.First == Side.Server ? pool.Server.Idle : pool.ClientIdle;
        closer.Close(
            new IdleSpan(connection.AtClose.Idle, connection.AtClose.IdleFrom, close.Packet), connection.Number,
            connection.Close.Reason == CloseReason.AnnouncedIdleTimeout);
    }
}
