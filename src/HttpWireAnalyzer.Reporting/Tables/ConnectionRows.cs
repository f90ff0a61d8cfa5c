using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of connections for people.</summary>
public sealed class ConnectionRows(IRowSink table, Language language) : IConnectionSink
{
    public static IReadOnlyList<Column> Columns(Language language) =>
    [
        new("#", IsNumber: true),
        new(language.Say("client", "클라이언트")),
        new(language.Say("server", "서버"), LeaveOut: 5),
        new(language.Say("req", "요청"), IsNumber: true, LeaveOut: 4),
        new(language.Say("reuse", "재사용"), IsNumber: true, LeaveOut: 2),
        new(language.Say("connect", "연결 시간"), IsNumber: true, LeaveOut: 1),
        new(language.Say("idle max", "최대 유휴"), IsNumber: true, LeaveOut: 3),
        new(language.Say("closed by", "닫은 쪽"), LeaveOut: 6),
        new(language.Say("why", "까닭"), Least: 14),
    ];

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
    }

    public void OnConnection(ConnectionRecord connection) => table.Add(
    [
        connection.Number.ToString(CultureInfo.InvariantCulture),
        connection.Tcp.Client.ToString(),
        connection.Tcp.Server.ToString(),
        connection.IsHttp ? connection.Http.Requests.ToString(CultureInfo.InvariantCulture) : Quantity.None,
        connection.Http.Requests > 0 ? Quantity.Percent(connection.Reuses, connection.Http.Requests) : Quantity.None,
        Quantity.DurationOrDash(connection.Handshake.Total),
        Quantity.DurationOrDash(connection.MaxIdle),
        Closer(connection, language),
        Why(connection, language),
    ]);

    internal static string Closer(ConnectionRecord connection, Language language) =>
        CloseReasonText.Closer(connection.Tcp.Close.How, connection.Tcp.Close.First, language);

    internal static string Why(ConnectionRecord connection, Language language)
    {
        var reason = CloseReasonText.InColumn(connection.Close.Reason, connection.Http.Protocol, language);
        if (connection.Close.Reason is CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced)
        {
            reason += " " + Quantity.Duration(connection.AtClose.Idle);
        }

        var unfinished = connection.Http.Unanswered;
        return unfinished == 0 ? reason : CloseReasonText.AndUnfinished(reason, unfinished, language);
    }
}
