using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K014: a response while no request was outstanding, as 408 on an idle connection.</summary>
/// <remarks>
/// Not flagged: answers to requests that the capture missed, or has only the rest of, to the beginning of a request that never became whole, to
/// octets of the client that are no request (400 answers them), TLS among them (HWA-V004); a response that crosses a request
/// on its way; octets of which another copy came later (injected ones among them: what the client took is not known).
/// </remarks>
internal sealed class UnsolicitedResponse(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K014",
        Severity = Severity.Error,
        Title = new Phrase("response to no request", "요청 없이 온 응답"),
        References = ["RFC 9112 §9.2", "RFC 9110 §15.5.9"],
        Advice =
        [
            new Phrase(
                "Close idle connections without a word (HAProxy: option http-ignore-probes, or errorfile 408 /dev/null); a client must close a connection on which octets come that it did not ask for, before it sends its next request.",
                "유휴 연결은 응답 없이 닫으십시오(HAProxy: option http-ignore-probes 또는 errorfile 408 /dev/null). 클라이언트는 요청하지 않은 데이터가 온 연결을 다음 요청을 보내기 전에 닫아야 합니다."),
        ],
    };

    private static readonly Phrase Alone = new(
        "The server sent {status} ({response}) while no request was outstanding: RFC 9112 §9.2 says that it answers nothing.",
        "서버가 대기 중인 요청이 없는데 {status} 응답({response})을 보냈습니다. RFC 9112 §9.2에 따르면 이는 어떤 요청에 대한 응답도 아닙니다.");

    private static readonly Phrase Desync = new(
        "The server sent {status} ({response}) while no request was outstanding, and the client sent another request after it: a client that does not look takes it for that request's answer, and every later answer for the one before.",
        "서버가 대기 중인 요청이 없는데 {status} 응답({response})을 보냈고, 그 뒤에 클라이언트가 다시 요청을 보냈습니다. 확인하지 않는 클라이언트는 이것을 그 요청의 응답으로 여기며 이후 응답이 모두 하나씩 어긋납니다.");

    private static readonly Phrase NothingMissing = new(
        "no request is missing in the capture", "캡처에 빠진 요청이 없음");

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        // Where nothing that the client sent is a request, as a TLS hello, the response is to that.
        var isToNoRequest = connection.Record.Http.Requests == 0 && connection.Tcp.ClientEnd.Counters.UniqueOctets > 0;
        if (isToNoRequest || connection.Record.Has(TcpRemarkKind.OverlapConflict))
        {
            return;
        }

        var cruft = CruftOf(connection);
        foreach (var exchange in connection.Ended(ExchangeEnd.Unsolicited))
        {
            if ((cruft.IsNone || cruft.Number > exchange.ResponseTrace.Start.Number)
                && exchange.Response is { } response && connection.Actual(exchange.Requester) == Side.Client
                && !HasCrossed(connection, exchange))
            {
                findings.Add(Finding(connection, exchange, response));
            }
        }
    }

    /// <summary>The client's first octets that are no request, or may be the rest of one that was lost; none without any.</summary>
    private static PacketRef CruftOf(ConnectionCase connection)
    {
        foreach (var remark in connection.Trail?.HttpRemarks ?? [])
        {
            if ((remark.Kind & (HttpAnomalies.Cruft | HttpAnomalies.InvalidStartLine | HttpAnomalies.Resynchronised)) != 0
                && connection.Actual(remark.Sender) == Side.Client)
            {
                return remark.Packet;
            }
        }

        return default;
    }

    /// <summary>
    /// A request that is counted after it was on its way when it came: it is before it in the capture, or its sender's
    /// acknowledgment shows that it had not come.
    /// </summary>
    private static bool HasCrossed(ConnectionCase connection, in HttpExchange exchange)
    {
        var (response, offset, ordinal) = (exchange.ResponseTrace.Start.Number, exchange.ResponseTrace.HeadOffset, exchange.Ordinal);
        return connection.Trail!.Exchanges.Any(other => other.Ordinal > ordinal
            && !other.RequestTrace.Start.IsNone
            && (other.RequestTrace.Start.Number < response || (other.RequesterHad >= 0 && other.RequesterHad <= offset)));
    }

    private Finding Finding(ConnectionCase connection, in HttpExchange exchange, ResponseHead response)
    {
        // Ordinals count all exchanges: those before it, as far as they had one, are the requests before it.
        var hasFollower = connection.Record.Http.Requests >= exchange.Ordinal;
        return new Finding
        {
            Rule = Card,
            Severity = hasFollower ? Severity.Error : Severity.Warning,
            Confidence = exchange.Pairing == PairingConfidence.Certain && !connection.Tcp.Midstream ? Confidence.Certain : Confidence.Likely,
            Subject = connection.Subject(exchange.Ordinal),
            Frames = Evidence.Of(exchange.ResponseTrace.Start, exchange.EndedBy, connection.Tcp.Close.Packet),
            Measured =
            [
                Measure.Count("status", response.Status),
                Measure.Frame("response", exchange.ResponseTrace.Start),
                Measure.Count("requests", connection.Record.Http.Requests),
            ],
            Says = hasFollower ? Desync : Alone,
            Guards = [new Guard(NothingMissing, Passed: true)],
        };
    }
}
