namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K020: after how long this server closes idle connections, as an interval.</summary>
/// <remarks>
/// Not counted: closes that a message announced, those right after an answer, and several at once whose idle times do
/// not agree (a restart).
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
                "Clients and load balancers in front of this server should drop idle connections at least 1 s sooner than {shortest_close}.",
                "이 서버 앞의 클라이언트와 로드 밸런서는 유휴 연결을 {shortest_close}보다 최소 1초 먼저 버려야 합니다."),
        ],
    };

    private static readonly Phrase Between = new(
        "{server} closes idle connections: {samples} closed after {shortest_close} to {longest_close}, and {survived} was survived.",
        "{server}은(는) 유휴 연결을 닫습니다. {samples}개가 {shortest_close}~{longest_close} 뒤에 닫혔고 {survived}은(는) 견뎠습니다.");

    private static readonly Phrase Below = new(
        "{server} closes idle connections: {samples} closed after {shortest_close} to {longest_close}.",
        "{server}은(는) 유휴 연결을 닫습니다. {samples}개가 {shortest_close}~{longest_close} 뒤에 닫혔습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var told = new HashSet<ServerHabits>();
        foreach (var pool in capture.Habits)
        {
            if (told.Add(pool.Server) && pool.Server.Idle.Estimate() is { } estimate)
            {
                findings.Add(IdleTimeoutFinding.Of(
                    Card, estimate, pool.Name with { Client = default }, "server", pool.Name.Server.ToString(), Between, Below));
            }
        }
    }
}

/// <summary>HWA-K021: after how long a client drops idle connections to one server.</summary>
internal sealed class ClientIdleTimeout(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K021",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("client's idle timeout, inferred", "추론된 클라이언트 유휴 시간"),
        References = ["RFC 9112 §9.5"],
    };

    private static readonly Phrase Between = new(
        "{client} drops idle connections: {samples} closed after {shortest_close} to {longest_close}, and {survived} was survived.",
        "{client}은(는) 유휴 연결을 버립니다. {samples}개가 {shortest_close}~{longest_close} 뒤에 닫혔고 {survived}은(는) 견뎠습니다.");

    private static readonly Phrase Below = new(
        "{client} drops idle connections: {samples} closed after {shortest_close} to {longest_close}.",
        "{client}은(는) 유휴 연결을 버립니다. {samples}개가 {shortest_close}~{longest_close} 뒤에 닫혔습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (pool.ClientIdle.Estimate() is { } estimate)
            {
                findings.Add(IdleTimeoutFinding.Of(Card, estimate, pool.Name, "client", pool.Name.Client.ToString(), Between, Below));
            }
        }
    }
}
