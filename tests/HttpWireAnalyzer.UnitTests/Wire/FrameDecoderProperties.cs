using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire;

public sealed class FrameDecoderProperties
{
    [Fact]
    public void Any_octets_of_any_link_type_give_one_call()
    {
        var runs =
            from linkType in Gen.Elements(Enum.GetValues<LinkType>())
            from length in Gen.Choose(0, 200)
            from octets in Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), length)
            from original in Gen.Choose(0, 300)
            select (linkType, octets, original);

        // Take checks the calls and the sums itself.
        Prop.ForAll(Arb.From(runs), run => new Decoding().Take(run.octets, run.linkType, run.original).Counts.Packets == 1)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Any_damage_to_a_deep_packet_gives_one_call()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 7, 0, .. FrameBuilder.Ethernet(Packet6)];
        var outer = FrameBuilder.Ipv4(
            Client.Address, Server.Address, FrameBuilder.UdpProtocol, FrameBuilder.Udp(1, 4789, vxlan));
        byte[] gre = [0x30, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0, 2, .. outer];
        var whole = FrameBuilder.Ethernet(0x8100, FrameBuilder.VlanTag(
            3, FrameBuilder.Ipv4Type, FrameBuilder.Ipv4(Client.Address, Server.Address, 47, gre)));
        var runs = Gen.ListOf(
            from at in Gen.Choose(0, whole.Length - 1)
            from value in ArbMap.Default.GeneratorFor<byte>()
            select (at, value), 3);
        var decoding = new Decoding();

        Prop.ForAll(Arb.From(runs), run =>
        {
            var damaged = whole.ToArray();
            foreach (var (at, value) in run)
            {
                damaged[at] = value;
            }

            decoding.Take(damaged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void A_plain_frame_says_what_the_walk_says_of_its_packet()
    {
        var runs =
            from damage in Gen.ListOf(
                from at in Gen.Choose(0, Packet4.Length - 1)
                from value in Gen.Choose(0, 255)
                select (at, value), 2)
            from length in Gen.Choose(0, 80)
            select (damage, length);

        Prop.ForAll(Arb.From(runs), run =>
        {
            var packet = Packet4.ToArray();
            foreach (var (at, value) in run.damage)
            {
                packet[at] = (byte)value;
            }

            packet = [.. packet.Take(run.length)];
            var plain = new Decoding().Take(FrameBuilder.Ethernet(FrameBuilder.Ipv4Type, packet));
            var walked = new Decoding().Take(packet, LinkType.Ipv4);
            Assert.Equivalent(walked.Sink.Segments, plain.Sink.Segments, strict: true);
            Assert.Equal(walked.Sink.Others, plain.Sink.Others);
            Assert.Equal(
                walked.Sink.Undecodable.Select(call => call.Error),
                plain.Sink.Undecodable.Select(call => call.Error with { Offset = call.Error.Offset - 14 }));
            Assert.Equivalent(walked.Counts, plain.Counts, strict: true);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Segments_allocate_nothing()
    {
        var sink = new CountingSink();
        var decoder = new FrameDecoder(sink, DecoderLimits.Default);
        byte[][] frames = [FrameBuilder.Ethernet(Packet4), FrameBuilder.Ethernet(Packet6), new byte[60]];

        Assert.Equal(0, Allocation.LeastOf(_ => Run(decoder, frames, 1000)));
        Assert.Equal(10_000, sink.Segments);
    }

    private static void Run(FrameDecoder decoder, byte[][] frames, int times)
    {
        for (var time = 0; time < times; time++)
        {
            foreach (var frame in frames)
            {
                decoder.Decode(new PacketRecord(default, 0, frame.Length, frame.Length, LinkType.Ethernet, 0), frame);
            }
        }
    }

    private sealed class CountingSink : ISegmentSink
    {
        public int Segments { get; private set; }

        public void OnSegment(in TcpSegment segment) => Segments++;

        public void OnIcmpError(in IcmpError error)
        {
        }

        public void OnOther(PacketRef packet, OtherPacket kind)
        {
        }

        public void OnUndecodable(in UndecodablePacket packet)
        {
        }
    }
}
