using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C010: octets cut off by the snap length.</summary>
internal sealed class SnapLength(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.Trail, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C010",
        Severity = Severity.Note,
        Title = new Phrase("packets cut by the snap length", "스냅 길이로 잘린 패킷"),
        References = ["draft-ietf-opsawg-pcapng §4.2"],
        Advice =
        [
            new Phrase(
                "Capture whole packets (-s 0, tcpdump's usual); a head may be longer than the snap length.",
                "패킷 전체를 캡처하십시오(-s 0, tcpdump 기본값). 헤더가 스냅 길이보다 길 수 있습니다."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Cut off by the snap length: {octets}, on {count} of {connections} connections (the first at {first}). Findings on those connections are one step less sure, and heads in what is missing are not read.",
        "연결 {count}개에서 {octets}이(가) 스냅 길이로 잘렸습니다(첫 번째는 {first}). 그 연결의 진단은 한 단계 덜 확실하며, 잘린 부분의 헤더는 읽을 수 없습니다.");

    protected override long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Trail!.Gaps.FirstOrDefault(gap => gap.Cause == GapCause.SnapLength).NoticedAt;
        return first.IsNone ? -1 : connection.Tcp.ClientEnd.Counters.Cut + connection.Tcp.ServerEnd.Counters.Cut;
    }
}
