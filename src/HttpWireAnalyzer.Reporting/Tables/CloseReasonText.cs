using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Closes in words.</summary>
public static class CloseReasonText
{
    /// <summary>Who closed first, and with what. In Korean the sign comes first, for the end's name is long, and may be cut.</summary>
    /// <param name="first">Meaningless unless it was closed.</param>
    public static string Closer(CloseManner how, Side first, Language language) => how switch
    {
        CloseManner.Open => language.Say("open", "열림"),
        CloseManner.Unanswered => language.Say("never opened", "열리지 않음"),
        CloseManner.Refused or CloseManner.Reset => Closer(first, "RST", language),
        CloseManner.HalfClosed or CloseManner.Fin => Closer(first, "FIN", language),
        CloseManner.SimultaneousFin => language.Say("both FIN", "FIN 양쪽"),
        CloseManner.FinThenReset => Closer(first, "FIN+RST", language),
        _ => throw new UnreachableException(),
    };

    /// <summary>Why it closed: of what is open there is none, and of TLS nothing is read.</summary>
    public static string InColumn(CloseReason reason, ApplicationProtocol protocol, Language language) => reason switch
    {
        CloseReason.StillOpen when protocol is ApplicationProtocol.Tls => Quantity.None + " (TLS)",
        CloseReason.StillOpen => Quantity.None,
        CloseReason.Unknown when protocol is ApplicationProtocol.Tls => language.Say("unknown (TLS)", "알 수 없음(TLS)"),
        _ => Title(reason, language),
    };

    /// <summary>Behind why it closed, how many of its exchanges are unfinished.</summary>
    /// <param name="unfinished">1 or more.</param>
    public static string AndUnfinished(string reason, long unfinished, Language language)
    {
        var count = Quantity.Count(unfinished);
        var text = language.Say($"{count} unfinished", $"미완료 {count}개");
        return reason == Quantity.None ? text : $"{reason}, {text}";
    }

    /// <summary>For a count of connections.</summary>
    public static string Title(CloseReason reason, Language language) => reason switch
    {
        CloseReason.StillOpen => language.Say("still open", "열려 있음"),
        CloseReason.Unanswered => language.Say("SYN not answered", "SYN에 응답 없음"),
        CloseReason.Refused => language.Say("refused", "거부됨"),
        CloseReason.ResetOnUnread => language.Say("reset, data unread", "리셋, 읽지 않은 데이터"),
        CloseReason.PeerGone => language.Say("other end gone", "상대에 닿지 않음"),
        CloseReason.Reset => language.Say("reset", "리셋"),
        CloseReason.CloseInRequest => language.Say("close in request", "요청의 close"),
        CloseReason.CloseInResponse => language.Say("close in response", "응답의 close"),
        CloseReason.MaxRequestsReached => language.Say("max requests", "max 소진"),
        CloseReason.CloseDelimitedBody => language.Say("body until close", "닫힐 때까지 본문"),
        CloseReason.HalfClose => "half-close",
        CloseReason.ClosedWhileOutstanding => language.Say("closed in mid-exchange", "교환 도중에 닫음"),
        CloseReason.AnnouncedIdleTimeout => language.Say("announced idle timeout", "예고한 유휴 타임아웃"),
        CloseReason.EarlierThanAnnounced => language.Say("idle, sooner than announced", "유휴, 예고보다 이름"),
        CloseReason.IdleClose => language.Say("idle, unannounced", "유휴, 예고 없음"),
        CloseReason.Http10Default => language.Say("HTTP/1.0 default", "HTTP/1.0 기본"),
        CloseReason.EndOfTunnel => language.Say("end of tunnel or upgrade", "터널이나 업그레이드의 끝"),
        CloseReason.WebSocketClosed => language.Say("WebSocket closed", "WebSocket 닫힘"),
        CloseReason.WebSocketCut => language.Say("WebSocket, no Close frame", "WebSocket, Close 없음"),
        CloseReason.ClientDone => language.Say("client was done", "클라이언트가 마침"),
        CloseReason.ServerClosedUnannounced => language.Say("closed at once, unannounced", "응답 직후, 예고 없음"),
        CloseReason.NothingSent => language.Say("nothing sent", "보낸 것 없음"),
        CloseReason.Goaway => "GOAWAY",
        CloseReason.Unknown => language.Say("unknown", "알 수 없음"),
        _ => throw new UnreachableException(),
    };

    private static string Closer(Side first, string sign, Language language) => first == Side.Client
        ? language.Say($"client {sign}", $"{sign} 클라이언트")
        : language.Say($"server {sign}", $"{sign} 서버");
}
