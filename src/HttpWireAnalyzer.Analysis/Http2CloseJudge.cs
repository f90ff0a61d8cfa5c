using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Decides why an HTTP/2 connection was closed by a FIN: the first of these that holds. Streams outstanding; GOAWAY, unless
/// the connection had been idle before it; half-close; idle close; at once after an answer; unknown.
/// </summary>
/// <remarks>
/// An end whose idle timer runs out sends GOAWAY and FIN together: the silence is why, the GOAWAY is how. An end that is
/// to be restarted sends GOAWAY, and the FIN when the last stream is over.
/// </remarks>
internal static class Http2CloseJudge
{
    public static CloseReason JudgeFin(in TcpSummary tcp, in HttpSummary http, Http2Record record, in AtClose atClose)
    {
        ref readonly var close = ref tcp.Close;

        // An end that only closed its half got the rest of what was outstanding.
        var finishedLater = tcp.IsReadOn && http.Unanswered == 0;
        if (atClose.Outstanding && !finishedLater)
        {
            return CloseReason.ClosedWhileOutstanding;
        }

        var goAway = Announcement(record, close.Packet);
        if (!goAway.IsNone && (atClose.Idle < 0 || goAway.Time.Since(atClose.IdleFrom.Time) < ConnectionRecord.AtOnce))
        {
            return CloseReason.Goaway;
        }

        if (atClose.Outstanding)
        {
            return CloseReason.HalfClose;
        }

        return atClose.Idle >= ConnectionRecord.AtOnce ? CloseReason.IdleClose
            : atClose.Idle < 0 ? CloseReason.Unknown
            : close.First == Side.Client ? CloseReason.ClientDone
            : CloseReason.ServerClosedUnannounced;
    }

    /// <summary>The first GOAWAY of either end that came not later than the FIN; none without one.</summary>
    public static PacketRef Announcement(Http2Record record, PacketRef close)
    {
        foreach (var goAway in record.GoAways)
        {
            if (goAway.At.Number <= close.Number)
            {
                return goAway.At;
            }
        }

        return default;
    }
}
