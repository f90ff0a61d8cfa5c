using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>
/// HWA-C001: the interface or the kernel dropped packets while capturing, or an end acknowledged octets that are not there.
/// </summary>
/// <remarks>
/// Not flagged: octets that nobody acknowledged, which the network may have lost; those that the snap length cut off; and
/// the other direction of connections of which one was captured.
/// </remarks>
internal sealed class DroppedPackets(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C001",
        Severity = Severity.Warning,
        Title = new Phrase("capture dropped packets", "캡처가 패킷을 놓침"),
        References = ["draft-ietf-opsawg-pcapng §4.6"],
        Advice =
        [
            new Phrase(
                "Capture with a filter (tcp port 80), a larger kernel buffer (dumpcap -B 64, hwa capture -B 64) and a snap length that is enough for heads (-s 512), to a fast disk.",
                "필터(tcp port 80)를 쓰고, 커널 버퍼를 키우고(dumpcap -B 64, hwa capture -B 64), 헤더에 충분한 스냅 길이(-s 512)로 빠른 디스크에 캡처하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Packets that the capture dropped: {dropped}, beside {packets} that it has. What rests on a packet that did not come is one step less sure: {weakened}.",
        "캡처된 패킷 {packets}개 외에 {dropped}개를 놓쳤습니다. 오지 않은 패킷에 근거하는 규칙은 한 단계 덜 확실합니다: {weakened}.");

    private static readonly Phrase Missed = new(
        "The capture lacks {octets} that their receivers acknowledged (connections: {count}, the first told by {first}): it lost packets, the network did not. What rests on a packet that did not come is one step less sure: {weakened}.",
        "수신 측이 확인 응답한 {octets}이(가) 연결 {count}개의 캡처에 없습니다(첫 번째는 {first}에서 드러남). 네트워크가 아니라 캡처가 패킷을 놓친 것입니다. 오지 않은 패킷에 근거하는 규칙은 한 단계 덜 확실합니다: {weakened}.");

    private readonly Tally _missed = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (Traits.IsMissing(connection.Record, connection.Trail))
        {
            var missing = connection.Trail!.Gaps.Where(gap => gap.Cause == GapCause.Acknowledged).ToList();
            _missed.Add(connection.Number, missing.Sum(gap => gap.Length), missing[0].NoticedAt);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (_missed.Count > 0)
        {
            Tell(
                capture,
                findings,
                Missed,
                _missed.Evidence(),
                Measure.Octets("octets", _missed.Sum),
                Measure.Count("count", _missed.Count),
                Measure.Frame("first", _missed.First),
                RestingOnSilence());
        }

        if (capture.Totals.Interfaces.Any(port => port.Dropped > 0))
        {
            Tell(
                capture,
                findings,
                Says,
                [],
                Measure.Count("dropped", capture.Totals.Lost ?? 0),
                Measure.Count("packets", capture.Totals.Packets),
                RestingOnSilence());
        }
    }
}
