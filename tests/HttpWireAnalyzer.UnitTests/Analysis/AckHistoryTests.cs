using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>What is kept of one connection's acknowledgments, and of ICMP errors about it.</summary>
public class AckHistoryTests
{
    private const int Kept = 4096;

    private readonly AckHistory _history = new(0);
    private int _packets;

    [Fact]
    public void What_is_not_kept_any_more_is_not_told_late()
    {
        for (var acknowledged = 1; acknowledged <= Kept + 10; acknowledged++)
        {
            Acknowledge(acknowledged);
        }

        Assert.True(_history.FirstCovering(Side.Client, 10).IsNone);
        Assert.Equal(11, _history.FirstCovering(Side.Client, 11).Number);
    }

    [Fact]
    public void ICMP_errors_about_others_take_no_place()
    {
        Acknowledge(1);
        for (var port = 1; port <= 300; port++)
        {
            Report(Conversation.Client with { Port = (ushort)port });
        }

        var own = Report(Conversation.Client);
        Assert.NotNull(_history.ReporterOf(own));
    }

    private PacketRef Report(Endpoint source)
    {
        var packet = new PacketRef(++_packets, default);
        _history.OnIcmpError(new IcmpError(packet, default, Conversation.Server.Address, source, Conversation.Server));
        return packet;
    }

    private void Acknowledge(long offset)
    {
        var header = new byte[20];
        header[12] = 0x50;
        Assert.True(TcpHeader.TryParse(header, out var view, out _, out _));
        var segment = new TcpSegment(
            new PacketRef(++_packets, default),
            new TupleKey(Conversation.Client, Conversation.Server),
            TcpSegment.NoWideAddresses,
            Encapsulation.None,
            view,
            [],
            new SegmentMeasures(0, PayloadSum: 0, ChecksumVerdict.Good, TimeToLive: 64, Identification: 0));
        _history.OnTracked(segment, new TrackedSegment(
            new ConnectionId(0, 0), Side.Client, 0, offset, -1, TcpState.Established, TcpState.Established));
    }
}
