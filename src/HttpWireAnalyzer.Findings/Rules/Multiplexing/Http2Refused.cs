namespace HttpWireAnalyzer.Findings.Rules.Multiplexing;

/// <summary>HWA-M005: a client speaks HTTP/2 by prior knowledge to a server that does not. One finding for each pool.</summary>
/// <remarks>Not flagged: a server that closes without a word, which may have other reasons.</remarks>
internal sealed class Http2Refused(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-M005",
        Severity = Severity.Error,
        Title = new Phrase("HTTP/2 to a server that does not speak it", "HTTP/2를 지원하지 않는 서버에 HTTP/2 사용"),
        References = ["RFC 9113 §3.3", "RFC 9113 §3.4"],
        Advice =
        [
            new Phrase(
                "Let the client speak HTTP/1.1 there, or turn HTTP/2 in clear text on at the server, and at each proxy before it: gRPC needs it on every hop (nginx http2 on and grpc_pass, HAProxy proto h2, Kestrel HttpProtocols.Http2, Node http2.createServer).",
                "그 서버에는 HTTP/1.1을 쓰게 하거나, 서버와 앞단의 모든 프록시에서 평문 HTTP/2를 켜십시오. gRPC는 모든 홉에서 HTTP/2가 필요합니다(nginx http2 on과 grpc_pass, HAProxy proto h2, Kestrel HttpProtocols.Http2, Node http2.createServer)."),
        ],
    };

    private static readonly Phrase Says = new(
        "Connections that began with HTTP/2 and were answered in HTTP/1: {count} of {connections} (first {preface}, answered {status} in {answer}). Nothing that was asked on them was read.",
        "HTTP/2로 시작했지만 HTTP/1로 응답받은 연결: {connections}개 중 {count}개(처음 {preface}, {answer}에서 {status} 응답). 이 연결들의 요청은 하나도 처리되지 않았습니다.");

    /// <summary>Values are statuses.</summary>
    private readonly ByPool<Tally> _refusals = new();

    public override ConnectionTraits Connections => ConnectionTraits.Streams;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (connection.Record.Http.Http2 is { Http1Answer: { } answer, Preface.IsNone: false } http2)
        {
            _refusals.Of(connection.Pool).Add(connection.Number, answer.Status, http2.Preface, answer.At);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _refusals.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", tally.Count),
                    Measure.Count("connections", capture.ConnectionsOf(pool, otherwise: tally.Count)),
                    Measure.Frame("preface", tally.First),
                    Measure.Count("status", tally.FirstValue),
                    Measure.Frame("answer", tally.Second),
                ],
                Says = Says,
            });
        }
    }
}
