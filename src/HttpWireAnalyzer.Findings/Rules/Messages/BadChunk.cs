using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H005: a chunk whose size is no hexadecimal number or is too large, or whose data does not end with CRLF.</summary>
/// <remarks>Not flagged: chunk extensions and trailers, which are allowed.</remarks>
internal sealed class BadChunk(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H005",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("chunk that cannot be read", "읽을 수 없는 청크"),
        References = ["RFC 9112 §7.1"],
        Advice =
        [
            new Phrase(
                "Look at who makes the chunks by hand: a size counts octets, in hexadecimal, without 0x, and CRLF follows size and data. The connection cannot be used after it.",
                "청크를 직접 만드는 코드를 살펴보십시오. 크기는 바이트 수를 0x 없이 16진수로 쓰고, 크기와 데이터 뒤에 각각 CRLF가 와야 합니다. 이후 그 연결은 쓸 수 없습니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.InvalidChunkSize,
            Severity.Error,
            new Phrase(
                "{pool}: {count|chunk size|chunk sizes} of the {sender} cannot be read ({frame}): where the message ends, nobody knows.",
                "{pool}: {sender}의 청크 크기 {count}개를 읽을 수 없습니다({frame}). 메시지의 끝을 알 수 없습니다.")),
        new Oddity(
            HttpAnomalies.ChunkWithoutLineEnd,
            Severity.Error,
            new Phrase(
                "{pool}: {count|chunk|chunks} of the {sender} whose data is not followed by CRLF ({frame}): its size is wrong.",
                "{pool}: {sender}의 청크 {count}개 뒤에 CRLF가 없습니다({frame}). 크기가 잘못되었습니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
