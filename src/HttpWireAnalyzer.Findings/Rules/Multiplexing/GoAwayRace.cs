using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Multiplexing;

/// <summary>
/// HWA-M001: a server said GOAWAY, and streams were lost by it: those beyond the last that it names were not processed and may
/// be sent again; those that it let go on and did not answer may have been.
/// </summary>
/// <remarks>
/// Not flagged: GOAWAY with which every stream ends whole; streams that the client itself reset; REFUSED_STREAM without a
/// GOAWAY; GOAWAY of a client, which refuses only pushes.
/// </remarks>
internal sealed class GoAwayRace(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-M001",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("GOAWAY race: streams refused or left", "GOAWAY 경합: 스트림이 거부되거나 버려짐"),
        References = ["RFC 9113 §6.8", "RFC 9113 §8.7", "encode/httpcore#1054", "netty/netty#15836"],
        Advice =
        [
            new Phrase(
                "Have the client send streams beyond GOAWAY's last stream again on a new connection, whatever their method: the server did not process them (RFC 9113 §8.7). Have the server first send GOAWAY with 2^31-1, and name its last stream a round trip later, so that nothing is under way then.",
                "클라이언트가 GOAWAY의 마지막 스트림보다 큰 스트림을 메서드와 관계없이 새 연결에서 다시 보내게 하십시오. 서버는 이를 처리하지 않았습니다(RFC 9113 §8.7). 서버는 먼저 2^31-1을 담은 GOAWAY를 보내고 왕복 시간 뒤에 마지막 스트림을 알려 그때 전송 중인 스트림이 없게 하십시오."),
        ],
    };

    private static readonly Phrase Refused = new(
        "The server's GOAWAY ({goaway}) named stream {last} as its last: {refused|stream|streams} beyond it (first {method} {target}, {request}) went unprocessed, {retried} sent again, {lost} not.",
        "서버의 GOAWAY({goaway})가 마지막으로 지정한 스트림 {last}보다 큰 스트림 {refused}개가 처리되지 않았습니다(첫 번째 {method} {target}, {request}). {retried}개는 다시 전송되었고 {lost}개는 그렇지 않습니다.");

    private static readonly Phrase Left = new(
        "The server's GOAWAY ({goaway}) let streams up to {last} go on, and {left|stream|streams} of these had no whole answer when the connection ended (first {method} {target}, {request}): whether they were processed is not known.",
        "서버의 GOAWAY({goaway})는 스트림 {last}까지 계속하도록 했지만 연결이 끝날 때 그중 {left}개는 온전한 응답을 받지 못했습니다(첫 번째 {method} {target}, {request}). 처리되었는지는 알 수 없습니다.");

    private static readonly Phrase AndLeft = new(
        "{left|stream|streams} up to it had no whole answer when the connection ended: whether they were processed is not known.",
        "그 이하의 스트림 {left}개도 연결이 끝날 때 온전한 응답을 받지 못했습니다. 처리되었는지는 알 수 없습니다.");

    private static readonly Phrase Drain = new(
        "Have the server finish the streams up to GOAWAY's last before it closes: give it a longer drain time (nginx worker_shutdown_timeout, Envoy drain time, Kubernetes terminationGracePeriodSeconds). Repeat only what is idempotent.",
        "서버가 GOAWAY의 마지막 스트림까지 마친 뒤 닫게 하십시오. 드레인 시간을 늘리십시오(nginx worker_shutdown_timeout, Envoy drain time, Kubernetes terminationGracePeriodSeconds). 멱등 요청만 다시 보내십시오.");

    private static readonly Phrase NotAnswered = new("no response came on these streams", "이 스트림들에 응답이 오지 않음");
    private static readonly Phrase NothingMissing = new(
        "no octet of the connection is missing in the capture", "이 연결의 데이터가 캡처에 빠짐없이 있음");

    private readonly List<Race> _races = [];
    private readonly HashSet<(int Connection, int Ordinal)> _retried = [];

    public override ExchangeTraits Exchanges => ExchangeTraits.Retry;

    public override ConnectionTraits Connections => ConnectionTraits.Streams;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        if (exchange.Exchange.RetryOf is { Failure: ExchangeFailure.Refused } retry && _retried.Count < findings.Limits.Suspects)
        {
            _retried.Add((retry.Connection, retry.Ordinal));
        }
    }

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record.Http.Http2!;
        if (record.LastGoAwayOf(record.Requester.Other()) is not { } goAway || connection.Trail is not { } trail
            || !connection.HasBothDirections)
        {
            return;
        }

        var refused = trail.Exchanges.Where(exchange => exchange.End == ExchangeEnd.Refused && exchange.Stream > goAway.LastStream).ToList();
        var left = trail.Exchanges.Where(exchange => IsLeft(exchange) && exchange.Stream <= goAway.LastStream).ToList();
        if (refused.Count + left.Count > 0 && findings.TryKeep(_races.Count))
        {
            _races.Add(new Race(connection.Number, FirstNaming(record, goAway), refused, left, connection.HasGaps));
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var race in _races)
        {
            findings.Add(Finding(race));
        }
    }

    /// <summary>The connection was ended under it, by FIN or RST.</summary>
    private static bool IsLeft(in HttpExchange exchange) => exchange is { Stream: > 0, TunnelDepth: 0 }
        && exchange.End is ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated or ExchangeEnd.ResponseTruncated;

    /// <summary>The first GOAWAY that named the same last stream: a server may repeat it.</summary>
    private static Http2GoAway FirstNaming(Http2Record record, Http2GoAway last) =>
        record.GoAways.First(frame => frame.Sender == last.Sender && frame.LastStream == last.LastStream);

    private Finding Finding(Race race)
    {
        var retried = race.Refused.Count(exchange => _retried.Contains((race.Connection, exchange.Ordinal)));
        var lost = race.Refused.Count - retried;
        var first = race.Refused.Count > 0 ? race.Refused[0] : race.Left[0];
        return new Finding
        {
            Rule = Card,
            Severity = lost + race.Left.Count > 0 ? Severity.Error : Severity.Note,
            Confidence = race.HasGaps ? Confidence.Likely : Confidence.Certain,
            Subject = FindingSubject.Of(race.Connection, first.Ordinal),
            Frames = Evidence.Of(
                [race.GoAway.At, .. race.Refused.Concat(race.Left).Take(3).Select(exchange => exchange.RequestTrace.Start), race.Left.Count > 0 ? race.Left[0].EndedBy : default]),
            Measured =
            [
                Measure.Frame("goaway", race.GoAway.At),
                Measure.Count("last", race.GoAway.LastStream),
                Measure.Count("refused", race.Refused.Count),
                Measure.Count("retried", retried),
                Measure.Count("lost", lost),
                Measure.Count("left", race.Left.Count),
                Measure.Count("stream", first.Stream),
                Measure.Words("method", first.Request?.Method ?? "?"),
                Measure.Words("target", first.Request?.Target ?? "?"),
                Measure.Frame("request", first.RequestTrace.Start),
            ],
            Says = race.Refused.Count == 0 ? Left : Refused.Then(race.Left.Count > 0 ? AndLeft : null),
            Advice = race.Refused.Count == 0 ? [Drain] : race.Left.Count > 0 ? [.. Card.Advice, Drain] : Card.Advice,
            Guards = [new Guard(NotAnswered, Passed: true), new Guard(NothingMissing, Passed: !race.HasGaps)],
        };
    }

    /// <summary>What one GOAWAY cost.</summary>
    private sealed record Race(
        int Connection, Http2GoAway GoAway, IReadOnlyList<HttpExchange> Refused, IReadOnlyList<HttpExchange> Left, bool HasGaps);
}
