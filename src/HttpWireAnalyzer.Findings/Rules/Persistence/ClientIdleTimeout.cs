using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K021: after how long a client closes idle connections to one server.</summary>
/// <remarks>
/// Not told: closes after less than a second, as when a program ends; one alone, or several within a second, are possible at most. Not
/// counted: what is not counted for a server.
/// </remarks>
internal sealed class ClientIdleTimeout(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Least = new(
        "least", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "the shortest idle limit that clients have is 1 s; a program that ends closes at any time");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K021",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("client's idle timeout, inferred", "추론된 클라이언트 유휴 시간"),
        References = ["RFC 9112 §9.5"],
        Parameters = [Least],
    };

    private static readonly Phrase One = new(
        "{client} closed a connection that had been idle for {shortest_close} ({close}).",
        "{client}이(가) {shortest_close} 동안 유휴 상태이던 연결 1개를 닫았습니다({close}).");

    private static readonly Phrase Alike = new(
        "{client} closed {samples} connections that had been idle for {median} each.",
        "{client}이(가) {median} 동안 유휴 상태이던 연결 {samples}개를 닫았습니다.");

    private static readonly Phrase Several = new(
        "{client} closed {samples} connections that had been idle for {shortest_close} to {longest_close}.",
        "{client}이(가) {shortest_close}~{longest_close} 동안 유휴 상태이던 연결 {samples}개를 닫았습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (pool.ClientIdle.Estimate() is { } estimate && estimate.Median >= Of(Least))
            {
                var finding = IdleTimeoutFinding.Of(
                    Card, estimate, pool.Name, Measure.Words("client", pool.Name.Client.ToString()),
                    TimerPreset.Of(estimate.Median, Side.Client, software: null, AnnouncedTimeout.None), One, Alike, Several);
                findings.Add(IsEnd(pool.ClientIdle) ? finding with { Confidence = Confidence.Possible } : finding);
            }
        }
    }

    /// <summary>All closes came in one second: the client itself may have ended then.</summary>
    private static bool IsEnd(IdleTimeouts idle)
    {
        var times = idle.Closes.Select(close => close.Span.To.Time).ToList();
        return times.Max().Since(times.Min()) < Timestamp.NanosecondsPerSecond;
    }
}
