using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>What tracking costs: no allocation for segments in order, and few octets for each connection.</summary>
public sealed class CostTests
{
    /// <summary>What it is now: 2 × 128 for the ends (64 of each for diagnosis), 32 for the packets remembered, 40 beside.</summary>
    private const int OctetsPerConnection = 328;

    /// <summary>What a connection that left still takes for four minutes, and with it the table's entry.</summary>
    private const int OctetsPerTombstone = 64;

    private const int Connections = 100;
    private const int Rounds = 500;

    [Fact]
    public void A_connection_fits_its_budget()
    {
        var octets = Unsafe.SizeOf<TcpConnection>();

        Assert.True(octets <= OctetsPerConnection, $"TcpConnection has {octets} octets, TcpEndpoint {Unsafe.SizeOf<TcpEndpoint>()}.");
    }

    [Fact]
    public void A_tombstone_fits_its_budget()
    {
        var octets = Unsafe.SizeOf<Tombstone>();

        Assert.True(octets <= OctetsPerTombstone, $"Tombstone has {octets} octets.");
    }

    [Fact]
    public void Segments_in_order_allocate_nothing()
    {
        var tracker = new ConnectionTracker(new NoStreams(), TrackerLimits.Default);
        var lines = new List<(SegmentLine Data, SegmentLine Ack)>();
        for (var i = 0; i < Connections; i++)
        {
            lines.Add(Open(tracker, (ushort)(20_000 + i)));
        }

        Assert.Equal(0, Allocation.LeastOf(round => Play(tracker, lines, round * Rounds, Rounds)));
    }

    [Fact]
    public void Segments_that_wait_behind_a_lost_one_find_the_room_of_earlier_ones()
    {
        // As many as a shared pool of arrays does not keep.
        const int Window = 2_000;
        const int Windows = 20;

        // Less than the hundred octets of one; code that is not yet compiled for good allocates some.
        const int OctetsPerSegment = 99;
        var tracker = new ConnectionTracker(new NoStreams(), TrackerLimits.Default);
        var (data, ack) = Open(tracker, 20_000);

        Assert.InRange(Allocation.LeastOf(round =>
        {
            for (var window = round * Windows; window < (round + 1) * Windows; window++)
            {
                PlayFirstLast(window * Window);
            }
        }) / (Windows * Window), 0, OctetsPerSegment);

        void PlayFirstLast(int first)
        {
            for (var i = 1; i < Window; i++)
            {
                data.PlayInto(tracker, PacketAt(first + i), advance: (uint)((first + i) * 100));
            }

            data.PlayInto(tracker, PacketAt(first + Window), advance: (uint)(first * 100));
            ack.PlayInto(tracker, PacketAt(first + Window), advanceAcknowledgment: (uint)((first + Window - 1) * 100));
        }

        static PacketRef PacketAt(int number) => new(10 + number, new Timestamp(10 + number));
    }

    [Fact]
    public void What_connections_with_many_round_trips_need_serves_again()
    {
        // Beyond sixteen they are counted in a series.
        const int RoundTrips = 40;
        var tracker = new ConnectionTracker(new NoStreams(), TrackerLimits.Default);
        var before = OpenEach(tracker, firstPort: 20_000);
        var after = OpenEach(tracker, firstPort: 30_000);
        foreach (var lines in before)
        {
            Play(tracker, lines, 0, RoundTrips);
            var reset = lines[0].Data with { Flags = Playbook.RstAck, Payload = [] };
            reset.PlayInto(tracker, new PacketRef(1_000, new Timestamp(1_000)), advance: RoundTrips * 100);
        }

        tracker.Advance(new Timestamp(3_600 * Timestamp.NanosecondsPerSecond), begun: 0);

        Assert.Equal(0, Allocation.LeastOf(round => Play(tracker, after[round], 0, RoundTrips)));
    }

    private static List<List<(SegmentLine Data, SegmentLine Ack)>> OpenEach(ConnectionTracker tracker, ushort firstPort) =>
        [.. Enumerable.Range(0, Allocation.Rounds).Select(i =>
            new List<(SegmentLine Data, SegmentLine Ack)> { Open(tracker, (ushort)(firstPort + i)) })];

    private static (SegmentLine Data, SegmentLine Ack) Open(ConnectionTracker tracker, ushort port)
    {
        var client = new Endpoint(Address.FromIpv4(0x0A00_0001), port);
        var packet = new PacketRef(1, new Timestamp(1));
        new SegmentLine(client, Playbook.ServerEndpoint, 999, Playbook.Syn).PlayInto(tracker, packet);
        new SegmentLine(Playbook.ServerEndpoint, client, 4_999, Playbook.SynAck) { Acknowledgment = 1_000 }
            .PlayInto(tracker, packet);
        new SegmentLine(client, Playbook.ServerEndpoint, 1_000, Playbook.Ack) { Acknowledgment = 5_000 }
            .PlayInto(tracker, packet);
        return (
            new SegmentLine(Playbook.ServerEndpoint, client, 5_000, Playbook.Ack) { Acknowledgment = 1_000, Payload = new byte[100] },
            new SegmentLine(client, Playbook.ServerEndpoint, 1_000, Playbook.Ack) { Acknowledgment = 5_100 });
    }

    private static void Play(
        ConnectionTracker tracker, List<(SegmentLine Data, SegmentLine Ack)> lines, int from, int rounds)
    {
        for (var round = from; round < from + rounds; round++)
        {
            var packet = new PacketRef(10 + round, new Timestamp(10 + round));
            foreach (var (data, ack) in lines)
            {
                data.PlayInto(tracker, packet, advance: (uint)(round * 100));
                ack.PlayInto(tracker, packet, advanceAcknowledgment: (uint)(round * 100));
            }
        }
    }
}
