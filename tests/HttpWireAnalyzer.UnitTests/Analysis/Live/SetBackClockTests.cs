using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis.Live;

/// <summary>After a packet from the future, what is due is looked for all the same.</summary>
public class SetBackClockTests
{
    private const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;
    private const long Day = 86_400 * Timestamp.NanosecondsPerSecond;
    private const int Most = 100;
    private const int Flood = 2000;

    private static readonly Timestamp Origin = new(1_700_000_000 * Timestamp.NanosecondsPerSecond);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_limits_hold(int threads)
    {
        var syns = Enumerable.Range(0, Flood).Select(i => (Origin.Plus(i * 10 * Millisecond), Syn(i)));
        var totals = Run([(Origin.Plus(Day), Syn(Flood)), .. syns], new Order(), threads, new TrackerLimits { MostUnanswered = Most });

        // At each tick of 250 ms the oldest left, of each line's share.
        Assert.InRange(totals.Evicted, Flood - (threads * Most) - 26, Flood - Most);
    }

    /// <summary>Of 400 refused connections, a second apart and silent since, most have left long before the end.</summary>
    [Fact]
    public void Closed_connections_leave_with_any_number_of_threads_alike()
    {
        var (told, byThree) = (new Order(), new Order());
        var refused = Enumerable.Range(0, 400).SelectMany(i => new[]
        {
            (Origin.Plus(i * Timestamp.NanosecondsPerSecond), Syn(i)),
            (Origin.Plus((i * Timestamp.NanosecondsPerSecond) + Millisecond), Refusal(i)),
        });
        List<(Timestamp, byte[])> packets = [(Origin.Plus(Day), Syn(Flood)), .. refused];
        Run(packets, told, 1, new TrackerLimits { ClosedKept = 1 });
        Run(packets, byThree, 3, new TrackerLimits { ClosedKept = 1 });

        // The one that came first was never answered: only the end of the capture lets it go.
        Assert.InRange(told.Numbers.IndexOf(0), 300, 400);
        Assert.Equal(told.Numbers, byThree.Numbers);
    }

    /// <summary>Of two interfaces, the clock of the one that is ahead counts as long as it gives packets.</summary>
    [Fact]
    public void A_clock_that_is_behind_does_not_set_it_back()
    {
        var told = new Order();
        var both = Enumerable.Range(0, 600).SelectMany(i => new[]
        {
            (Origin.Plus(Day + (i * Millisecond)), Syn(i)),
            (Origin.Plus(i * Millisecond), Syn(i + 600)),
        });
        var totals = Run([.. both], told, 1, new TrackerLimits { MostUnanswered = 1 });

        // Three ticks of 250 ms: at 0, 250 and 500.
        Assert.InRange(totals.Evicted, 900, 1100);
    }

    private static CaptureTotals Run(List<(Timestamp At, byte[] Frame)> packets, Order told, int threads, TrackerLimits limits)
    {
        using var source = new Given(packets);
        return AnalysisPipeline.Run(
            source,
            new ConnectionRecords(told, mostWaiting: 0),
            new AnalysisOptions { Tracker = limits, Threads = threads },
            AnalysisTaps.None,
            CancellationToken.None);
    }

    private static byte[] Syn(int client) => Frame(ClientOf(client), Server, TcpFlags.Syn);

    private static byte[] Refusal(int client) => Frame(Server, ClientOf(client), TcpFlags.Rst | TcpFlags.Ack);

    private static Endpoint Server => FrameBuilder.EndpointOf("192.0.2.2:80");

    private static Endpoint ClientOf(int number) => FrameBuilder.EndpointOf($"192.0.2.1:{10_000 + number}");

    private static byte[] Frame(Endpoint source, Endpoint destination, TcpFlags flags) =>
        FrameBuilder.Ethernet(FrameBuilder.TcpPacket(source, destination, [], sequence: 1, acknowledgment: 2, flags: flags));

    private sealed class Given(List<(Timestamp At, byte[] Frame)> packets) : IPacketSource
    {
        private int _given;

        public IReadOnlyList<CaptureInterface> Interfaces => [];

        public IReadOnlyList<CaptureRemark> Remarks => [];

        public bool Read(PacketBatch batch)
        {
            if (_given == packets.Count)
            {
                return false;
            }

            var (at, frame) = packets[_given++];
            batch.Begin(new OctetBuffer(frame));
            batch.Add(new PacketRecord(new PacketRef(_given, at), 0, frame.Length, frame.Length, LinkType.Ethernet, 0));
            return true;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Order : IConnectionSink
    {
        public List<int> Numbers { get; } = [];

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection) => Numbers.Add(connection.Number);
    }
}
