using System.Globalization;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pipelining;

/// <summary>HWA-L005: a connection ended with several requests unanswered, and which of them may be sent again.</summary>
/// <remarks>
/// Not flagged: a single request without an answer, which other rules tell (HWA-K001, HWA-K002, HWA-T005). Where the
/// client closed first it did not wait, as a load generator at its end: a note, if nothing but idempotent requests is lost.
/// </remarks>
internal sealed class LostPipeline(RuleSettings settings) : Rule(Entry, settings)
{
    /// <summary>More are counted, and not named.</summary>
    private const int Named = 8;

    private static readonly RuleParameter Least = new("requests", MeasureUnit.Count, 2, "one is no pipeline");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-L005",
        Severity = Severity.Error,
        Title = new Phrase("pipeline lost", "파이프라인 유실"),
        References = ["RFC 9112 §9.3.2", "RFC 9110 §9.2.2"],
        Advice =
        [
            new Phrase(
                "Send again, one at a time on a new connection, what is safe to repeat; leave the rest to a person: nobody can know whether the server did {unsafe}.",
                "반복해도 안전한 것만 새 연결에서 하나씩 다시 보내고 나머지는 사람이 판단하게 하십시오. 서버가 {unsafe}을(를) 처리했는지는 알 수 없습니다."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase AllAgain = new(
        "All of them are safe to repeat: send them again, one at a time on a new connection.",
        "모두 반복해도 안전합니다. 새 연결에서 하나씩 다시 보내십시오.");

    private static readonly Phrase Says = new(
        "The connection ended ({close}) with {count|request|requests} unanswered: {requests}.",
        "요청 {count}건이 응답을 받지 못한 채 연결이 끝났습니다({close}): {requests}.");

    private static readonly Phrase GivenUp = new(
        "The client closed first: it gave them up.", "클라이언트가 먼저 닫았으므로 스스로 포기한 것입니다.");

    public override ConnectionTraits Connections => ConnectionTraits.Outstanding;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var lost = new List<Lost>();
        foreach (ref readonly var exchange in connection.Ended(ExchangeEnd.Unanswered))
        {
            if (exchange.Request is { } request)
            {
                lost.Add(new Lost(request, exchange.RequestTrace.Start, exchange.Requester, exchange.Ordinal));
            }
        }

        if (lost.Count < Of(Least) || connection.Tcp.Close.Packet.IsNone)
        {
            return;
        }

        var isBad = lost.Any(exchange => !exchange.Request.IsIdempotent);
        var isGivenUp = connection.Record.IsClosedBy(connection.Actual(lost[0].Requester));
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isBad ? Severity.Error : isGivenUp ? Severity.Note : Severity.Warning,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(lost[0].Ordinal),
            Frames = Evidence.Of([.. lost.Take(Named).Select(exchange => exchange.Start), connection.Tcp.Close.Packet]),
            Measured =
            [
                Measure.Count("count", lost.Count),
                Measure.Words("requests", Names(lost)),
                Measure.Words("safe", Names([.. lost.Where(exchange => exchange.Request.IsIdempotent)])),
                Measure.Words("unsafe", Names([.. lost.Where(exchange => !exchange.Request.IsIdempotent)])),
                Measure.Frame("close", connection.Tcp.Close.Packet),
            ],
            Says = isGivenUp ? Says.Then(GivenUp) : Says,
            Advice = isBad ? Card.Advice : isGivenUp ? [] : [AllAgain],
            Threshold = ThresholdOf("count", Least),
        });
    }

    private static string Names(List<Lost> exchanges)
    {
        if (exchanges.Count == 0)
        {
            return "–";
        }

        var named = exchanges.Take(Named).Select(exchange => string.Create(
            CultureInfo.InvariantCulture, $"{exchange.Request.Method} {exchange.Request.Target} (#{exchange.Start.Number})"));
        var more = exchanges.Count - Named;
        return string.Join(", ", more > 0 ? named.Append(string.Create(CultureInfo.InvariantCulture, $"+{more}")) : named);
    }

    private readonly record struct Lost(RequestHead Request, PacketRef Start, Side Requester, int Ordinal);
}
