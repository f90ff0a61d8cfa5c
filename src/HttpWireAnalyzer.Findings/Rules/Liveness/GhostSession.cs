using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>
/// HWA-G001: an established connection whose other end is not heard any more, although its peer calls: keep-alive
/// probes, or the same data again and again.
/// </summary>
/// <remarks>
/// Not flagged: a connection that never opened (HWA-T002); an end that had closed or reset before; retransmissions that
/// are answered in the end, however late; fewer than three calls, or less than ten seconds of them, unless the caller's
/// kernel itself gave up, or ICMP errors say that they do not arrive.
/// </remarks>
internal sealed class GhostSession(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Calls = new(
        "calls", MeasureUnit.Count, 3, "one or two may be lost on a live path");

    private static readonly RuleParameter Span = new(
        "span", MeasureUnit.Nanoseconds, 10 * Timestamp.NanosecondsPerSecond, "longer than a route takes to change, or a host to be busy");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-G001",
        Severity = Severity.Warning,
        Title = new Phrase("ghost session: the other end is gone", "유령 세션: 상대편이 사라짐"),
        References = ["RFC 9293 §3.8.4", "RFC 1122 §4.2.3.5", "jchambers/pushy#264", "oven-sh/bun#30627"],
        Advice =
        [
            new Phrase(
                "Let the {caller} notice sooner: TCP_USER_TIMEOUT of 30 s for data that is not acknowledged (Linux waits 924.6 s with tcp_retries2 = 15), SO_KEEPALIVE with TCP_KEEPIDLE 60, TCP_KEEPINTVL 10 and TCP_KEEPCNT 3 for idle connections (usual: 7200 + 9 × 75 = 7875 s), and a timeout on each request.",
                "{caller} 쪽이 더 빨리 알아차리게 하십시오. 확인 응답되지 않는 데이터에는 TCP_USER_TIMEOUT 30초(Linux 기본값 tcp_retries2 = 15이면 924.6초를 기다림), 유휴 연결에는 SO_KEEPALIVE와 TCP_KEEPIDLE 60, TCP_KEEPINTVL 10, TCP_KEEPCNT 3(기본값은 7200 + 9 × 75 = 7875초), 그리고 요청마다 타임아웃을 설정하십시오."),
        ],
        Parameters = [Calls, Span],
        RestsOnSilence = true,
    };

    private static readonly Phrase Probed = new(
        "The {silent} was last heard at {heard}; {probes} keep-alive probes of the {caller} went unanswered for {silence}. The session is a ghost: open on the {caller}, dead on the way or at the other end.",
        "{silent}의 마지막 패킷은 {heard}이며, 이후 {silence} 동안 {caller}의 keep-alive 프로브 {probes}개에 응답이 없었습니다. {caller}에만 열려 있고 경로나 상대편에서는 죽은 유령 세션입니다.");

    private static readonly Phrase ProbedUp = new(
        "The {silent} was last heard at {heard}; {probes} keep-alive probes of the {caller} went unanswered for {silence}, and its kernel gave the connection up ({rst}).",
        "{silent}의 마지막 패킷은 {heard}이며, 이후 {silence} 동안 {caller}의 keep-alive 프로브 {probes}개에 응답이 없어 {caller}의 커널이 연결을 포기했습니다({rst}).");

    private static readonly Phrase ProbedUpLate = new(
        "{probes} keep-alive probes of the {caller} went unanswered for {silence}, and its kernel gave the connection up ({rst}); what came of the {silent} behind that ({heard}) came too late.",
        "{silence} 동안 {caller}의 keep-alive 프로브 {probes}개에 응답이 없어 {caller}의 커널이 연결을 포기했습니다({rst}). 그 뒤에 온 {silent}의 패킷({heard})은 너무 늦었습니다.");

    private static readonly Phrase Repeated = new(
        "The {silent} was last heard at {heard}; the {caller} sent its data {repeats} times again in {silence}, and nothing came back. The session is a ghost: the {caller}'s kernel may go on like this for 15 minutes.",
        "{silent}의 마지막 패킷은 {heard}이며, 이후 {caller}가 {silence} 동안 데이터를 {repeats}번 재전송했지만 아무 응답이 없었습니다. 유령 세션이며 {caller}의 커널은 15분 동안 재전송을 계속할 수 있습니다.");

    private static readonly Phrase RepeatedUp = new(
        "The {silent} was last heard at {heard}; the {caller} sent its data {repeats} times again in {silence}, nothing came back, and it gave the connection up ({rst}).",
        "{silent}의 마지막 패킷은 {heard}이며, 이후 {caller}가 {silence} 동안 데이터를 {repeats}번 재전송했지만 아무 응답이 없어 연결을 포기했습니다({rst}).");

    private static readonly Phrase Undelivered = new(
        "ICMP errors answered: {errors}, the first type {icmp_type}, code {icmp_code} ({icmp}): a router on the way cannot deliver, or may not.",
        "ICMP 오류 {errors}개가 돌아왔습니다. 첫 번째는 type {icmp_type}, code {icmp_code}({icmp})입니다. 경로의 라우터가 전달할 수 없거나 전달이 금지되어 있습니다.");

    private static readonly Phrase Route = new(
        "Look at the routes and the rules of the router that sent {icmp}, which names itself as its source: a route that was withdrawn, a firewall rule that rejects.",
        "{icmp}을(를) 보낸 라우터(출발지 주소에 나타남)의 경로와 규칙을 확인하십시오. 사라진 경로나 거부하는 방화벽 규칙이 원인입니다.");

    private static readonly Phrase Heard = new("the other end had been heard before", "상대편의 패킷이 그전에는 보였음");

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        Judge(connection, Side.Client, findings);
        Judge(connection, Side.Server, findings);
    }

    private void Judge(ConnectionCase connection, Side caller, FindingList findings)
    {
        var calls = connection.UnansweredCalls(caller);
        ref readonly var silent = ref connection.Tcp.EndOf(caller.Other());
        ref readonly var me = ref connection.Tcp.EndOf(caller);
        if (calls.Count < Of(Calls) || connection.Record.NeverOpened || !silent.Fin.IsNone || !silent.Rst.IsNone
            || silent.State is TcpState.SynSent or TcpState.SynReceived || silent.Last.IsNone
            || me.State is TcpState.SynSent or TcpState.SynReceived
            || IsBefore(me.Fin, calls[0].Packet))
        {
            return;
        }

        var probes = calls.Count(call => call.Kind == TcpRemarkKind.KeepAliveProbe);
        var repeats = calls.Count - probes;
        var gaveUp = !me.Rst.IsNone && me.Rst.Number > calls[^1].Packet.Number;
        var last = gaveUp ? me.Rst : calls[^1].Packet;
        var isProbed = probes >= Of(Calls);
        var isLate = silent.Last.Number > last.Number;

        // Each call tells for how long there was silence before it: a probe since the other end was heard, data since it was sent.
        var silence = isProbed && !isLate ? last.Time.Since(silent.Last.Time)
            : (isProbed ? last : calls[^1].Packet).Time.Since(calls[0].Packet.Time.Plus(-calls[0].Value));
        var errors = ErrorsOn(connection, caller);
        if ((!isProbed && repeats < Of(Calls)) || (!gaveUp && errors.Count == 0 && last.Time.Since(calls[0].Packet.Time) < Of(Span)))
        {
            return;
        }

        var says = !isProbed ? gaveUp ? RepeatedUp : Repeated : isLate ? ProbedUpLate : gaveUp ? ProbedUp : Probed;
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = IsOwed(connection) ? Severity.Error : Severity.Warning,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of([silent.Last, .. calls.Take(4).Select(call => call.Packet), .. errors.Take(1).Select(error => error.Packet), last]),
            Measured =
            [
                Measure.End("caller", caller),
                Measure.End("silent", caller.Other()),
                Measure.Frame("heard", silent.Last),
                Measure.Duration("silence", silence),
                Measure.Count("probes", probes),
                Measure.Count("repeats", repeats),
                .. gaveUp ? new[] { Measure.Frame("rst", me.Rst) } : [],
                .. errors.Count > 0 ? MeasuresOf(errors) : [],
            ],
            Says = errors.Count > 0 ? says.Then(Undelivered) : says,
            Advice = errors.Count > 0 ? [Route, .. Card.Advice] : Card.Advice,
            Threshold = ThresholdOf(isProbed ? "probes" : "repeats", Calls),
            Guards = [new Guard(Heard, Passed: true)],
        });
    }

    /// <summary>Most of what an end sent again is answered by ICMP errors, and this rule tells of it.</summary>
    internal static bool ExplainsRepeats(ConnectionCase connection) =>
        ExplainsRepeats(connection, Side.Client) || ExplainsRepeats(connection, Side.Server);

    private static bool ExplainsRepeats(ConnectionCase connection, Side caller)
    {
        var errors = ErrorsOn(connection, caller).Count;
        return errors > 0 && 2 * errors >= connection.Tcp.EndOf(caller).Diagnosis.Of(SegmentMarks.Retransmission)
            && connection.UnansweredCalls(caller).Count >= Calls.Usual;
    }

    /// <summary>ICMP errors about what the caller sent when the other end was not heard any more.</summary>
    private static List<TcpRemark> ErrorsOn(ConnectionCase connection, Side caller)
    {
        var heard = connection.Tcp.EndOf(caller.Other()).Last.Number;
        return
        [
            .. (connection.Trail?.TcpRemarks ?? []).Where(remark => remark.Kind == TcpRemarkKind.IcmpError
                && remark.Packet.Number > heard && connection.Actual(remark.Sender) == caller
                && !IcmpReason.Unpack(remark.Value).IsPacketTooBig),
        ];
    }

    private static Measure[] MeasuresOf(List<TcpRemark> errors)
    {
        var reason = IcmpReason.Unpack(errors[0].Value);
        return
        [
            Measure.Count("errors", errors.Count),
            Measure.Frame("icmp", errors[0].Packet),
            Measure.Count("icmp_type", reason.Type),
            Measure.Count("icmp_code", reason.Code),
        ];
    }

    private static bool IsBefore(PacketRef packet, PacketRef other) => !packet.IsNone && packet.Number < other.Number;

    private static bool IsOwed(ConnectionCase connection) => connection.Trail!.Exchanges.Any(exchange => exchange.End.IsUnfinished());
}
