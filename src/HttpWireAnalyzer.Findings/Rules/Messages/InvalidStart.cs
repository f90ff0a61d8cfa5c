using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>
/// HWA-H001: a start line that RFC 9112 does not know: two spaces, no version, a status outside 100 to 599; and octets of
/// a server behind a whole response, where the next one ought to begin.
/// </summary>
/// <remarks>
/// Not flagged: an empty line before a request, which RFC 9112 §2.2 lets servers ignore; octets that are no HTTP at all;
/// octets behind a connection that has left HTTP, or that come after a FIN.
/// </remarks>
internal sealed class InvalidStart(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H001",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("start line that follows no grammar", "문법에 맞지 않는 시작 줄"),
        References = ["RFC 9112 §3", "RFC 9112 §4", "RFC 9112 §6.3", "RFC 9110 §15"],
        Advice =
        [
            new Phrase(
                "Find who writes it: spaces in a target must be sent as %20, and a status has three digits from 100 to 599. Servers should answer 400, and not guess.",
                "누가 쓰는지 찾으십시오. 대상의 공백은 %20으로 보내고 상태 코드는 100~599의 세 자리여야 합니다. 서버는 추측하지 말고 400으로 응답해야 합니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.InvalidStartLine,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|start line|start lines} of the {sender} against the grammar ({frame}): each reader makes something else of it.",
                "{pool}: {sender}의 시작 줄 {count}개가 문법에 맞지 않습니다({frame}). 읽는 쪽마다 다르게 해석합니다.")),
        new Oddity(
            HttpAnomalies.OddStatus,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|response|responses} of the {sender} with a status outside 100 to 599 ({frame}).",
                "{pool}: {sender}의 응답 {count}건에 100~599를 벗어난 상태 코드가 있습니다({frame}).")),
    ];

    private static readonly Phrase Rest = new(
        "The server sent {octets} behind the end of a response ({whole}) that are no response ({rest}): its Content-Length is too small, or it answers twice. A client must not take them for the next response.",
        "서버가 응답이 끝난 뒤({whole}) 응답이 아닌 데이터 {octets}를 더 보냈습니다({rest}). Content-Length가 너무 작거나 두 번 응답한 것입니다. 클라이언트는 이것을 다음 응답으로 받아들여서는 안 됩니다.");

    private static readonly Phrase Mend = new(
        "Find what the server sends beyond its Content-Length (a body that grew after it was measured, characters counted in place of octets, a second write), and close the connection at the client: RFC 9112 §6.3 forbids to process the rest as a response.",
        "서버가 Content-Length를 넘겨 무엇을 보내는지 찾으십시오(길이를 잰 뒤 커진 본문, 바이트가 아닌 글자 수, 중복 쓰기). 클라이언트는 연결을 닫아야 합니다. RFC 9112 §6.3은 나머지를 응답으로 처리하는 것을 금지합니다.");

    protected override IReadOnlyList<Oddity> Oddities => Known;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        base.OnConnection(connection, findings);
        var whole = connection.Trail!.WholeBeforeCruft;
        if (connection.HasGaps || whole.IsNone || connection.Record.Http.SwitchedTo != ApplicationProtocol.Unknown)
        {
            return;
        }

        foreach (var remark in connection.Trail.HttpRemarks)
        {
            if (remark.Kind == HttpAnomalies.Cruft
                && connection.Actual(remark.Sender) == Side.Server
                && remark.Packet.Number >= whole.Number
                && (connection.Tcp.Close.Packet.IsNone || remark.Packet.Number <= connection.Tcp.Close.Packet.Number))
            {
                findings.Add(OfRest(connection, whole, remark));
                return;
            }
        }
    }

    private Finding OfRest(ConnectionCase connection, PacketRef whole, in HttpRemark remark) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = connection.Subject(),
        Frames = Evidence.Of(whole, remark.Packet),
        Measured =
        [
            Measure.Octets("octets", remark.Value),
            Measure.Frame("whole", whole),
            Measure.Frame("rest", remark.Packet),
        ],
        Says = Rest,
        Advice = [Mend],
    };
}
