using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K005: Keep-Alive: max is not what the server does.</summary>
/// <remarks>
/// Not flagged: values that fall by one (what remains), or stay (the limit), as RFC 2068 left both open; idle closes, which
/// max says nothing of; connections with holes, where a value may be missing.
/// </remarks>
internal sealed class MaxContract(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K005",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("Keep-Alive: max is not kept", "Keep-Alive: max가 실제와 다름"),
        References = ["RFC 2068 §19.7.1.1", "RFC 9112 §9.6", "RFC 9110 §7.6.1"],
        Advice =
        [
            new Phrase(
                "Leave max out, or have one server count: values of several servers that a proxy passes on make no sequence; a proxy must take Keep-Alive out of what it passes on.",
                "max를 보내지 않거나 한 서버만 세게 하십시오. 프록시가 여러 서버의 값을 전달하면 순서가 맞지 않습니다. 프록시는 Keep-Alive 필드를 제거하고 전달해야 합니다."),
        ],
    };

    private static readonly Phrase Jumps = new(
        "{pool}: Keep-Alive: max neither falls by one nor stays on {count|connection|connections} (first closed at {frame}).",
        "{pool}: 연결 {count}개에서 Keep-Alive: max가 하나씩 줄지도, 일정하지도 않습니다(첫 연결의 끝 {frame}).");

    private static readonly Phrase Exceeded = new(
        "{pool}: on {count|connection|connections} the server took more requests than Keep-Alive: max had allowed, {most} at most (first closed at {frame}).",
        "{pool}: 연결 {count}개에서 서버가 Keep-Alive: max보다 많은 요청을 받았습니다(최대 {most}건, 첫 연결의 끝 {frame}).");

    private static readonly Phrase CutShort = new(
        "{pool}: the server closed {count|connection|connections} right after an answer although Keep-Alive: max had promised {most} more at most ({frame}).",
        "{pool}: 서버가 Keep-Alive: max로 최대 {most}건을 더 약속하고도 응답 직후 연결 {count}개를 닫았습니다({frame}).");

    private readonly ByPool<Tally> _jumps = new();
    private readonly ByPool<Tally> _exceeded = new();
    private readonly ByPool<Tally> _cutShort = new();

    public override ConnectionTraits Connections => ConnectionTraits.KeepAliveMax;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var http = ref connection.Record.Http;
        if (connection is { HasGaps: true } or { HasBothDirections: false })
        {
            return;
        }

        if (http.KeepAliveMaxMeaning == KeepAliveMaxMeaning.Inconsistent)
        {
            Add(_jumps, connection, http.KeepAliveMax);
        }
        else if (http.KeepAliveMaxMeaning == KeepAliveMaxMeaning.Limit && http.Responses > http.KeepAliveMax)
        {
            Add(_exceeded, connection, http.Responses);
        }
        else if (http is { KeepAliveMaxMeaning: KeepAliveMaxMeaning.Remaining, KeepAliveMax: > 0 }
            && connection.Record.Close.Reason == CloseReason.ServerClosedUnannounced
            && connection.Tcp.Close.First == Side.Server)
        {
            Add(_cutShort, connection, http.KeepAliveMax);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        Tell(_cutShort, Severity.Warning, Confidence.Certain, CutShort, findings);
        Tell(_exceeded, Severity.Note, Confidence.Certain, Exceeded, findings);
        Tell(_jumps, Severity.Note, Confidence.Likely, Jumps, findings);
    }

    private static void Add(ByPool<Tally> tallies, ConnectionCase connection, long value)
    {
        var end = connection.Tcp.Close.Packet.IsNone ? connection.Tcp.Last : connection.Tcp.Close.Packet;
        tallies.Of(connection.Pool).Add(connection.Number, value, end, connection.LastWhole);
    }

    private void Tell(ByPool<Tally> tallies, Severity severity, Confidence confidence, Phrase says, FindingList findings)
    {
        foreach (var (pool, tally) in tallies.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = severity,
                Confidence = confidence,
                Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Words("pool", pool.Name.ToString()),
                    Measure.Count("count", tally.Count),
                    Measure.Count("most", tally.Most),
                    Measure.Frame("frame", tally.First),
                ],
                Says = says,
            });
        }
    }
}
