using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D105: octets of messages that waited for a retransmission timer. One finding for each pool.</summary>
/// <remarks>
/// The time is the network's, not the server's. Not flagged: losses that duplicate acknowledgments mended sooner, probes
/// before the timer (RFC 8985) and of a closed window, a lost SYN (HWA-D108), calls that nobody answered any more
/// (HWA-G001), a path that slept (HWA-G004), and timeouts that turned out to be needless, since the receiver had the octets
/// (HWA-D003), and a FIN that was sent again, which no message waited for.
/// </remarks>
internal sealed class TimeoutInExchange(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D105",
        Severity = Severity.Warning,
        Title = new Phrase("messages waited for a retransmission timeout", "메시지가 재전송 타임아웃을 기다림"),
        References = ["RFC 6298 §5", "RFC 8985 §7"],
        Advice =
        [
            new Phrase(
                "The path loses packets: look for drops on interfaces (ip -s link, ethtool -S), policers and full queues between the ends. Do not charge these {sum} to the server.",
                "경로에서 패킷이 손실됩니다. 인터페이스의 드롭(ip -s link, ethtool -S), 폴리서, 가득 찬 큐를 확인하십시오. 이 {sum}은(는) 서버의 시간이 아닙니다."),
        ],
    };

    private static readonly Phrase Inside = new(
        "Retransmission timeouts: {timeouts} (the first {first}), {sum} of silence, {most} the longest. Exchanges that stood still for it: {stalled} of {exchanges}, {share} of all latency. The time is the network's, not the server's.",
        "재전송 타임아웃 {timeouts}번(첫 번째 {first}), 침묵 합계 {sum}, 최장 {most}입니다. 교환 {exchanges}개 중 {stalled}개가 그동안 멈췄고 전체 지연의 {share}입니다. 서버가 아니라 네트워크의 시간입니다.");

    private static readonly Phrase Behind = new(
        "Retransmission timeouts: {timeouts} (the first {first}), {sum} of silence, {most} the longest. The octets were on the wire here already: behind this tap they came so much later than the exchanges show.",
        "재전송 타임아웃 {timeouts}번(첫 번째 {first}), 침묵 합계 {sum}, 최장 {most}입니다. 이 지점에서는 이미 보낸 데이터이며, 그 너머에서는 교환 시간에 보이는 것보다 이만큼 늦게 도착했습니다.");

    private static readonly Phrase Needed = new("the receiver did not have the octets", "수신 측이 그 데이터를 갖고 있지 않았음");

    private readonly ByPool<Waits> _pools = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Stalled;

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        if (exchange.Timing.Timeout == 0 || exchange.Exchange.TunnelDepth > 0)
        {
            return;
        }

        var waits = _pools.Of(exchange.Pool);
        if (StalePath.Concerns(exchange))
        {
            waits.OfStalePath += StalePath.Repeats(exchange).Count();
        }
        else
        {
            waits.Stalled++;
            waits.InExchanges += exchange.Timing.Timeout;
        }
    }

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.RetransmissionTimeout) || connection.Record.NeverOpened)
        {
            return;
        }

        var waits = _pools.Of(connection.Pool);
        var before = default(PacketRef);
        foreach (var remark in connection.Trail!.TcpRemarks)
        {
            if (IsOfAMessage(connection, remark) && !connection.Trail.IsNeedless(remark.Packet))
            {
                waits.Timeouts.Add(connection.Number, remark.Value, remark.Packet);
                waits.AtOnce += before.IsNone ? 0
                    : long.Clamp(before.Time.Since(remark.Packet.Time) + remark.Value, 0, remark.Value);
                before = remark.Packet;
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, waits) in _pools.InOrder)
        {
            var timeouts = waits.Timeouts;
            if (timeouts.Count <= waits.OfStalePath)
            {
                continue;
            }

            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = timeouts.SubjectOf(pool),
                Frames = timeouts.Evidence(),
                Measured =
                [
                    Measure.Count("timeouts", timeouts.Count),
                    Measure.Duration("sum", timeouts.Sum - waits.AtOnce),
                    Measure.Duration("most", timeouts.Most),
                    Measure.Frame("first", timeouts.First),
                    Measure.Count("stalled", waits.Stalled),
                    Measure.Count("exchanges", pool.Exchanges),
                    Measure.Share("share", waits.InExchanges, pool.Latency),
                ],
                Says = waits.Stalled > 0 ? Inside : Behind,
                Guards = [new Guard(Needed, Passed: true)],
            });
        }
    }

    /// <summary>
    /// Neither of the handshake nor of a FIN alone, and answered in the end: of others other rules tell. An end that had closed
    /// owes no answer.
    /// </summary>
    private static bool IsOfAMessage(ConnectionCase connection, in TcpRemark remark)
    {
        ref readonly var tcp = ref connection.Tcp;
        ref readonly var other = ref tcp.EndOf(connection.Actual(remark.Sender).Other());
        return remark.Kind == TcpRemarkKind.RetransmissionTimeout && remark.Earlier.IsNone && remark.Packet.Number > tcp.HandshakeAck.Number
            && (remark.Packet.Number < other.Last.Number || !other.Fin.IsNone);
    }

    private sealed class Waits
    {
        public Tally Timeouts { get; } = new();

        /// <summary>Nanoseconds in which both ends waited: they are in the sum twice.</summary>
        public long AtOnce { get; set; }

        public int Stalled { get; set; }

        /// <summary>Nanoseconds.</summary>
        public long InExchanges { get; set; }

        /// <summary>Of the timeouts, those that a path which slept explains.</summary>
        public int OfStalePath { get; set; }
    }
}
