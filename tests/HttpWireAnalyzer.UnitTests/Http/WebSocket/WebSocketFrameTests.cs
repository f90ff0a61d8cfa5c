using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http.WebSocket;

public sealed class WebSocketFrameTests
{
    /// <summary>RFC 6455 §5.7 has these.</summary>
    [Theory]
    [InlineData("810548656c6c6f", true, WebSocketOpcode.Text, false, 5, 2)]
    [InlineData("818537fa213d7f9f4d5158", true, WebSocketOpcode.Text, true, 5, 6)]
    [InlineData("010348656c", false, WebSocketOpcode.Text, false, 3, 2)]
    [InlineData("80026c6f", true, WebSocketOpcode.Continuation, false, 2, 2)]
    [InlineData("890548656c6c6f", true, WebSocketOpcode.Ping, false, 5, 2)]
    [InlineData("8a8537fa213d7f9f4d5158", true, WebSocketOpcode.Pong, true, 5, 6)]
    [InlineData("827e0100", true, WebSocketOpcode.Binary, false, 256, 4)]
    [InlineData("827f0000000000010000", true, WebSocketOpcode.Binary, false, 65536, 10)]
    public void The_examples_of_the_standard_are_read(
        string octets, bool isFinal, object opcode, bool isMasked, long payloadLength, int headerLength)
    {
        Assert.Equal(ParseStatus.Complete, WebSocketFrame.TryParse(Convert.FromHexString(octets), out var frame));

        Assert.Equal(isFinal, frame.IsFinal);
        Assert.Equal((WebSocketOpcode)opcode, frame.Opcode);
        Assert.Equal(isMasked, frame.IsMasked);
        Assert.Equal((payloadLength, headerLength), (frame.PayloadLength, frame.HeaderLength));
        Assert.True(frame.IsLengthMinimal);
        Assert.False(frame.IsReserved || frame.HasFirstReservedBit || frame.HasOtherReservedBits);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(125, 2, false)]
    [InlineData(126, 2, true)]
    [InlineData(65535, 8, false)]
    [InlineData(65536, 8, true)]
    public void A_length_in_too_many_octets_is_known(int length, int lengthOctets, bool isMinimal)
    {
        var octets = WebSocketFrames.Frame(0x82, new byte[length], masked: true, lengthOctets);
        Assert.Equal(ParseStatus.Complete, WebSocketFrame.TryParse(octets, out var frame));

        Assert.Equal(isMinimal || lengthOctets == 0, frame.IsLengthMinimal);
        Assert.Equal(length, frame.PayloadLength);
    }

    [Fact]
    public void Nothing_is_read_of_a_header_that_is_not_whole()
    {
        var octets = WebSocketFrames.Frame(0x82, new byte[70_000], masked: true);
        for (var length = 0; length < WebSocketFrame.LongestHeader; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, WebSocketFrame.TryParse(octets.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void A_length_beyond_63_bits_is_invalid() =>
        Assert.Equal(ParseStatus.Invalid, WebSocketFrame.TryParse(Convert.FromHexString("827f8000000000000000"), out _));
}
