using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>Pauses in one end's sending that an acknowledgment ends. Times are milliseconds.</summary>
public class AckWaitsTests
{
    private readonly AckWaits _waits = new();
    private int _packets;

    [Fact]
    public void A_part_that_waits_for_the_acknowledgment_of_the_part_before_is_a_pause()
    {
        Data(Side.Server, 0, 0, 64);
        Ack(Side.Client, 40, 64);
        Data(Side.Server, 40.1, 64, 6);
        var pause = Assert.Single(_waits.Pauses);
        Assert.Equal((1, 2, 3), (pause.Before.Number, pause.Ack.Number, pause.After.Number));
        Assert.Equal((64L, true, 40_100_000L), (pause.Flight, pause.AllAcknowledged, pause.Pause));
    }

    [Fact]
    public void Data_of_the_other_end_between_them_makes_it_another_answer()
    {
        Data(Side.Server, 0, 0, 64);
        Ack(Side.Client, 40, 64);
        Data(Side.Client, 40.1, 0, 30);
        Data(Side.Server, 41, 64, 64);
        Assert.Empty(_waits.Pauses);
    }

    [Fact]
    public void Without_an_acknowledgment_between_them_the_sender_had_another_reason()
    {
        Data(Side.Server, 0, 0, 64);
        Data(Side.Server, 50, 64, 64);
        Assert.Empty(_waits.Pauses);
    }

    [Fact]
    public void A_repetition_is_no_pause()
    {
        Data(Side.Server, 0, 0, 64);
        Ack(Side.Client, 1, 0);
        Data(Side.Server, 200, 0, 64);
        Assert.Empty(_waits.Pauses);
    }

    [Fact]
    public void A_flight_is_what_was_sent_since_the_pause_before()
    {
        Data(Side.Server, 0, 0, 1000);
        Data(Side.Server, 0.1, 1000, 1000);
        Ack(Side.Client, 40, 1000);
        Data(Side.Server, 40.1, 2000, 1000);
        Ack(Side.Client, 80, 3000);
        Data(Side.Server, 80.1, 3000, 1000);
        Assert.Equal([2000L, 1000L], _waits.Pauses.Select(pause => pause.Flight));
        Assert.Equal([false, true], _waits.Pauses.Select(pause => pause.AllAcknowledged));
    }

    private void Data(Side sender, double at, long offset, int octets) => Segment(sender, at, offset, -1, octets);

    private void Ack(Side sender, double at, long acknowledged) => Segment(sender, at, 0, acknowledged, 0);

    private void Segment(Side sender, double at, long offset, long acknowledged, int octets)
    {
        var header = new byte[20];
        header[12] = 0x50;
        Assert.True(TcpHeader.TryParse(header, out var view, out _, out _));
        var segment = new TcpSegment(
            new PacketRef(++_packets, new Timestamp((long)(at * 1_000_000))),
            new TupleKey(Conversation.Client, Conversation.Server),
            TcpSegment.NoWideAddresses,
            Encapsulation.None,
            view,
            new byte[octets],
            new SegmentMeasures(octets, PayloadSum: 0, ChecksumVerdict.Good, TimeToLive: 64, Identification: 0));
        _waits.Add(segment, new TrackedSegment(
            new ConnectionId(0, 0), sender, offset, acknowledged, -1, TcpState.Established, TcpState.Established));
    }
}
