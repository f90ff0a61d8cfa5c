using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

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

    internal static string Closer(ConnectionRecord connection, Language language)
    {
        if (!connection.HasCloser)
        {
            return connection.Tcp.Close.How == CloseManner.Unanswered
                ? language.Say("never opened", "열리지 않음")
                : language.Say("open", "열림");
        }

        if (connection.HasTwoClosers)
        {
            return language.Say("both FIN", "FIN 양쪽");
        }

        var sign = connection.Tcp.Close.How switch
        {
            CloseManner.Refused or CloseManner.Reset => "RST",
            CloseManner.FinThenReset => "FIN+RST",
            _ => "FIN",
        };
        // In Korean the sign comes first, for the end's name is long, and may be cut.
        return connection.Tcp.Close.First == Side.Client
            ? language.Say($"client {sign}", $"{sign} 클라이언트")
            : language.Say($"server {sign}", $"{sign} 서버");
    }

    internal static string Why(ConnectionRecord connection, Language language)
    {
        var reason = connection.Close.Reason switch
        {
            CloseReason.StillOpen when connection.Http.Protocol is ApplicationProtocol.Tls => Quantity.None + " (TLS)",
            CloseReason.StillOpen => Quantity.None,
            CloseReason.Unknown when connection.Http.Protocol is ApplicationProtocol.Tls => language.Say("unknown (TLS)", "알 수 없음(TLS)"),
            _ => CloseReasonText.Short(connection, language),
        };
        var unfinished = connection.Http.Unanswered;
        return unfinished == 0 ? reason : CloseReasonText.AndUnfinished(reason, unfinished, language);
    }
}
