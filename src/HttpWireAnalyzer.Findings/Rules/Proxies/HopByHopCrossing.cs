using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>HWA-P001: a proxy passed on a field that is meant for one hop.</summary>
/// <remarks>
/// Not flagged: a bare Connection: keep-alive on both sides, which a proxy may say of its own, unless it passed the
/// whole heads of request and response on octet for octet (those of two servers of one make are alike by themselves); what a tunnel
/// carries; Transfer-Encoding and Upgrade, which proxies rightly say on both sides; and connections all of whose requests go on
/// octet for octet, in their order, on one other: what is in between forwards TCP (RFC 9110 §3.7), and speaks no HTTP.
/// </remarks>
internal sealed class HopByHopCrossing(RuleSettings settings, ProxyHops hops) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P001",
        Severity = Severity.Error,
        Title = new Phrase("hop-by-hop field crossed a proxy", "홉 단위 필드가 프록시를 통과함"),
        References = ["RFC 9110 §7.6.1", "RFC 9112 §9.3", "http-party/node-http-proxy#1488", "mitre/HTTP-Proxy-Servlet#6"],
        Advice =
        [
            new Phrase(
                "The proxy must remove Connection, what it names, Keep-Alive and Proxy-Connection before it passes a message on (nginx: proxy_set_header Connection \"\"), and say of its own what holds for the next hop.",
                "프록시는 메시지를 전달하기 전에 Connection과 그것이 지명한 필드, Keep-Alive, Proxy-Connection을 제거하고(nginx: proxy_set_header Connection \"\") 다음 홉에 맞는 값을 스스로 보내야 합니다."),
        ],
    };

    private static readonly Phrase InRequest = new(
        "{method} {target}: the proxy passed {field} on to {server} ({back}), as the client had sent it ({front}): it speaks of the connection to the proxy, not of this one.",
        "{method} {target}: 프록시가 클라이언트가 보낸 {field}({front})을(를) {server}에 그대로 전달했습니다({back}). 이 필드는 프록시까지의 연결에 대한 것입니다.");

    private static readonly Phrase InResponse = new(
        "{method} {target}: the proxy passed {field} of {server} ({back}) on to the client ({front}): it speaks of the connection behind the proxy, not of the client's.",
        "{method} {target}: 프록시가 {server}의 {field}({back})을(를) 클라이언트에 그대로 전달했습니다({front}). 이 필드는 프록시 뒤쪽 연결에 대한 것입니다.");

    /// <summary>By front connection, as long as all its requests went on octet for octet.</summary>
    private readonly SortedDictionary<int, Forwarded> _forwarded = [];
    private int _waiting;

    public override ExchangeTraits Exchanges => ExchangeTraits.Proxied;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        if (exchange.Exchange.TunnelDepth > 0)
        {
            // RFC 9110 §9.3.6: what a tunnel carries is between others; the proxy passes it on as it must.
            return;
        }

        if (exchange.Pool.IsBeforeProxy)
        {
            Compare(exchange, hops.Behind(exchange), findings);
        }

        if (exchange.Pool.IsBehindProxy)
        {
            hops.Add(exchange);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var forwarded in _forwarded.Values.Where(forwarded => forwarded.SpeaksHttp))
        {
            forwarded.Findings.ForEach(findings.Add);
            findings.LeaveOut(forwarded.LeftOut);
        }
    }

    private void Compare(in ExchangeCase exchange, BackExchange? back, FindingList findings)
    {
        ref readonly var front = ref exchange.Exchange;
        var isRelayed = back is not null && IsSame(front.Request!, back.Request)
            && (front.Response is null || IsSame(front.Response, back.Response));
        var forwarded = ForwardedOn(front.Connection.Number, findings.Limits.Suspects);
        if (forwarded is not null && (!isRelayed || !forwarded.GoesOnWith(back!, front.Ordinal)))
        {
            forwarded.SpeaksHttp = true;
        }

        if (back is null || (forwarded is null && isRelayed))
        {
            return;
        }

        if (Crossed(front.Request!, back.Request, isRelayed) is { } sent)
        {
            Report(forwarded, FindingOf(exchange, back, InRequest, sent), findings);
        }

        if (front.Response is { } answer && back.Response is { } origin && Crossed(origin, answer, isRelayed) is { } received)
        {
            Report(forwarded, FindingOf(exchange, back, InResponse, received), findings);
        }
    }

    /// <summary>What may only have been forwarded waits for what follows it.</summary>
    private void Report(Forwarded? forwarded, Finding finding, FindingList findings)
    {
        if (forwarded is not { SpeaksHttp: false })
        {
            findings.Add(finding);
        }
        else if (_waiting < findings.Limits.Suspects)
        {
            _waiting++;
            forwarded.Findings.Add(finding);
        }
        else
        {
            forwarded.LeftOut++;
        }
    }

    /// <summary>Null where too many are watched: of those beyond, nobody will know whether they were only forwarded.</summary>
    private Forwarded? ForwardedOn(int connection, int most)
    {
        if (!_forwarded.TryGetValue(connection, out var forwarded) && _forwarded.Count < most)
        {
            _forwarded.Add(connection, forwarded = new Forwarded());
        }

        return forwarded;
    }

    /// <summary>What came in and went out as it was; null where nothing did.</summary>
    private static string? Crossed(MessageHead into, MessageHead outOf, bool isRelayed)
    {
        if (into.Connection == ConnectionOptions.None && into.KeepAliveTimeout < 0 && into.KeepAliveMax < 0)
        {
            return null;
        }

        return Same("Keep-Alive", into, outOf)
            ?? Same("Proxy-Connection", into, outOf)
            ?? Nominated(into, outOf)
            ?? (isRelayed && !IsUpgrade(into) ? Same("Connection", into, outOf) : null);
    }

    /// <summary>RFC 9110 §7.8: who sends Upgrade names it in Connection, on either side of a proxy.</summary>
    private static bool IsUpgrade(MessageHead head) =>
        (head.Connection & ConnectionOptions.Upgrade) != 0 && (head.Connection & ConnectionOptions.OtherNames) == 0
        && head.Field("Upgrade") is not null;

    private static bool IsSame(MessageHead one, MessageHead? other) => one.Octets.AsSpan().SequenceEqual(other?.Octets);

    private static string? Same(string name, MessageHead into, MessageHead outOf) =>
        into.Field(name) is { } value && outOf.Field(name) == value ? $"{name}: {value}" : null;

    /// <summary>RFC 9110 §7.6.1: fields that Connection names are for this hop.</summary>
    private static string? Nominated(MessageHead into, MessageHead outOf)
    {
        if ((into.Connection & ConnectionOptions.OtherNames) == 0)
        {
            return null;
        }

        foreach (var option in (into.Field("Connection") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!option.Equals("close", StringComparison.OrdinalIgnoreCase)
                && !option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
                && !option.Equals("upgrade", StringComparison.OrdinalIgnoreCase)
                && Same(option, into, outOf) is { } crossed)
            {
                return crossed;
            }
        }

        return null;
    }

    private Finding FindingOf(in ExchangeCase exchange, BackExchange back, Phrase says, string field)
    {
        ref readonly var front = ref exchange.Exchange;
        var isRequest = says == InRequest;
        var frontFrame = isRequest ? front.RequestTrace.Start : front.ResponseTrace.Start;
        var backFrame = isRequest ? back.Start : back.ResponseStart;
        return new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = FindingSubject.Of(front, exchange.PoolName),
            Frames = Evidence.Of(frontFrame, backFrame),
            Measured =
            [
                Measure.Words("method", back.Request.Method),
                Measure.Words("target", back.Request.Target),
                Measure.Words("field", field),
                Measure.Words("server", back.Pool.Server.ToString()),
                Measure.Count("back_connection", back.Connection),
                Measure.Frame("front", frontFrame),
                Measure.Frame("back", backFrame),
            ],
            Says = says,
        };
    }

    /// <summary>A front connection, and what would be said of it if what is behind it spoke HTTP.</summary>
    private sealed class Forwarded
    {
        private int _back = -1;

        public bool SpeaksHttp { get; set; }

        public List<Finding> Findings { get; } = [];

        /// <summary>Beyond those.</summary>
        public int LeftOut { get; set; }

        /// <summary>The same request of the same connection behind as before.</summary>
        public bool GoesOnWith(BackExchange back, int ordinal)
        {
            _back = _back < 0 ? back.Connection : _back;
            return back.Connection == _back && back.Ordinal == ordinal;
        }
    }
}
