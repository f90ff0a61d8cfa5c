using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Live;

public class TimelineMergeTests
{
    private readonly Taken _taken = new();
    private readonly TimelineMerge _merge;

    public TimelineMergeTests() => _merge = new TimelineMerge(2, _taken);

    [Fact]
    public void Packets_of_two_interfaces_come_in_the_order_of_their_times()
    {
        Add(0, 1, 3);
        Add(1, 2, 4);
        _merge.Release(At(3));
        Assert.Equal([1, 2, 3], _taken.Seconds);
    }

    [Fact]
    public void A_packet_that_is_a_little_ahead_waits()
    {
        Add(0, 3.9);
        _merge.Release(At(3));
        Assert.Empty(_taken.Seconds);
    }

    /// <summary>The clock was set back by an hour, and what was captured before stands in front.</summary>
    [Fact]
    public void A_packet_from_the_future_holds_nothing_back()
    {
        Add(0, 3600, 3);
        Add(1, 2, 4.5);
        _merge.Release(At(4));
        Assert.Equal([3600, 2, 3], _taken.Seconds);
    }

    private void Add(ushort on, params double[] seconds)
    {
        foreach (var second in seconds)
        {
            _merge.Take(null!, new PacketRecord(new PacketRef(1, At(second)), 0, 1, 1, LinkType.Ethernet, on), [0]);
        }
    }

    private static Timestamp At(double seconds) => new((long)(seconds * Timestamp.NanosecondsPerSecond));

    private sealed class Taken : IPacketTaker
    {
        public List<double> Seconds { get; } = [];

        public bool Take(LiveInterface from, in PacketRecord record, ReadOnlySpan<byte> octets)
        {
            Seconds.Add(record.Packet.Time.Nanoseconds / 1e9);
            return true;
        }
    }
}
