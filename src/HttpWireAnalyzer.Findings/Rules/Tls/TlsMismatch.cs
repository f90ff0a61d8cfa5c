using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Tls;

/// <summary>HWA-V004: one end speaks TLS and the other HTTP in clear text. One finding for each pool and direction.</summary>
/// <remarks>
/// Not flagged: a server that closes without a word, or answers 400 to a request that ought to have been TLS: both may have
/// other reasons.
/// </remarks>
internal sealed class TlsMismatch(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-V004",
        Severity = Severity.Error,
        Title = new Phrase("TLS and clear text mixed up", "TLS와 평문을 혼동함"),
        References = ["RFC 9110 §4.2.2", "RFC 8446 §6"],
        Advice =
        [
            new Phrase(
                "Compare the client's URL or upstream setting (http, https, the port) with what the server's listener speaks (nginx listen … ssl, Apache SSLEngine, HAProxy bind … ssl, a load balancer's target protocol), and change the one that is wrong.",
                "클라이언트의 URL이나 업스트림 설정(http, https, 포트)과 서버 리스너의 설정(nginx listen … ssl, Apache SSLEngine, HAProxy bind … ssl, 로드 밸런서의 대상 프로토콜)을 비교해 틀린 쪽을 고치십시오."),
        ],
    };

    private static readonly Phrase HttpServer = new(
        "Connections that the client began with TLS and the server answered in clear text: {count} of {connections} (first {status} in {answer}). Clients say of it \"wrong version number\" or \"not an SSL/TLS record\".",
        "클라이언트가 TLS로 시작했지만 서버가 평문으로 응답한 연결: {connections}개 중 {count}개(처음 {answer}에서 {status}). 클라이언트에는 \"wrong version number\"나 \"not an SSL/TLS record\"로 나타납니다.");

    private static readonly Phrase TlsServer = new(
        "Requests in clear text that the server answered with a TLS record: {count}, on {connections|connection|connections} (first {answer}). It had not read them.",
        "평문 요청에 서버가 TLS 레코드로 응답한 경우: 연결 {connections}개 중 {count}개(처음 {answer}). 서버는 요청을 읽지 않았습니다.");

    /// <summary>Values are statuses.</summary>
    private readonly ByPool<Tally> _answeredInHttp = new();

    private readonly ByPool<Tally> _answeredInTls = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if ((connection.Record.Http.Anomalies & (HttpAnomalies.HttpAnswerToTls | HttpAnomalies.TlsAnswerToHttp)) == 0)
        {
            return;
        }

        foreach (var exchange in connection.Ended(ExchangeEnd.Unsolicited))
        {
            if ((exchange.Anomalies & HttpAnomalies.HttpAnswerToTls) != 0 && exchange.Response is { } response)
            {
                _answeredInHttp.Of(connection.Pool)
                    .Add(connection.Number, response.Status, exchange.ResponseTrace.Start, connection.Tcp.Close.Packet);
            }
        }

        foreach (var remark in connection.Trail!.HttpRemarks)
        {
            if (remark.Kind == HttpAnomalies.TlsAnswerToHttp)
            {
                _answeredInTls.Of(connection.Pool).Add(connection.Number, 0, remark.Packet, connection.Tcp.Close.Packet);
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _answeredInHttp.InOrder)
        {
            findings.Add(Of(capture, pool, tally, HttpServer));
        }

        foreach (var (pool, tally) in _answeredInTls.InOrder)
        {
            findings.Add(Of(capture, pool, tally, TlsServer));
        }
    }

    private static Finding Of(CaptureCase capture, PoolHabits pool, Tally tally, Phrase says) => new()
    {
        Rule = Entry,
        Confidence = Confidence.Certain,
        Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Count("count", tally.Count),
            Measure.Count("connections", capture.ConnectionsOf(pool, otherwise: tally.Count)),
            Measure.Frame("answer", tally.First),
            .. tally.FirstValue > 0 ? [Measure.Count("status", tally.FirstValue)] : Array.Empty<Measure>(),
        ],
        Says = says,
    };
}
