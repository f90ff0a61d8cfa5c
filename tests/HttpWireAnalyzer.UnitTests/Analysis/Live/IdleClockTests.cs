using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Live;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis.Live;

/// <summary>The capture's clock goes on where no packet comes, and what is due happens then.</summary>
public class IdleClockTests
{
    private const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;

    private static readonly Timestamp Origin = new(1_700_000_000 * Timestamp.NanosecondsPerSecond);
    private static readonly Endpoint Client = FrameBuilder.EndpointOf("192.0.2.1:40000");
    private static readonly Endpoint Server = FrameBuilder.EndpointOf("192.0.2.2:80");

    [Fact]
    public void A_refused_connection_is_told_at_an_idle_tick_after_the_grace()
    {
        var told = new Told();
        using var source = new Silent(
            [Frame(Client, Server, TcpFlags.Syn), Frame(Server, Client, TcpFlags.Rst | TcpFlags.Ack)], told);

        AnalysisPipeline.Run(
            source,
            new ConnectionRecords(told, mostWaiting: 0),
            new AnalysisOptions { Tracker = LiveLimits.Tracker },
            AnalysisTaps.None,
            CancellationToken.None);

        // 2 ms of packets, 300 ms of grace, and the ticks are 100 ms apart.
        Assert.Equal(400 * Millisecond, told.FirstToldAt.Since(Origin));
    }

    [Fact]
    public void Before_the_first_packet_there_is_no_time()
    {
        using var source = new Silent([], new Told());

        var totals = AnalysisPipeline.Run(
            source,
            new ConnectionRecords(new Told()),
            new AnalysisOptions { Tracker = LiveLimits.Tracker },
            AnalysisTaps.None,
            CancellationToken.None);

        Assert.Equal(0, totals.Packets);
    }

    private static byte[] Frame(Endpoint source, Endpoint destination, TcpFlags flags) =>
        FrameBuilder.Ethernet(FrameBuilder.TcpPacket(source, destination, [], sequence: 1, acknowledgment: 2, flags: flags));

    /// <summary>A few packets, a millisecond apart, and then a second of nothing but time.</summary>
    private sealed class Silent(byte[][] frames, Told told) : IPacketSource
    {
        private const int IdleStep = 50;

        private int _given;
        private int _idle;

        public IReadOnlyList<CaptureInterface> Interfaces => [];

        public IReadOnlyList<CaptureRemark> Remarks => [];

        public bool Read(PacketBatch batch)
        {
            if (_given < frames.Length)
            {
                var frame = frames[_given++];
                batch.Begin(new OctetBuffer(frame));
                batch.Add(new PacketRecord(
                    new PacketRef(_given, Origin.Plus(_given * Millisecond)), 0, frame.Length, frame.Length, LinkType.Ethernet, 0));
                return true;
            }

            told.Now = Origin.Plus((_idle += IdleStep) * Millisecond);
            batch.BeginIdle(told.Now);
            return _idle < 1000;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Told : IConnectionSink
    {
        public Timestamp Now { get; set; }

        public Timestamp FirstToldAt { get; private set; }

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection) => FirstToldAt = Now;
    }
}
