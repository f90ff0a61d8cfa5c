using HttpWireAnalyzer.Analysis;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T005: a close with octets unread, so that the kernel sent RST and what was on its way may be destroyed.</summary>
/// <remarks>Not flagged: an abort of a finished exchange with nothing unread.</remarks>
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
        "The {resetter} closed with at least {unread} unread and an exchange outstanding: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter} 쪽이 교환이 끝나지 않은 상태에서 최소 {unread}을(를) 읽지 않고 닫았습니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    private static readonly Phrase Done = new(
        "The {resetter} closed with at least {unread} unread: its kernel sent RST ({rst}) in place of a FIN, and what it had sent before may be destroyed at the other end.",
        "{resetter} 쪽이 최소 {unread}을(를) 읽지 않고 닫았습니다. 커널은 FIN 대신 RST({rst})를 보냈고, 먼저 보낸 데이터도 상대편에서 사라질 수 있습니다.");

    public override ConnectionTraits Connections => ConnectionTraits.Reset;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        if (record.Close.Reason != CloseReason.ResetOnUnread)
        {
            return;
        }

        var close = connection.Tcp.Close;
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = record.AtClose.Outstanding ? Severity.Error : Severity.Warning,
            Confidence = close.ResetOnUnread ? Confidence.Certain : Confidence.Likely,
            Subject = connection.Subject(),
            Frames = Evidence.Of(connection.LastWhole, close.Packet),
            Measured =
            [
                Measure.End("resetter", close.First),
                Measure.Octets("unread", close.UnreadOctets),
                Measure.Frame("rst", close.Packet),
            ],
            Says = record.AtClose.Outstanding ? Outstanding : Done,
            Advice = Card.Advice,
        });
    }
}
