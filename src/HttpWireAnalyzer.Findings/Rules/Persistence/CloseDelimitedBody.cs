using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K011: HTTP/1.1 responses whose body has no other end than the connection's.</summary>
/// <remarks>
/// Not flagged: responses of HTTP/1.0 servers or to HTTP/1.0 clients, which know no chunks; tunnels and upgrades; responses without
/// a body; errors that say close, whose connection ends for another reason.
/// </remarks>
internal sealed class CloseDelimitedBody(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K011",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("body ends with the connection", "본문의 끝이 연결의 끝"),
        References = ["RFC 9112 §6.3", "RFC 9112 §8"],
        Advice =
        [
            new Phrase(
                "Send Content-Length, or Transfer-Encoding: chunked where the length is not known: then the connection can be used again, and a body that was cut off can be told from a whole one.",
                "Content-Length를 보내거나 길이를 모르면 Transfer-Encoding: chunked를 쓰십시오. 그래야 연결을 다시 쓸 수 있고 잘린 본문을 온전한 본문과 구별할 수 있습니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count|response|responses} of {requests} said neither Content-Length nor chunked ({frame}): each ends with its connection, none of which can be used again, and a body that was cut off looks like a whole one.",
        "{pool}: 응답 {requests}건 중 {count}건에 Content-Length도 chunked도 없습니다({frame}). 응답마다 연결이 끝나 재사용할 수 없고, 잘린 본문도 온전해 보입니다.");

    private readonly ByPool<Tally> _bodies = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Closes;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.ResponseTrace.Rule == BodyRule.UntilClose
            && it is { Request.Version: HttpVersion.Http11, Response.Version: HttpVersion.Http11, End: ExchangeEnd.CompleteByClose, TunnelDepth: 0 }
            && it.Response is not { Status: >= 400, HasClose: true })
        {
            _bodies.Of(exchange.Pool).Add(it.Connection.Number, it.ResponseTrace.BodyOctets, it.ResponseTrace.Start, it.EndedBy);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _bodies.InOrder)
        {
            var requests = capture.RecordOf(pool.Name)?.Exchanges.Total ?? tally.Count;
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Words("pool", pool.Name.ToString()),
                    Measure.Count("count", tally.Count),
                    Measure.Count("requests", requests),
                    Measure.Share("share", tally.Count, requests),
                    Measure.Octets("octets", tally.Sum),
                    Measure.Frame("frame", tally.First),
                ],
                Says = Says,
            });
        }
    }
}
