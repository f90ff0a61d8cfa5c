using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of connections for people.</summary>
public sealed class ConnectionRows(AlignedColumns table) : IConnectionSink
{
    public static readonly IReadOnlyList<Column> Columns =
    [
        new("#", IsNumber: true),
        new("client"),
        new("server"),
        new("req", IsNumber: true),
        new("reuse", IsNumber: true, LeaveOut: 2),
        new("connect", IsNumber: true, LeaveOut: 1),
        new("idle max", IsNumber: true, LeaveOut: 3),
        new("closed by"),
        new("why"),
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
        Closer(connection),
        Why(connection),
    ]);

    internal static string Closer(ConnectionRecord connection)
    {
        if (!connection.HasCloser)
        {
            return connection.Tcp.Close.How == CloseManner.Unanswered ? "never opened" : "open";
        }

        if (connection.HasTwoClosers)
        {
            return "both FIN";
        }

        var sign = connection.Tcp.Close.How switch
        {
            CloseManner.Refused or CloseManner.Reset => "RST",
            CloseManner.FinThenReset => "FIN, RST",
            _ => "FIN",
        };
        return Words.Sides[(int)connection.Tcp.Close.First].Text + " " + sign;
    }

    internal static string Why(ConnectionRecord connection)
    {
        var reason = connection.Close.Reason switch
        {
            CloseReason.StillOpen when connection.Http.Protocol is ApplicationProtocol.Tls => Quantity.None + " (TLS)",
            CloseReason.StillOpen => Quantity.None,
            CloseReason.Unknown when connection.Http.Protocol is ApplicationProtocol.Tls => "unknown (TLS)",
            _ => CloseReasonText.Short(connection),
        };
        return connection.Http.Unanswered > 0
            ? reason + ", " + Quantity.Count(connection.Http.Unanswered) + " unfinished"
            : reason;
    }
}
