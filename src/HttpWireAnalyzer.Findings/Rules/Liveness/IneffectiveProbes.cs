using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>
/// HWA-G003: TCP keep-alive that does not keep alive: the first probe after an idle time found the path dead, or probes
/// were answered and the server's HTTP timer closed the connection all the same.
/// </summary>
/// <remarks>
/// Not flagged: probes that a host stopped answering within ten seconds of its last word (HWA-G001), one unanswered probe,
/// probes of a closed window, and a client that itself closes.
/// </remarks>
internal sealed class IneffectiveProbes(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter LeastIdle = new(
        "least_idle", MeasureUnit.Nanoseconds, 10 * Timestamp.NanosecondsPerSecond, "no device forgets an open connection sooner");

    private static readonly RuleParameter Calls = new("calls", MeasureUnit.Count, 2, "one loss of a packet is chance");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-G003",
        Severity = Severity.Warning,
        Title = new Phrase("keep-alive probes too rare, or of no use", "너무 드물거나 효과 없는 keep-alive 프로브"),
        References = ["RFC 9293 §3.8.4", "RFC 1122 §4.2.3.6", "RFC 5382 §5"],
        Advice =
        [
            new Phrase(
                "Probe sooner than the path forgets: TCP_KEEPIDLE (net.ipv4.tcp_keepalive_time) of {probe_every} or less here, below 350 s behind an AWS NLB, below 240 s in Azure.",
                "경로가 잊기 전에 프로브를 보내십시오. 여기서는 TCP_KEEPIDLE(net.ipv4.tcp_keepalive_time)을 {probe_every} 이하로, AWS NLB 뒤에서는 350초 미만, Azure에서는 240초 미만으로 설정하십시오."),
        ],
        Parameters = [LeastIdle, Calls],
        RestsOnSilence = true,
    };

    private static readonly Phrase TooRare = new(
        "The {prober} first probed after {idle} of silence ({probe}), and nothing answered any more: the path had forgotten the connection by then.",
        "{prober}가 {idle}의 침묵 뒤에 처음 프로브를 보냈지만({probe}) 더 이상 응답이 없었습니다. 그때는 이미 경로가 연결을 잊은 뒤였습니다.");

    private static readonly Phrase OfNoUse = new(
        "Connections of which the server answered the client's probes, and that it closed for idleness all the same: {count}, the first with {fin}, {idle} after the last exchange and with {probe} answered before. TCP keep-alive sends no octets, so no HTTP idle timer starts again.",
        "서버가 클라이언트의 프로브에 응답하면서도 유휴를 이유로 닫은 연결 {count}개, 첫 번째는 마지막 교환 뒤 {idle} 만에 {fin}(으)로 닫혔고 그 전에 {probe}에 응답했습니다. TCP keep-alive는 데이터를 보내지 않으므로 HTTP 유휴 타이머를 되돌리지 못합니다.");

    private static readonly Phrase HttpTimer = new(
        "Probes do not help against an HTTP idle timeout: make the server's longer than {idle}, or let the client drop connections sooner.",
        "프로브는 HTTP 유휴 타임아웃에 도움이 되지 않습니다. 서버 쪽을 {idle}보다 길게 하거나 클라이언트가 더 일찍 연결을 버리게 하십시오.");

    private static readonly Phrase PathAlive = new(
        "requests on other connections of the path were answered later", "같은 경로의 다른 연결에서는 이후에도 응답이 옴");

    private readonly ByPool<List<Finding>> _late = new();
    private readonly ByPool<Useless> _useless = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.KeepAliveProbe) || connection.Record.Has(TcpRemarkKind.ZeroWindow))
        {
            return;
        }

        JudgeLate(connection, Side.Client, findings);
        JudgeLate(connection, Side.Server, findings);
        JudgeUse(connection);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, useless) in _useless.InOrder)
        {
            Report(pool, useless, findings);
        }

        foreach (var (pool, late) in _late.InOrder)
        {
            foreach (var finding in late)
            {
                var isAlive = pool.LastAnswered.Number > finding.To.Number;
                findings.Add(finding with
                {
                    Confidence = isAlive ? Confidence.Likely : Confidence.Possible,
                    Guards = [new Guard(PathAlive, isAlive)],
                });
            }
        }
    }

    private void JudgeLate(ConnectionCase connection, Side prober, FindingList findings)
    {
        ref readonly var silent = ref connection.Tcp.EndOf(prober.Other());
        var calls = connection.UnansweredCalls(prober);
        var late = _late.Of(connection.Pool);
        if (calls.Count < Of(Calls) || calls[0].Kind != TcpRemarkKind.KeepAliveProbe || !silent.Fin.IsNone || !silent.Rst.IsNone)
        {
            return;
        }

        var idle = calls[0].Packet.Time.Since(silent.Last.Time);
        if (idle >= Of(LeastIdle) && findings.TryKeep(late.Count, findings.Limits.IdleSamples))
        {
            late.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Possible,
                Subject = connection.Subject(),
                Frames = Evidence.Of([silent.Last, .. calls.Take(3).Select(call => call.Packet)]),
                Measured =
                [
                    Measure.End("prober", prober),
                    Measure.Duration("idle", idle),
                    Measure.Duration("probe_every", Halved(idle)),
                    Measure.Frame("probe", calls[0].Packet),
                ],
                Says = TooRare,
                Threshold = ThresholdOf("idle", LeastIdle),
            });
        }
    }

    private void JudgeUse(ConnectionCase connection)
    {
        var close = connection.Tcp.Close;
        var isTimer = connection.Record.Close.Reason is CloseReason.IdleClose or CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced;
        var probe = connection.Trail!.TcpRemarks.LastOrDefault(remark => remark.Kind == TcpRemarkKind.KeepAliveProbe
            && connection.Actual(remark.Sender) == Side.Client);
        if (!isTimer || close.First != Side.Server || probe.Packet.Number <= connection.LastWhole.Number
            || !connection.Record.Has(TcpRemarkKind.KeepAliveAnswer))
        {
            return;
        }

        var useless = _useless.Of(connection.Pool);
        (useless.Idle, useless.Probe) = useless.Tally.Count == 0
            ? (connection.Record.AtClose.Idle, probe.Packet)
            : (useless.Idle, useless.Probe);
        useless.Tally.Add(connection.Number, 0, close.Packet, connection.LastWhole, probe.Packet);
    }

    private void Report(PoolHabits pool, Useless useless, FindingList findings) => findings.Add(new Finding
    {
        Rule = Card,
        Severity = Severity.Info,
        Confidence = Confidence.Certain,
        Subject = useless.Tally.SubjectOf(pool),
        Frames = useless.Tally.Evidence(),
        Measured =
        [
            Measure.Count("count", useless.Tally.Count),
            Measure.Duration("idle", useless.Idle),
            Measure.Frame("probe", useless.Probe),
            Measure.Frame("fin", useless.Tally.First),
        ],
        Says = OfNoUse,
        Advice = [HttpTimer],
    });

    private static long Halved(long idle) => idle / 2 / Timestamp.NanosecondsPerSecond * Timestamp.NanosecondsPerSecond;

    private sealed class Useless
    {
        public Tally Tally { get; } = new();

        /// <summary>Of the first, nanoseconds.</summary>
        public long Idle { get; set; }

        /// <summary>Of the first, the last probe.</summary>
        public PacketRef Probe { get; set; }
    }
}
