using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
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
    private const uint Troubles =
        1u << (int)TcpRemarkKind.RetransmissionTimeout | 1u << (int)TcpRemarkKind.ZeroWindow
        | 1u << (int)TcpRemarkKind.TimeWaitReuse | 1u << (int)TcpRemarkKind.IcmpError
        | 1u << (int)TcpRemarkKind.OverlapConflict | 1u << (int)TcpRemarkKind.AckAwaited;

    public static RowSeverity Of(ConnectionRecord connection)
    {
        var hasLost = connection.Http.Unanswered > 0 && connection.HasCloser;
        return hasLost || IsWrong(connection.Close.Reason) ? RowSeverity.Error
            : IsHalfClosed(connection) || (connection.RemarkKinds & Troubles) != 0 || connection.Http.Anomalies != HttpAnomalies.None
            ? RowSeverity.Warning
            : RowSeverity.Plain;
    }

    public static bool IsEndless(in HttpExchange exchange) => exchange.End == ExchangeEnd.ResponseTruncated && EventStreams.Is(exchange);

    public static RowSeverity Of(in HttpExchange exchange) => exchange.End switch
    {
        ExchangeEnd.ResponseTruncated when IsEndless(exchange) => RowSeverity.Plain,
        ExchangeEnd.RequestTruncated or ExchangeEnd.Unanswered or ExchangeEnd.ResponseTruncated or ExchangeEnd.Unsolicited =>
            RowSeverity.Error,
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
