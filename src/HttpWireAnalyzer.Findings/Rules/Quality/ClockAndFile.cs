using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C007: packets older than one before them, by more than a millisecond.</summary>
/// <remarks>Not flagged: less than that, which the queues of a network card explain.</remarks>
internal sealed class TimeGoesBackwards(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C007",
        Severity = Severity.Warning,
        Title = new Phrase("time goes backwards", "시간이 거꾸로 감"),
        References = ["draft-ietf-opsawg-pcapng §4.3"],
        Advice =
        [
            new Phrase(
                "Put the packets in order (reordercap), and let the clock be slewed, not stepped (chronyd), while you capture.",
                "패킷을 시간순으로 정렬하고(reordercap), 캡처 중에는 시계를 한 번에 바꾸지 말고 서서히 맞추십시오(chronyd)."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Packets older than one before them: {count}, by up to {most} (the first {first}). Durations across such a place are too short, and idle times and timeouts cannot be trusted there.",
        "패킷 {count}개가 앞선 패킷보다 오래된 시각을 가집니다(최대 {most}, 첫 번째 {first}). 그 지점을 지나는 시간은 실제보다 짧게 나오며 유휴 시간과 타임아웃을 신뢰할 수 없습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var back = capture.Totals.Backwards;
        if (back.Count > 0)
        {
            Tell(
                capture, findings, Says, [back.First], Measure.Count("count", back.Count), Measure.Duration("most", back.Most), Measure.Frame("first", back.First));
        }
    }
}

/// <summary>HWA-C008: wrong TCP checksums, as an end leaves them to its card, or most of an end's: they are filled in behind the tap.</summary>
/// <remarks>
/// Not flagged: checksums that cannot be checked, of cut packets. Other wrong ones of a few segments are told as damage: a
/// receiver drops such segments.
/// </remarks>
internal sealed class BadChecksums(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C008",
        Severity = Severity.Info,
        Title = new Phrase("TCP checksums wrong", "잘못된 TCP 체크섬"),
        References = ["RFC 9293 §3.1"],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Offload = new(
        "Segments of the {sender} ({count}; connections: {connections}, the first begins with {first}) have wrong checksums: its network card fills them in behind the tap, which stands on that host. They are read all the same.",
        "연결 {connections}개에서 {sender}의 세그먼트 {count}개의 체크섬이 틀립니다(첫 연결은 {first}부터). 그 호스트에서 캡처되어 네트워크 카드가 나중에 채우는 것입니다. 그대로 해석합니다.");

    private static readonly Phrase OffloadOfBoth = new(
        "Segments of one end ({count}; connections: {connections}, the first begins with {first}) have wrong checksums, of the client on some connections and of the server on others: the tap stands on a host that is both, a proxy's, and its network card fills them in behind it. They are read all the same.",
        "연결 {connections}개에서 한쪽 끝의 세그먼트 {count}개의 체크섬이 틀리며(첫 연결은 {first}부터), 어떤 연결에서는 클라이언트, 다른 연결에서는 서버입니다. 양쪽 역할을 모두 하는 호스트(프록시)에서 캡처되어 네트워크 카드가 나중에 채우는 것입니다. 그대로 해석합니다.");

    private static readonly Phrase OneHost = new(
        "Segments of both ends ({count}; connections: {connections}, the first begins with {first}) have wrong checksums: both are on the host on which the capture was made (loopback, containers, virtual machines), and nobody fills in what no wire carries. They are read all the same.",
        "연결 {connections}개에서 양쪽의 세그먼트 {count}개의 체크섬이 틀립니다(첫 연결은 {first}부터). 양쪽이 모두 캡처한 호스트에 있으며(루프백, 컨테이너, 가상 머신), 회선으로 나가지 않는 값은 채워지지 않습니다. 그대로 해석합니다.");

    private static readonly Phrase Damage = new(
        "Segments with wrong checksums: {count}, on connections: {connections} (the first begins with {first}), and most of that end are right: they were damaged, and their receiver dropped them. What was sent again is read in their place.",
        "연결 {connections}개에서 세그먼트 {count}개의 체크섬이 틀립니다(첫 연결은 {first}부터). 그쪽의 대부분은 옳으므로 손상된 것이며 수신 측은 버렸을 것입니다. 다시 전송된 것을 대신 해석합니다.");

    private readonly Tally _tally = new();
    private long _clients;
    private long _servers;
    private bool _isOffload = true;
    private bool _isOneHost;

    public override ConnectionTraits Connections => ConnectionTraits.Remarks;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.BadChecksum))
        {
            return;
        }

        var client = connection.Tcp.ClientEnd.Counters;
        var server = connection.Tcp.ServerEnd.Counters;
        _clients += client.BadChecksums;
        _servers += server.BadChecksums;
        _isOffload &= IsOffload(client) && IsOffload(server);
        _isOneHost |= client.BadChecksums > 0 && server.BadChecksums > 0;
        _tally.Add(connection.Number, client.BadChecksums + server.BadChecksums, connection.Tcp.First);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (_tally.Count > 0)
        {
            Tell(
                capture,
                findings,
                !_isOffload ? Damage : _isOneHost ? OneHost : _clients > 0 && _servers > 0 ? OffloadOfBoth : Offload,
                _tally.Evidence(),
                Measure.Count("count", _tally.Sum),
                Measure.Count("connections", _tally.Count),
                Measure.End("sender", _clients > 0 ? Side.Client : Side.Server),
                Measure.Frame("first", _tally.First));
        }
    }

    /// <summary>
    /// Linux sums up by itself what it sends without a socket (RST, ACK in TIME-WAIT). And damage to more than half of
    /// its segments no connection survives.
    /// </summary>
    private static bool IsOffload(in EndCounters end) => !end.IsDamaged || end.BadChecksums > end.Packets / 2;
}

