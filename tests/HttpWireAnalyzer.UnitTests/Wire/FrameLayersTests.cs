using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Wire;

public sealed class FrameLayersTests
{
    [Fact]
    public void The_headers_of_a_frame_stand_behind_each_other()
    {
        byte[] frame =
        [
            .. new byte[12], 0x81, 0x00, 0x00, 0x05, 0x08, 0x00,
            0x45, 0, 0, 42, 0, 0, 0, 0, 64, 6, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
            .. new byte[12], 0x50, 0x18, .. new byte[6], (byte)'h', (byte)'i',
            0, 0, 0, 0,
        ];
        Assert.Equal(
            [
                new(LayerKind.Ethernet, 0, 14), new(LayerKind.Vlan, 14, 4), new(LayerKind.Ipv4, 18, 20), new(LayerKind.Tcp, 38, 20),
                new(LayerKind.Payload, 58, 2),
            ],
            FrameLayers.Of(RecordOf(frame, LinkType.Ethernet), frame));
    }

    [Fact]
    public void A_frame_that_is_cut_has_the_headers_that_are_whole()
    {
        var frame = new byte[20];
        frame[12] = 8;
        Assert.Equal(LayerKind.Ethernet, FrameLayers.Of(RecordOf(frame, LinkType.Ethernet), frame)[0].Kind);
        Assert.Empty(FrameLayers.Of(RecordOf([], LinkType.Ethernet), []));
    }

    [Fact]
    public void Of_any_octets_the_headers_lie_within_the_frame()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var frame = new byte[random.Next(200)];
            random.NextBytes(frame);
            if (frame.Length > 40 && i % 2 == 0)
            {
                (frame[12], frame[13], frame[14], frame[23]) = (8, 0, 0x45, (byte)(i % 4 == 0 ? 6 : 17));
            }

            var end = 0;
            foreach (var layer in FrameLayers.Of(RecordOf(frame, LinkType.Ethernet), frame))
            {
                Assert.True(layer.Offset >= end && layer.Length > 0 && layer.End <= frame.Length, $"{layer} of {frame.Length}");
                end = layer.Offset;
            }
        }
    }

    private static PacketRecord RecordOf(byte[] frame, LinkType type) =>
        new(new PacketRef(1, default), 0, frame.Length, frame.Length, type, 0);
}
