using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C005: the same segment twice, sooner than its sender could have had a reason: the wire or the capture doubled it.</summary>
/// <remarks>
/// Not flagged: a copy with another identification in its IP header, or another TCP checksum, which its sender has sent, however
/// soon; one after a round trip or more of an end that answers duplicate acknowledgments, and so may send the same again as soon;
/// and copies of segments without octets, which look like any duplicate acknowledgment.
/// </remarks>
internal sealed class DuplicateFrames(RuleSettings settings) : QualityRule(Entry, settings)
{
    private static readonly RuleParameter Within = new(
        "within", MeasureUnit.Nanoseconds, TcpRemark.DoubledWithin, "a mirror port or a second interface is not later");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C005",
        Severity = Severity.Note,
        Title = new Phrase("duplicated frames", "중복된 프레임"),
        References = ["RFC 9293 §3.10.7.4", "RFC 2883"],
        Advice =
        [
            new Phrase(
                "Capture on one interface and not on any, mirror one direction of each port only, or remove the copies: editcap -d.",
                "any가 아닌 한 인터페이스에서 캡처하고, 미러는 포트마다 한 방향만 켜거나, 복사본을 제거하십시오(editcap -d)."),
        ],
        Parameters = [Within],
    };

    private static readonly Phrase Says = new(
        "Segments with octets that came twice: {count}, the first {gap} apart ({original}, {copy}). Equal to the octet and as soon as that, they were not sent again. Numbers of retransmissions include them; octets count once.",
        "데이터 세그먼트 {count}개가 두 번 나타났습니다(첫 번째 {original}, {copy}는 {gap} 간격). 바이트까지 같고 간격이 이만큼 짧으므로 재전송이 아닙니다. 재전송 수에는 포함되지만 데이터는 한 번만 셉니다.");

    private readonly Tally _tally = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        foreach (var copy in CopiesOn(connection, Of(Within)))
        {
            _tally.Add(connection.Number, copy.Packet.Time.Since(copy.Earlier.Time), copy.Earlier, copy.Packet);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (_tally.Count > 0)
        {
            Tell(
                capture,
                findings,
                Says,
                _tally.Evidence(),
                Measure.Count("count", _tally.Count),
                Measure.Duration("gap", _tally.Second.Time.Since(_tally.First.Time)),
                Measure.Frame("original", _tally.First),
                Measure.Frame("copy", _tally.Second));
        }
    }

    /// <summary>What came again on the connection is, for the most part, copies: nothing was lost, nobody missed anything.</summary>
    internal static bool ExplainsRepeats(ConnectionCase connection)
    {
        var copies = CopiesOn(connection, Within.Usual).Count();
        var repeats = RepeatsOf(connection.Tcp.ClientEnd) + RepeatsOf(connection.Tcp.ServerEnd);
        return copies == 0
            ? repeats == 0 && HasDoubled(connection.Tcp.ClientEnd.Counters, connection.Tcp.ServerEnd.Counters)
            : copies >= FindingLimits.Default.NotableRemarks / 2 || 2 * copies >= repeats;
    }

    /// <summary>SYNs or FINs.</summary>
    private static bool HasDoubled(in EndCounters client, in EndCounters server) =>
        client.DoubledSyns + client.DoubledFins + server.DoubledSynAcks + server.DoubledFins > 0;

    private static IEnumerable<TcpRemark> CopiesOn(ConnectionCase connection, long within)
    {
        // No timer sends again so soon; who answers duplicate acknowledgments does, a round trip later.
        var before = IsFast(connection.Tcp.ClientEnd) || IsFast(connection.Tcp.ServerEnd) ? long.Min(connection.RoundTrip, within) : within;
        return connection.Trail is { } trail && connection.Record.Has(TcpRemarkKind.Retransmission)
            ? trail.TcpRemarks.Where(remark => remark is { Kind: TcpRemarkKind.Retransmission, Value: > 0 }
                && remark.Packet.Time.Since(remark.Earlier.Time) is var after && after >= 0 && after < before)
            : [];
    }

    private static bool IsFast(in EndSummary end) => end.Diagnosis.Of(SegmentMarks.FastRetransmission) > 0;

    private static int RepeatsOf(in EndSummary end) =>
        end.Diagnosis.Of(SegmentMarks.Retransmission) - end.Diagnosis.RepeatedSyns - end.Counters.DoubledFins;
}
