using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What the connection carried, in English.</summary>
internal sealed class ExchangesProse(ConnectionRecord connection)
{
    public string Of(Exchanged exchanged)
    {
        var carried = Octets(exchanged.ClientOctets, exchanged.ServerOctets);
        if (!connection.IsHttp)
        {
            return exchanged.ClientOctets + exchanged.ServerOctets == 0
                ? "Nothing was sent on it."
                : $"No HTTP/1 message was seen{What(exchanged.Protocol)}: {carried}.";
        }

        if (exchanged.Requests == 0)
        {
            return $"Responses, and no request, were captured. {Capital(carried)}.";
        }

        var text = new StringBuilder(Quantity.Count(exchanged.Requests, "request", "requests"));
        text.Append(exchanged.Warm == 0 ? (exchanged.Requests == 1 && !exchanged.Midstream ? ", cold, " : ", ")
            : exchanged.Midstream ? $": {Quantity.Count(exchanged.Warm)} surely reused the connection{Because(exchanged.Rule)}; "
            : $": the first cold, {Quantity.Count(exchanged.Warm)} reused the connection{Because(exchanged.Rule)}; ");
        text.Append(Outcomes(exchanged));
        if (exchanged.MaxDepth > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"; pipelined, up to {exchanged.MaxDepth} at once");
        }

        return text.Append(". ").Append(Capital(carried)).Append('.').ToString();
    }

    private string Outcomes(Exchanged exchanged)
    {
        var none = connection.HasCloser ? "never answered" : "not answered yet";
        var never = int.Max(
            0, exchanged.Requests - exchanged.Answered - exchanged.Cut - exchanged.Uncaptured - exchanged.Refused - exchanged.Reset);
        if (exchanged.Requests == 1)
        {
            return exchanged.Uncaptured > 0 ? "its answer was not captured"
                : exchanged.Refused > 0 ? "refused"
                : exchanged.Reset > 0 ? "reset"
                : exchanged.AnsweredUnfinished > 0 ? "answered before it was whole"
                : exchanged.Cut > 0 ? "not answered in full"
                : never > 0 ? none
                : "answered";
        }

        if (exchanged.Answered == exchanged.Requests)
        {
            return "all answered";
        }

        if (exchanged.Uncaptured == exchanged.Requests)
        {
            return "of their answers nothing was captured";
        }

        var others = Counted(
            (exchanged.Uncaptured, "whose answer was not captured"),
            (exchanged.Cut, "cut off"),
            (exchanged.Refused, "refused"),
            (exchanged.Reset, "reset"),
            (never, none));
        return string.Join(", ", others.Prepend($"{Quantity.Count(exchanged.Answered)} answered"));
    }

    /// <summary>RFC 9112 §9.3.</summary>
    private static string Because(PersistenceRule rule) => rule switch
    {
        PersistenceRule.Http11Default => " (the default of HTTP/1.1)",
        PersistenceRule.Http10KeepAlive => " (HTTP/1.0, both said keep-alive)",
        PersistenceRule.Http2Default => " (HTTP/2)",
        _ => "",
    };

    public static string Of(Tunnelled tunnel)
    {
        var since = $"From {Frame(tunnel.Exchange.ResponseTrace.End)} on ";
        var carried = Octets(tunnel.ClientOctets, tunnel.ServerOctets);
        if (tunnel is { To: ApplicationProtocol.Http2, Exchange.Response.Status: 101 })
        {
            return $"{since}it is HTTP/2 (Upgrade: h2c): {carried}.";
        }

        var what = tunnel.Exchange.Response is { Status: 101 } response
            ? tunnel.To == ApplicationProtocol.WebSocket
                ? "it is WebSocket"
                : $"it is what Upgrade names ({PrintableText.Of(response.Upgrade ?? "nothing")})"
            : $"it is a tunnel to {Quoted(tunnel.Exchange.Request?.Target ?? "somewhere")}"
                + What(tunnel.To);
        var inside = tunnel.Requests > 0
            ? $" ({Quantity.Count(tunnel.Requests, "HTTP request", "HTTP requests")} in it)"
            : "";
        return $"{since}{what}, no longer HTTP of this connection: {carried}{inside}.";
    }

    private static string Octets(long client, long server) =>
        $"{Quantity.Octets(client)} from the client, {Quantity.Octets(server)} from the server";

    private static string What(ApplicationProtocol protocol) => protocol switch
    {
        ApplicationProtocol.Tls => " (it is TLS)",
        ApplicationProtocol.Http2 => " (it is HTTP/2)",
        ApplicationProtocol.WebSocket => " (it is WebSocket)",
        _ => "",
    };
}
