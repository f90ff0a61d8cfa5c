using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K020: after how long this server closes idle connections, as an interval.</summary>
/// <remarks>
/// Not counted: closes that a message announced, those right after an answer, and several at once that no timer of each
/// connection explains (a restart, a reload), or with an exchange that was cut off (the program's end).
/// </remarks>
internal sealed class ServerIdleTimeout(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K020",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("server's idle timeout, inferred", "추론된 서버 유휴 시간"),
        References = ["RFC 9112 §9.5"],
        Advice =
        [
            new Phrase(
                "Clients and load balancers in front of this server should close idle connections after {client_limit} at most.",
                "이 서버 앞의 클라이언트와 로드 밸런서는 유휴 연결을 늦어도 {client_limit} 안에 닫아야 합니다."),
        ],
    };

    private static readonly Phrase One = new(
        "{server} closed a connection that had been idle for {shortest_close} ({close}).",
        "{server}이(가) {shortest_close} 동안 유휴 상태이던 연결 1개를 닫았습니다({close}).");

    private static readonly Phrase Alike = new(
        "{server} closed {samples} connections that had been idle for {median} each.",
        "{server}이(가) {median} 동안 유휴 상태이던 연결 {samples}개를 닫았습니다.");

    private static readonly Phrase Several = new(
        "{server} closed {samples} connections that had been idle for {shortest_close} to {longest_close}.",
        "{server}이(가) {shortest_close}~{longest_close} 동안 유휴 상태이던 연결 {samples}개를 닫았습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var told = new HashSet<ServerHabits>();
        foreach (var pool in capture.Habits)
        {
            if (told.Add(pool.Server) && pool.Server.Idle.Estimate() is { } estimate)
            {
                findings.Add(IdleTimeoutFinding.Of(
                    Card, estimate, pool.Name.OfAnyClient, Measure.Words("server", pool.Name.Server.ToString()),
                    TimerPreset.Of(estimate.Median, Side.Server, pool.Server.Software, pool.Server.Announced), One, Alike, Several));
            }
        }
    }
}