/// <summary>HWA-C009: the file ends within a record, or is damaged, or reading was stopped.</summary>
internal sealed class TruncatedFile(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C009",
        Severity = Severity.Note,
        Title = new Phrase("capture file truncated or damaged", "잘리거나 손상된 캡처 파일"),
        References = ["draft-ietf-opsawg-pcapng §3.1"],
        Advice =
        [
            new Phrase(
                "End captures with an interrupt (Ctrl+C), not with kill -9, and copy files when they are closed.",
                "캡처는 kill -9가 아니라 인터럽트(Ctrl+C)로 끝내고, 파일이 닫힌 뒤에 복사하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "{file} is not whole: at octet {offset} the format wants {wanted} and has {found}. Packets up to {last} were read; connections open there have no end.",
        "{file}이(가) 온전하지 않습니다. 옥텟 {offset}에서 형식은 {wanted}을(를) 요구하지만 {found}입니다. {last}까지 읽었으며 그때 열려 있던 연결은 끝을 알 수 없습니다.");

    private static readonly Phrase Interrupted = new(
        "Reading was stopped after {packets} packets ({last}); connections open there have no end.",
        "패킷 {packets}개({last})까지 읽고 중단되었습니다. 그때 열려 있던 연결은 끝을 알 수 없습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var last = Measure.Frame("last", capture.Totals.Last);
        foreach (var remark in capture.Totals.Remarks.Where(remark => remark.Kind is CaptureRemarkKind.Truncated or CaptureRemarkKind.Damaged))
        {
            Tell(
                capture,
                findings,
                Says,
                [],
                Measure.Words("file", remark.File),
                Measure.Count("offset", remark.Offset),
                Measure.Words("wanted", remark.Expected),
                Measure.Words("found", remark.Found),
                last);
        }

        if (capture.Totals.Interrupted)
        {
            Tell(capture, findings, Interrupted, [], Measure.Count("packets", capture.Totals.Packets), last);
        }
    }
}
