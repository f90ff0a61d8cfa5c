using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

/// <summary>What Wireshark's names select among packets.</summary>
public class PacketFilterTests
{
    [Theory]
    [InlineData("ip", "1 2 3 4 5")]
    [InlineData("ipv6 || !ip", "")]
    [InlineData("tcp.flags.syn == True && tcp.flags.ack == FALSE", "1")]
    [InlineData("ip.src[3] == 2 && ip.src[0:2] == 0a00", "2 5")]
    public void Packets_are_selected_as_Wireshark_does(string filter, string numbers) =>
        Assert.Equal(numbers, Selected(filter, listing => Playbook.Established(listing: listing).Client("GET").Server("200")));

    /// <summary>RFC 7323 §2.2: 0 is 0, whatever it is multiplied with.</summary>
    [Fact]
    public void A_closed_window_is_known_without_the_handshake() =>
        Assert.Equal("2", Selected("tcp.window_size == 0", listing => Playbook.Start(listing: listing)
            .Client("GET").Server(Playbook.Ack, window: 0).Client(Playbook.Ack)));

    [Fact]
    public void To_begin_again_after_idleness_is_no_trouble()
    {
        const string filter = "tcp.analysis.restart_after_idle == true && tcp.analysis.flags == false";
        Assert.Equal("6", Selected(filter, listing => Playbook.Established(listing: listing)
            .Client("GET").Server("200").Wait(5_000).Client("GET")));
    }

    [Fact]
    public void A_repeat_after_a_timeout_is_trouble() =>
        Assert.Equal("5", Selected("tcp.analysis.flags", listing => Playbook.Established(listing: listing)
            .Client("GET").Wait(300).Client("GET", seq: 0)));

    [Theory]
    [InlineData("tcp.analysis.bytes_in_flight == 3", "5")]
    [InlineData("tcp.analysis.bytes_in_flight == 7", "6 7")]
    public void A_FIN_is_no_octet_in_flight(string filter, string numbers) =>
        Assert.Equal(numbers, Selected(filter, listing => Playbook.Established(listing: listing)
            .Client("GE").Server("200").Server(Playbook.FinAck, " OK!").Wait(300).Server(Playbook.FinAck, " OK!", seq: 3)));

    private static string Selected(string filter, Func<ITrackedSegmentSink, Playbook> play)
    {
        var bound = FilterBinder.Bind(filter, FilterScope.Packets, out var error);
        Assert.Null(error);
        var selection = new Selection(bound!);
        play(selection);
        return string.Join(' ', selection.Numbers);
    }

    private sealed class Selection(BoundFilter filter) : ITrackedSegmentSink
    {
        public List<long> Numbers { get; } = [];

        public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
        {
            var own = filter.For(PacketFields.Set)!;
            PacketFields.Write(segment, tracked, own.Begin());
            if (filter.Accepts(own.End()))
            {
                Numbers.Add(segment.Packet.Number);
            }
        }
    }
}
