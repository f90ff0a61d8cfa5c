using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K009: an HTTP/1.0 client asked for keep-alive and did not get it; or it was granted, and the server closed at once.</summary>
/// <remarks>Not flagged: clients that did not ask; connections that carried another request all the same; connections that the client closed first; bodies that end with the connection, which cannot be kept.</remarks>
internal sealed class Http10NotKept(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K009",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("HTTP/1.0 keep-alive asked for and not given", "HTTP/1.0 keep-alive를 요청했지만 유지되지 않음"),
        References = ["RFC 9112 §9.3", "RFC 9112 C.2.2"],
        Advice =
        [
            new Phrase(
                "Let the client speak HTTP/1.1, where connections persist without asking (nginx as a proxy: proxy_http_version 1.1).",
                "묻지 않아도 연결이 유지되는 HTTP/1.1을 쓰게 하십시오(nginx 프록시: proxy_http_version 1.1)."),
        ],
    };

    private static readonly Phrase Refused = new(
        "{pool}: {count|request|requests} of HTTP/1.0 asked for keep-alive, and the response did not grant it ({frame}): each costs a connection.",
        "{pool}: HTTP/1.0 요청 {count}건이 keep-alive를 요청했지만 응답이 허용하지 않았습니다({frame}). 건마다 연결 하나가 소모됩니다.");

    private static readonly Phrase Broken = new(
        "{pool}: the server granted keep-alive to an HTTP/1.0 client and closed at once all the same, {count|time|times} ({frame}, {close}).",
        "{pool}: 서버가 HTTP/1.0 클라이언트에 keep-alive를 허용하고도 곧바로 {count}번 닫았습니다({frame}, {close}).");

    /// <summary>By connection, while it is open: its first request was answered without keep-alive.</summary>
    private readonly Dictionary<int, (PacketRef Request, PacketRef Response)> _notGranted = [];
    private readonly ByPool<Tally> _refused = new();
    private readonly ByPool<Tally> _broken = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Http10KeepAlive;

    public override ConnectionTraits Connections => ConnectionTraits.HttpClosed;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it is { Ordinal: 1, Response.HasKeepAlive: false, End: ExchangeEnd.Complete, TunnelDepth: 0 }
            && it.Request is { HasKeepAlive: true, HasClose: false }
            && it.Persistence.Verdict == PersistenceVerdict.Closes && findings.TryKeep(_notGranted.Count))
        {
            _notGranted[it.Connection.Number] = (it.RequestTrace.Start, it.ResponseTrace.HeadEnd);
        }
    }

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        if (_notGranted.Remove(connection.Number, out var head) && record.Http.Requests == 1)
        {
            _refused.Of(connection.Pool).Add(connection.Number, 0, head.Request, head.Response);
        }

        if (record.Close.Reason == CloseReason.ServerClosedUnannounced
            && record.AtClose.Persistence.Rule == PersistenceRule.Http10KeepAlive
            && connection.Tcp.Close.First == Side.Server
            && connection is { HasGaps: false, HasBothDirections: true })
        {
            _broken.Of(connection.Pool).Add(connection.Number, record.AtClose.Idle, record.AtClose.IdleFrom, connection.Tcp.Close.Packet);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _broken.InOrder)
        {
            findings.Add(Finding(pool, tally, Severity.Warning, Broken));
        }

        foreach (var (pool, tally) in _refused.InOrder)
        {
            findings.Add(Finding(pool, tally, Severity.Note, Refused));
        }
    }

    private Finding Finding(PoolHabits pool, Tally tally, Severity severity, Phrase says) => new()
    {
        Rule = Card,
        Severity = severity,
        Confidence = Confidence.Certain,
        Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Count("count", tally.Count),
            Measure.Frame("frame", tally.First),
            Measure.Frame("close", tally.Second),
        ],
        Says = says,
    };
}
