using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K007: a server closes right after an answer, and had not said that it would.</summary>
/// <remarks>
/// Not flagged: answers to HTTP/1.0 clients (HWA-K009); bodies that end with the connection (HWA-K011); connections that
/// the client closed first, or both at once; closes of connections that had been idle (HWA-K020).
/// </remarks>
internal sealed class UnannouncedClose(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Within = new(
        "within", MeasureUnit.Nanoseconds, ConnectionRecord.AtOnce, "no server's idle timer is shorter; two round trips where they are longer");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K007",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("unannounced close right after a response", "응답 직후 예고 없이 닫음"),
        References = ["RFC 9112 §9.3", "RFC 9112 §9.6"],
        Advice =
        [
            new Phrase(
                "A server that will close must say so in its last response, Connection: close, so that the client does not send another request into the close; or it must keep the connection.",
                "닫으려는 서버는 마지막 응답에 Connection: close를 실어 알려야 합니다. 그래야 클라이언트가 닫히는 연결로 다음 요청을 보내지 않습니다. 아니면 연결을 유지하십시오."),
        ],
        Parameters = [Within],
    };

    private static readonly Phrase One = new(
        "The server closed ({close}) {after} after its response ({response}), which had not said Connection: close: the client takes the connection for one that can be used again.",
        "서버가 응답({response}) {after} 뒤에 연결을 닫았지만({close}) 그 응답에는 Connection: close가 없었습니다. 클라이언트는 이 연결을 다시 쓸 수 있다고 여깁니다.");

    private static readonly Phrase Several = new(
        "{pool}: the server closed {count} of {connections} connections within {longest} of a response that had not said Connection: close (first {response}, {close}): the client takes such a connection for one that can be used again.",
        "{pool}: 서버가 연결 {connections}개 중 {count}개를 Connection: close가 없는 응답 뒤 {longest} 안에 닫았습니다(첫 번째 {response}, {close}). 클라이언트는 이런 연결을 다시 쓸 수 있다고 여깁니다.");

    private static readonly Phrase ClientStayed = new("the client had not closed first", "클라이언트가 먼저 닫지 않음");

    private readonly ByPool<Tally> _closes = new();

    public override ConnectionTraits Connections => ConnectionTraits.IdleClose;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        ref readonly var at = ref record.AtClose;
        if (connection is { HasGaps: false, HasBothDirections: true }
            && record.Close.Reason is CloseReason.ServerClosedUnannounced or CloseReason.IdleClose or CloseReason.EarlierThanAnnounced
            && record.IsClosedBy(Side.Server)
            && at.Persistence.Rule == PersistenceRule.Http11Default
            && at.Idle <= long.Max(Of(Within), 2 * connection.RoundTrip))
        {
            _closes.Of(connection.Pool).Add(connection.Number, at.Idle, at.IdleFrom, connection.Tcp.Close.Packet);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _closes.InOrder)
        {
            findings.Add(Finding(pool, tally, capture.ConnectionsOf(pool, otherwise: tally.Count)));
        }
    }

    private Finding Finding(PoolHabits pool, Tally tally, long connections) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Count("count", tally.Count),
            Measure.Count("connections", connections),
            Measure.Share("share", tally.Count, connections),
            Measure.Duration("after", tally.Sum / tally.Count),
            Measure.Duration("longest", tally.Most),
            Measure.Frame("response", tally.First),
            Measure.Frame("close", tally.Second),
        ],
        Says = tally.Count == 1 ? One : Several,
        Threshold = ThresholdOf("longest", Within),
        Guards = [new Guard(ClientStayed, Passed: true)],
    };
}
