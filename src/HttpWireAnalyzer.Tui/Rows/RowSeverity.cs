using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>How much a row deserves to be looked at.</summary>
internal enum RowSeverity : byte
{
    Plain,

    /// <summary>It cost time, or may cost something later.</summary>
    Warning,

    /// <summary>Something was lost, or never came to be: its story has a verdict.</summary>
    Error,
}

/// <summary>The severity of connections and exchanges, by what they show of themselves.</summary>
internal static class RowSeverities
{
    /// <summary>What costs time or may cost something later, and how that is said.</summary>
    private static readonly (TcpRemarkKind Kind, Phrase Text)[] Troubles =
    [
        (TcpRemarkKind.RetransmissionTimeout, new("Segments were lost, and sent again only when a timeout had run out.", "세그먼트가 손실되었고, 타임아웃이 지나서야 재전송되었습니다.")),
        (TcpRemarkKind.ZeroWindow, new("A receive window was closed: its end did not read what had come.", "수신 윈도우가 닫혔습니다. 그쪽이 받은 것을 읽지 않았습니다.")),
        (TcpRemarkKind.TimeWaitReuse, new("It took ports that were still in TIME_WAIT.", "아직 TIME_WAIT 중인 포트를 썼습니다.")),
        (TcpRemarkKind.IcmpError, new("An ICMP error says that a segment was not delivered.", "세그먼트가 전달되지 않았다는 ICMP 오류가 있습니다.")),
        (TcpRemarkKind.OverlapConflict, new("Octets were sent twice, and differ.", "두 번 보낸 데이터가 서로 다릅니다.")),
    ];

    private static readonly Phrase LeftInCloseWait = new(
        "An end was told of the close and has not closed (CLOSE_WAIT).",
        "한쪽이 상대의 종료를 알고도 닫지 않았습니다(CLOSE_WAIT).");

    private static readonly Phrase WithoutClose = new(
        "The WebSocket ended without a Close frame (code 1006).",
        "WebSocket이 Close 프레임 없이 끝났습니다(코드 1006).");

    private static readonly Phrase RulesBroken = new(
        "An end of the WebSocket broke rules of RFC 6455.",
        "WebSocket의 한쪽이 RFC 6455의 규칙을 어겼습니다.");

    /// <summary>One bit for each of the troubles.</summary>
    private static readonly uint TroubleKinds = Troubles.Aggregate(0u, (kinds, trouble) => kinds | BitOf(trouble.Kind));

    public static RowSeverity Of(ConnectionRecord connection)
    {
        var hasLost = connection.Http.Unanswered > 0 && connection.HasCloser;
        return hasLost || IsWrong(connection.Close.Reason) ? RowSeverity.Error
            : HasTrouble(connection) ? RowSeverity.Warning
            : RowSeverity.Plain;
    }

    /// <summary>What it is that a connection is warned of, in words; nothing where it is not.</summary>
    public static IReadOnlyList<string> WarningsOf(ConnectionRecord connection, Language language) =>
    [
        .. Troubles.Where(trouble => (connection.RemarkKinds & BitOf(trouble.Kind)) != 0).Select(trouble => trouble.Text.In(language)),
        .. IsHalfClosed(connection) ? [LeftInCloseWait.In(language)] : Array.Empty<string>(),
        .. connection.Http.Oddities != HttpAnomalies.None ? [Odd(connection.Http.Oddities).In(language)] : Array.Empty<string>(),
        .. connection.Close.Reason == CloseReason.WebSocketCut ? [WithoutClose.In(language)] : Array.Empty<string>(),
        .. HasBrokenFrames(connection) ? [RulesBroken.In(language)] : Array.Empty<string>(),
    ];

    private static Phrase Odd(HttpAnomalies anomalies) => new(
        $"Its messages are odd: {string.Join(", ", AnomalyText.Of(anomalies, Language.English))}.",
        $"메시지가 이상합니다: {string.Join(", ", AnomalyText.Of(anomalies, Language.Korean))}.");

    private static bool HasTrouble(ConnectionRecord connection) =>
        IsHalfClosed(connection) || (connection.RemarkKinds & TroubleKinds) != 0 || connection.Http.Oddities != HttpAnomalies.None
        || connection.Close.Reason == CloseReason.WebSocketCut || HasBrokenFrames(connection);

    private static bool HasBrokenFrames(ConnectionRecord connection) => connection.Http.WebSocket is { Violations.Count: > 0 };

    private static uint BitOf(TcpRemarkKind kind) => 1u << (int)kind;

    public static bool IsEndless(in HttpExchange exchange) => exchange.End == ExchangeEnd.ResponseTruncated && EventStreams.Is(exchange);

    public static RowSeverity Of(in HttpExchange exchange) => exchange.End switch
    {
        ExchangeEnd.ResponseTruncated when IsEndless(exchange) => RowSeverity.Plain,
        ExchangeEnd.RequestTruncated or ExchangeEnd.Unanswered or ExchangeEnd.ResponseTruncated or ExchangeEnd.Unsolicited
            or ExchangeEnd.ResponseUnreadable => RowSeverity.Error,
        _ when exchange.Response is { Status: >= 500 } => RowSeverity.Error,
        _ when exchange.RetryOf is { IsUnsafe: true } || exchange.Anomalies != HttpAnomalies.None => RowSeverity.Warning,
        _ => RowSeverity.Plain,
    };

    /// <summary>The reasons that a story gives its verdict for.</summary>
    private static bool IsWrong(CloseReason reason) => reason is CloseReason.Unanswered or CloseReason.Refused
        or CloseReason.ResetOnUnread or CloseReason.PeerGone or CloseReason.Reset or CloseReason.ClosedWhileOutstanding
        or CloseReason.EarlierThanAnnounced;

    /// <summary>An end that was told of the close and stays: CLOSE_WAIT (RFC 9293 §3.3.2).</summary>
    private static bool IsHalfClosed(ConnectionRecord connection) =>
        connection.Tcp.ClientEnd.State == TcpState.CloseWait || connection.Tcp.ServerEnd.State == TcpState.CloseWait;
}
