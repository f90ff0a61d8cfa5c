using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

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
