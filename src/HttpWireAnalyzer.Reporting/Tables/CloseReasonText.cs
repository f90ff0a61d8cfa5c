using System.Diagnostics;
using HttpWireAnalyzer.Analysis;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Close reasons in words.</summary>
public static class CloseReasonText
{
    /// <summary>For a column.</summary>
    internal static string Short(ConnectionRecord connection) => connection.Close.Reason switch
    {
        CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced =>
            Title(connection.Close.Reason) + " " + Quantity.Duration(connection.AtClose.Idle),
        _ => Title(connection.Close.Reason),
    };

    /// <summary>For a count of connections.</summary>
    public static string Title(CloseReason reason) => reason switch
    {
        CloseReason.StillOpen => "still open",
        CloseReason.Unanswered => "SYN not answered",
        CloseReason.Refused => "refused",
        CloseReason.ResetOnUnread => "reset, data unread",
        CloseReason.PeerGone => "other end gone",
        CloseReason.Reset => "reset",
        CloseReason.CloseInRequest => "close in request",
        CloseReason.CloseInResponse => "close in response",
        CloseReason.MaxRequestsReached => "max requests",
        CloseReason.CloseDelimitedBody => "body until close",
        CloseReason.HalfClose => "half-close",
        CloseReason.ClosedWhileOutstanding => "closed in mid-exchange",
        CloseReason.AnnouncedIdleTimeout => "announced idle timeout",
        CloseReason.EarlierThanAnnounced => "idle, sooner than announced",
        CloseReason.IdleClose => "idle, unannounced",
        CloseReason.Http10Default => "HTTP/1.0 default",
        CloseReason.EndOfTunnel => "end of tunnel or upgrade",
        CloseReason.WebSocketClosed => "WebSocket closed",
        CloseReason.WebSocketCut => "WebSocket, no Close frame",
        CloseReason.ClientDone => "client was done",
        CloseReason.ServerClosedUnannounced => "closed at once, unannounced",
        CloseReason.NothingSent => "nothing sent",
        CloseReason.Goaway => "GOAWAY",
        CloseReason.Unknown => "unknown",
        _ => throw new UnreachableException(),
    };
}
