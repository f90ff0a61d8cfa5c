using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Multiplexing;

/// <summary>
/// HWA-M002: a server ended a connection of HTTP/2 without GOAWAY: its client cannot tell which of its streams were processed,
/// and sends the next one into the close.
/// </summary>
/// <remarks>
/// Not flagged: clients, which know what they asked for; connections on which nothing was asked, that the client had announced
/// to end, that the server could not read (HWA-M005), that both ends closed at once, or that a device on the way may have reset;
/// those with holes, in which the GOAWAY may be.
/// </remarks>
internal sealed class CloseWithoutGoAway(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-M002",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("HTTP/2 closed without GOAWAY", "GOAWAY 없이 HTTP/2 연결을 닫음"),
        References = ["RFC 9113 §6.8", "RFC 9113 §5.4.1", "RFC 9113 §9.1"],
        Advice =
        [
            new Phrase(
                "Have the server send GOAWAY before it closes, also when it is stopped: handle SIGTERM by a graceful shutdown, and give it time before SIGKILL (Kubernetes terminationGracePeriodSeconds, systemd TimeoutStopSec).",
                "서버가 종료될 때를 포함하여 닫기 전에 GOAWAY를 보내게 하십시오. SIGTERM을 정상 종료로 처리하고 SIGKILL까지 시간을 주십시오(Kubernetes terminationGracePeriodSeconds, systemd TimeoutStopSec)."),
        ],
    };

    private static readonly Phrase One = new(
        "The server closed ({close}) a connection of HTTP/2 without GOAWAY, after {streams|stream|streams}, with {left|stream|streams} left: the client cannot tell what was processed.",
        "서버가 GOAWAY 없이 HTTP/2 연결을 닫았습니다({close}). 스트림은 {streams}개였고 {left}개가 남아 있었습니다. 클라이언트는 무엇이 처리되었는지 알 수 없습니다.");

    private static readonly Phrase Several = new(
        "{pool}: the server closed {count} of {connections} connections of HTTP/2 without GOAWAY (first {close}), with {left|stream|streams} left in all: the client cannot tell what was processed.",
        "{pool}: 서버가 연결 {connections}개 중 {count}개를 GOAWAY 없이 닫았습니다(첫 번째 {close}). 모두 합해 스트림 {left}개가 남아 있었습니다. 클라이언트는 무엇이 처리되었는지 알 수 없습니다.");

    private static readonly Phrase ClientStayed = new("the client had not announced an end", "클라이언트가 종료를 예고하지 않음");

    private readonly ByPool<Closes> _closes = new();

    public override ConnectionTraits Connections => ConnectionTraits.Streams;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        var http2 = record.Http.Http2!;
        var server = connection.Actual(http2.Requester.Other());
        ref readonly var tcp = ref connection.Tcp;
        if (connection is { HasGaps: false, HasBothDirections: true }
            && record.IsClosedBy(server)
            && http2 is { Streams: > 0, Http1Answer: null }
            && (http2.Anomalies & (HttpAnomalies.Resynchronised | HttpAnomalies.Cruft)) == 0
            && !IsAnnounced(http2, tcp.Close.Packet.Number)
            && !(tcp.Close.How == CloseManner.Reset && ForeignResets.MayBe(tcp, server)))
        {
            var closes = _closes.Of(connection.Pool);
            closes.Tally.Add(connection.Number, http2.Unfinished, tcp.Close.Packet);
            closes.Streams += http2.Streams;
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, closes) in _closes.InOrder)
        {
            findings.Add(Finding(pool, closes, capture.ConnectionsOf(pool, otherwise: closes.Tally.Count)));
        }
    }

    private static bool IsAnnounced(Http2Record record, long close) => record.GoAways.Any(frame => frame.At.Number <= close);

    private Finding Finding(PoolHabits pool, Closes closes, long connections) => new()
    {
        Rule = Card,
        Severity = closes.Tally.Sum > 0 ? Severity.Error : Severity.Warning,
        Confidence = Confidence.Certain,
        Subject = closes.Tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = closes.Tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Count("count", closes.Tally.Count),
            Measure.Count("connections", connections),
            Measure.Count("streams", closes.Streams),
            Measure.Count("left", closes.Tally.Sum),
            Measure.Frame("close", closes.Tally.First),
        ],
        Says = closes.Tally.Count == 1 ? One : Several,
        Guards = [new Guard(ClientStayed, Passed: true)],
    };

    private sealed class Closes
    {
        public Tally Tally { get; } = new();

        public long Streams { get; set; }
    }
}
