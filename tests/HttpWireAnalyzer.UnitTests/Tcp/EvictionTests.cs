using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>What leaves while it is open, so that a capture can go on for days.</summary>
public class EvictionTests
{
    private const int Most = 160;

    private static readonly Endpoint Server = FrameBuilder.EndpointOf("192.0.2.2:80");

    private readonly StreamStory _story = new();
    private long _packets;

    [Fact]
    public void Of_a_SYN_flood_the_oldest_leave_and_connections_stay()
    {
        var tracker = new ConnectionTracker(_story, new TrackerLimits { MostUnanswered = Most });
        Answer(tracker, Open(tracker));
        for (var i = 0; i < 10 * Most; i++)
        {
            Open(tracker);
        }

        Tick(tracker);

        Assert.Equal(9 * Most, tracker.Evicted);
        Assert.Equal(Enumerable.Range(1, 9 * Most), _story.Summaries.Select(each => each.Connection.Number));
        Assert.All(_story.Summaries, each => Assert.Equal(CloseManner.Unanswered, each.Close.How));
    }

    [Fact]
    public void Of_too_many_connections_those_leave_that_were_silent_longest()
    {
        var tracker = new ConnectionTracker(_story, new TrackerLimits { MostConnections = Most });
        var first = Open(tracker);
        for (var i = 0; i < Most; i++)
        {
            Open(tracker);
        }

        Answer(tracker, first);
        Tick(tracker);

        // Down to fifteen sixteenths, so that the next one does not make it search again.
        Assert.Equal(1 + (Most / 16), tracker.Evicted);
        Assert.Equal(Enumerable.Range(1, 1 + (Most / 16)), _story.Summaries.Select(each => each.Connection.Number));
    }

    [Fact]
    public void Without_limits_nothing_leaves()
    {
        var tracker = new ConnectionTracker(_story, TrackerLimits.Default);
        for (var i = 0; i < Most; i++)
        {
            Open(tracker);
        }

        Tick(tracker);
        Assert.Equal(0, tracker.Evicted);
    }

    private Endpoint Open(ConnectionTracker tracker)
    {
        var client = new Endpoint(Address.FromIpv4(0xC000_0201), (ushort)(10_000 + _packets));
        new SegmentLine(client, Server, 1, TcpFlags.Syn).PlayInto(tracker, Next());
        return client;
    }

    private void Answer(ConnectionTracker tracker, Endpoint client) =>
        new SegmentLine(Server, client, 7, TcpFlags.Syn | TcpFlags.Ack) { Acknowledgment = 2 }.PlayInto(tracker, Next());

    private PacketRef Next() => new(++_packets, new Timestamp(_packets * 1_000));

    private void Tick(ConnectionTracker tracker) => tracker.Advance(new Timestamp(Timestamp.NanosecondsPerSecond), _packets);
}
