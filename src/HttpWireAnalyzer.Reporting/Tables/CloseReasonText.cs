using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Close reasons in words.</summary>
public static class CloseReasonText
{
    /// <summary>For a column.</summary>
    internal static string Short(ConnectionRecord connection, Language language) => connection.Close.Reason switch
    {
        CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced =>
            Title(connection.Close.Reason, language) + " " + Quantity.Duration(connection.AtClose.Idle),
        _ => Title(connection.Close.Reason, language),
    };

    /// <summary>For a count of connections.</summary>
    public static string Title(CloseReason reason, Language language) => language == Language.Korean ? Korean(reason) : English(reason);

    private static string English(CloseReason reason) => reason switch
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

    private static string Korean(CloseReason reason) => reason switch
    {
        CloseReason.StillOpen => "열려 있음",
        CloseReason.Unanswered => "SYN에 응답 없음",
        CloseReason.Refused => "거부됨",
        CloseReason.ResetOnUnread => "리셋, 읽지 않은 데이터",
        CloseReason.PeerGone => "상대에 닿지 않음",
        CloseReason.Reset => "리셋",
        CloseReason.CloseInRequest => "요청의 close",
        CloseReason.CloseInResponse => "응답의 close",
        CloseReason.MaxRequestsReached => "max 소진",
        CloseReason.CloseDelimitedBody => "닫힐 때까지 본문",
        CloseReason.HalfClose => "half-close",
        CloseReason.ClosedWhileOutstanding => "교환 도중에 닫음",
        CloseReason.AnnouncedIdleTimeout => "예고한 유휴 타임아웃",
        CloseReason.EarlierThanAnnounced => "유휴, 예고보다 이름",
        CloseReason.IdleClose => "유휴, 예고 없음",
        CloseReason.Http10Default => "HTTP/1.0 기본",
        CloseReason.EndOfTunnel => "터널이나 업그레이드의 끝",
        CloseReason.WebSocketClosed => "WebSocket 닫힘",
        CloseReason.WebSocketCut => "WebSocket, Close 없음",
        CloseReason.ClientDone => "클라이언트가 마침",
        CloseReason.ServerClosedUnannounced => "응답 직후, 예고 없음",
        CloseReason.NothingSent => "보낸 것 없음",
        CloseReason.Goaway => "GOAWAY",
        CloseReason.Unknown => "알 수 없음",
        _ => throw new UnreachableException(),
    };
}
