using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K004: a server closed an idle connection sooner than its Keep-Alive: timeout had promised.</summary>
/// <remarks>
/// Not flagged: later closes (the hint is a lower bound: nginx and Node close after it); closes after the client's FIN,
/// with Connection: close, when max was used up, right after an answer (HWA-K007); and restarts.
/// </remarks>
internal sealed class EarlyClose(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Tolerance = new(
        "tolerance", MeasureUnit.Nanoseconds, AnnouncedTimeout.EarlyTolerance, "a timer's grain of a second, rounded");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K004",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("server closed earlier than it announced", "서버가 예고한 시간보다 먼저 닫음"),
        References = ["RFC 9112 §9.5", "draft-thomson-hybi-http-timeout-03 §2"],
        Advice =
        [
            new Phrase(
                "Announce less than the server keeps: Keep-Alive: timeout below {idle}, or none; or keep idle connections for the {announced} that are announced. A proxy that passes its backend's Keep-Alive field on announces what it does not keep.",
                "서버가 실제로 유지하는 시간보다 짧게 예고하거나(Keep-Alive: timeout을 {idle} 미만으로) 예고하지 마십시오. 또는 예고한 {announced} 동안 유휴 연결을 유지하십시오. 백엔드의 Keep-Alive 필드를 그대로 전달하는 프록시는 지키지 못할 시간을 예고하게 됩니다."),
        ],
        Parameters = [Tolerance],
    };

    private static readonly Phrase One = new(
        "The server had announced that it keeps idle connections for {announced}, and closed this one after {idle} ({close}).",
        "서버는 유휴 연결을 {announced} 동안 유지한다고 예고했지만 이 연결을 {idle} 만에 닫았습니다({close}).");

    private static readonly Phrase Several = new(
        "{pool}: the server had announced that it keeps idle connections for {announced}, and closed {count} of them sooner, the first after {idle} ({close}).",
        "{pool}: 서버는 유휴 연결을 {announced} 동안 유지한다고 예고했지만 {count}개를 더 일찍 닫았습니다. 첫 번째는 {idle} 만에 닫혔습니다({close}).");

    private static readonly Phrase NoDrain = new(
        "the server did not close several connections at once, as in a restart", "재시작처럼 서버가 여러 연결을 한꺼번에 닫지 않음");

    private readonly List<Early> _early = [];

    public override ConnectionTraits Connections => ConnectionTraits.IdleClose;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        var announced = AnnouncedTimeout.Of(record).Length;
        if (connection is { HasGaps: false, HasBothDirections: true }
            && record.Close.Reason is CloseReason.EarlierThanAnnounced or CloseReason.AnnouncedIdleTimeout
            && record.IsClosedBy(Side.Server)
            && record.AtClose.Idle < announced - Of(Tolerance)
            && findings.TryKeep(_early.Count))
        {
            _early.Add(new Early(connection.Pool, connection.Number, record.AtClose.Idle, announced, record.AtClose.IdleFrom, connection.Tcp.Close.Packet));
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var tallies = new ByPool<Tally>();
        var first = new Dictionary<PoolHabits, Early>();
        foreach (var early in _early)
        {
            if (!early.Pool.Server.Idle.IsDrain(early.Close.Time))
            {
                tallies.Of(early.Pool).Add(early.Connection, early.Idle, early.Answer, early.Close);
                first.TryAdd(early.Pool, early);
            }
        }

        foreach (var (pool, tally) in tallies.InOrder)
        {
            findings.Add(Finding(first[pool], tally));
        }
    }

    private Finding Finding(Early first, Tally tally) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = tally.SubjectOf(first.Pool) with { Pool = first.Pool.Name },
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", first.Pool.Name.ToString()),
            Measure.Count("count", tally.Count),
            Measure.Duration("announced", first.Announced),
            Measure.Duration("idle", first.Idle),
            Measure.Frame("close", first.Close),
        ],
        Says = tally.Count == 1 ? One : Several,
        Threshold = ThresholdOf("idle", Tolerance),
        Guards = [new Guard(NoDrain, Passed: true)],
    };

    private sealed record Early(PoolHabits Pool, int Connection, long Idle, long Announced, PacketRef Answer, PacketRef Close);
}
