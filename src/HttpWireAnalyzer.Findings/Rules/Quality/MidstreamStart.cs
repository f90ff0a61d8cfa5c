namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C004: connections that were open before the capture began.</summary>
internal sealed class MidstreamStart(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.Midstream, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C004",
        Severity = Severity.Info,
        Title = new Phrase("connections picked up midstream", "중간부터 캡처된 연결"),
        References = ["RFC 9293 §3.5"],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Open before the capture began: {count} of {connections} connections, the first seen at {first}. Their ends' roles are a guess until a request shows them, their round trip and window scale are unknown, and states rest on assumption.",
        "연결 {connections}개 중 {count}개는 캡처 시작 전에 이미 열려 있었습니다(첫 번째는 {first}). 요청이 보일 때까지 양 끝의 역할은 추정이며, 왕복 시간과 윈도우 배율을 알 수 없고 상태는 가정에 근거합니다.");
}
