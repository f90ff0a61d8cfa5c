using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T005: a close with octets unread, so that the kernel sent RST and what was on its way may be destroyed.</summary>
/// <remarks>
/// Not flagged: an abort of a finished exchange with nothing unread (SO_LINGER 0), a RST after a FIN, which is what a late
/// segment meets, unless a client left an answer half-way so, or it acknowledges what came behind an early answer; and a client's
/// RST behind its whole answer, which it may well have read.
/// </remarks>
internal sealed class ResetOnUnread(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T005",
        Severity = Severity.Warning,
        Title = new Phrase("reset with data unread", "읽지 않은 데이터가 있는 채로 리셋"),
        References = ["RFC 9293 §3.6.1", "RFC 2525 §2.17", "RFC 9112 §9.6", "lalinsky/dusty#195", "dotnet/runtime#57186"],
        Advice =
        [
            new Phrase(
                "Close in stages: shut down writing, read and discard what still comes (64 KiB or 5 s at most), then close.",
                "단계적으로 닫으십시오. 쓰기를 먼저 닫고, 남은 입력을 읽어 버린 뒤(최대 64 KiB 또는 5초) 닫으십시오."),
        ],
    };

    private static readonly Phrase Outstanding = new(
        "The {resetter} closed with an exchange outstanding and, as it seems, some or all of the last {unread} unread: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter}가 교환이 끝나지 않은 상태에서 마지막 {unread}의 일부 또는 전부를 읽지 않고 닫은 것으로 보입니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    private static readonly Phrase Done = new(
        "The {resetter} closed with, as it seems, some or all of the last {unread} unread: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter}가 마지막 {unread}의 일부 또는 전부를 읽지 않고 닫은 것으로 보입니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    private static readonly Phrase OutstandingSome = new(
        "The {resetter} closed with an exchange outstanding and, as it seems, octets unread: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter}가 교환이 끝나지 않은 상태에서 데이터를 다 읽지 않고 닫은 것으로 보입니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    private static readonly Phrase DoneSome = new(
        "The {resetter} closed with, as it seems, octets unread: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter}가 데이터를 다 읽지 않고 닫은 것으로 보입니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    private static readonly Phrase Inferred = new(
        "The server answered, announced that it closes, and then sent RST ({rst}) in place of a FIN: a body of {body} was in its receive buffer, not read to the end. Its answer may be destroyed at the client.",
        "서버가 응답하며 종료를 알린 뒤 FIN 대신 RST({rst})를 보냈습니다. 수신 버퍼의 본문 {body}을(를) 끝까지 읽지 않은 것입니다. 응답이 클라이언트에서 사라질 수 있습니다.");

    private static readonly Phrase StoppedReading = new(
        "The server answered {method} {target} ({request}) before it had the whole request, closed its half ({fin}), and {after} later sent RST ({rst}), for octets of the request were still unread. Its answer may be destroyed at the client.",
        "서버가 {method} {target}({request})을 다 받기 전에 응답하고 자기 쪽을 닫은 뒤({fin}), {after} 뒤에 RST({rst})를 보냈습니다. 요청의 일부를 읽지 않은 채였습니다. 응답이 클라이언트에서 사라질 수 있습니다.");

    private static readonly Phrase ReadOn = new(
        "After closing that half, read on, and discard, until the client closes: what comes is not read by waiting alone, and the time was too short. Clients learn of a refusal before they send with Expect: 100-continue.",
        "그 방향을 닫은 뒤에는 클라이언트가 닫을 때까지 계속 읽어 버리십시오. 기다리기만 해서는 남은 입력이 읽히지 않으며, 시간도 너무 짧았습니다. 클라이언트는 Expect: 100-continue로 보내기 전에 거절을 알 수 있습니다.");

    private static readonly Phrase GaveUp = new(
        "Answers that the client gave up half-way: {count}, the first with {close} and some or all of its last {unread} unread.",
        "클라이언트가 도중에 포기한 응답 {count}개, 첫 번째는 마지막 {unread}의 일부 또는 전부를 읽지 않은 채 {close}에서 끝났습니다.");

    private static readonly Phrase GaveUpSome = new(
        "Answers that the client gave up half-way: {count}, the first with {close}, not read to its end.",
        "클라이언트가 도중에 포기한 응답 {count}개, 첫 번째는 끝까지 읽지 않은 채 {close}에서 끝났습니다.");

    private static readonly Phrase Cancelled = new(
        "If clients cancel on purpose, nothing is wrong; else look at their timeouts, and at how fast they read.",
        "클라이언트가 일부러 취소한 것이라면 문제가 아닙니다. 아니라면 클라이언트의 타임아웃과 읽는 속도를 확인하십시오.");

    /// <summary>Values are octets unread.</summary>
    private readonly ByPool<Tally> _abandoned = new();

    public override ConnectionTraits Connections => ConnectionTraits.Reset;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        var close = connection.Tcp.Close;
        if (IsLeftHalfWay(connection))
        {
            _abandoned.Of(connection.Pool).Add(connection.Number, close.HalfCloseOctets, close.Packet);
            return;
        }

        if (record.Close.Reason != CloseReason.ResetOnUnread)
        {
            if (Lingered(connection) is { } early)
            {
                findings.Add(OfLingered(connection, early));
            }

            return;
        }

        if (close.First == Side.Client && record.Http.Requests > 0)
        {
            _abandoned.Of(connection.Pool).Add(connection.Number, close.UnreadOctets, close.Packet);
            return;
        }

        var isOutstanding = record.AtClose.Outstanding && !IsAnsweredEarly(connection);
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isOutstanding ? Severity.Error : Severity.Warning,
            // An abort on purpose (SO_LINGER 0) sends the same segment.
            Confidence = Confidence.Likely,
            Subject = connection.Subject(),
            Frames = Evidence.Of(connection.LastWhole, connection.Tcp.EndOf(close.First.Other()).Last, close.Packet),
            Measured =
            [
                Measure.End("resetter", close.First),
                Measure.Octets("unread", close.UnreadOctets),
                Measure.Octets("body", record.AtClose.RequestBodyOctets),
                Measure.Frame("rst", close.Packet),
            ],
            Says = !close.ResetOnUnread ? Inferred
                : isOutstanding ? (close.UnreadOctets > 0 ? Outstanding : OutstandingSome)
                : close.UnreadOctets > 0 ? Done
                : DoneSome,
        });
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, abandoned) in _abandoned.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = Severity.Note,
                // An abort on purpose (SO_LINGER 0) looks alike.
                Confidence = Confidence.Likely,
                Subject = abandoned.SubjectOf(pool),
                Frames = abandoned.Evidence(),
                Measured =
                [
                    Measure.Count("count", abandoned.Count),
                    Measure.Octets("unread", abandoned.FirstValue),
                    Measure.Frame("close", abandoned.First),
                ],
                Says = abandoned.FirstValue > 0 ? GaveUp : GaveUpSome,
                Advice = [Cancelled],
            });
        }
    }

    /// <summary>
    /// The exchange that the server answered early, closed its half behind, and let go with octets unread; null without one. Such a
    /// close sends a RST that acknowledges them; what comes later meets one without ACK (RFC 9293 §3.10.7.1).
    /// </summary>
    internal static HttpExchange? Lingered(ConnectionCase connection)
    {
        ref readonly var server = ref connection.Tcp.ServerEnd;
        if (connection.Tcp.Close is not { First: Side.Server, How: CloseManner.FinThenReset } || server.Rst.IsNone || server.IsRstOfClosed
            || connection.Tcp.ClientEnd.AcknowledgedUpTo <= server.HeardAtFin || ForeignResets.MayBe(connection.Tcp, Side.Server))
        {
            return null;
        }

        foreach (var exchange in connection.Trail?.Exchanges ?? [])
        {
            var isEarly = exchange.End == ExchangeEnd.RequestTruncated || (exchange.Anomalies & HttpAnomalies.EarlyResponse) != 0;
            if (isEarly && exchange is { Request: not null, Stream: 0, TunnelDepth: 0, ResponseTrace.Complete: true }
                && exchange.RequestTrace.EndOffset > server.HeardAtFin)
            {
                return exchange;
            }
        }

        return null;
    }

    private Finding OfLingered(ConnectionCase connection, in HttpExchange exchange)
    {
        ref readonly var server = ref connection.Tcp.ServerEnd;
        return new Finding
        {
            Rule = Card,
            // It may have been a program's abort (SO_LINGER 0).
            Confidence = Confidence.Likely,
            Subject = connection.Subject(exchange.Ordinal),
            Frames = Evidence.Of(exchange.RequestTrace.Start, exchange.ResponseTrace.End, server.Fin, server.Rst),
            Measured =
            [
                Measure.Words("method", exchange.Request!.Method),
                Measure.Words("target", exchange.Request.Target),
                Measure.Frame("request", exchange.RequestTrace.Start),
                Measure.Frame("fin", server.Fin),
                Measure.Duration("after", server.Rst.Time.Since(server.Fin.Time)),
                Measure.Frame("rst", server.Rst),
            ],
            Says = StoppedReading,
            Advice = [ReadOn],
        };
    }

    /// <summary>The answer did not wait for the rest of the request, and is whole.</summary>
    private static bool IsAnsweredEarly(ConnectionCase connection)
    {
        foreach (ref readonly var cut in connection.Ended(ExchangeEnd.RequestTruncated))
        {
            if (cut.ResponseTrace.Complete && cut.ResponseTrace.End.Number < connection.Tcp.Close.Packet.Number)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A client that has read all it was sent closes with FIN, and refuses the rest of the answer with RST.</summary>
    private static bool IsLeftHalfWay(ConnectionCase connection)
    {
        ref readonly var close = ref connection.Tcp.Close;
        return connection.Record.Close.Reason == CloseReason.ClosedWhileOutstanding
            && close is { First: Side.Client, How: CloseManner.FinThenReset } && !connection.Tcp.ClientEnd.Rst.IsNone
            && connection.IsHalfWay;
    }
}
