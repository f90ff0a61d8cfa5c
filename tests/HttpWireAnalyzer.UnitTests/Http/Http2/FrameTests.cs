using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http.Http2;

/// <summary>The views of frames (RFC 9113 §4.1, §6).</summary>
public sealed class FrameTests
{
    [Fact]
    public void A_header_is_nine_octets()
    {
        byte[] octets = [0x01, 0x02, 0x03, 0x01, 0x25, 0x80, 0x00, 0x00, 0x07, 0xFF];

        Assert.Equal(ParseStatus.Complete, Http2FrameHeader.TryParse(octets, out var header, out _));
        Assert.Equal((0x010203, Http2FrameType.Headers, 7), (header.Length, header.Type, header.Stream));
        Assert.Equal(
            Http2FrameFlags.EndStream | Http2FrameFlags.EndHeaders | Http2FrameFlags.Priority, header.Flags);
        for (var length = 0; length < Http2FrameHeader.Octets; length++)
        {
            Assert.Equal(ParseStatus.NeedMore, Http2FrameHeader.TryParse(octets.AsSpan(0, length), out _, out _));
        }
    }

    [Theory]
    [InlineData(0x2, 0, 4, 1, "WrongLength")]
    [InlineData(0x3, 0, 5, 1, "WrongLength")]
    [InlineData(0x4, 0, 5, 0, "WrongLength")]
    [InlineData(0x4, 1, 6, 0, "WrongLength")]
    [InlineData(0x6, 0, 7, 0, "WrongLength")]
    [InlineData(0x7, 0, 7, 0, "WrongLength")]
    [InlineData(0x8, 0, 3, 0, "WrongLength")]
    [InlineData(0x0, 0, 1, 0, "WrongStream")]
    [InlineData(0x1, 0, 1, 0, "WrongStream")]
    [InlineData(0x9, 0, 1, 0, "WrongStream")]
    [InlineData(0x4, 0, 6, 1, "WrongStream")]
    [InlineData(0x6, 0, 8, 1, "WrongStream")]
    [InlineData(0x7, 0, 8, 1, "WrongStream")]
    [InlineData(0x8, 0, 4, 0, "None")]
    [InlineData(0x8, 0, 4, 9, "None")]
    [InlineData(0x4, 1, 0, 0, "None")]
    [InlineData(0xFA, 0xFF, 3, 0, "None")]
    public void A_header_that_breaks_a_rule_of_its_type_is_invalid(byte type, byte flags, byte length, byte stream, string problem)
    {
        var status = Http2FrameHeader.TryParse([0, 0, length, type, flags, 0, 0, 0, stream], out _, out var found);

        Assert.Equal(problem, found.ToString());
        Assert.Equal(problem == "None" ? ParseStatus.Complete : ParseStatus.Invalid, status);
    }

    [Fact]
    public void Padding_priority_and_promise_stand_around_the_fragment()
    {
        var all = Http2FrameFlags.Padded | Http2FrameFlags.Priority;

        Assert.True(FieldBlockPayload.TryParse(Http2FrameType.Headers, all, [2, 0, 0, 0, 3, 15, 0x82, 0x84, 0, 0], out var block));
        Assert.Equal([0x82, 0x84], block.Fragment.ToArray());
        Assert.True(FieldBlockPayload.TryParse(Http2FrameType.PushPromise, Http2FrameFlags.Padded, [1, 0, 0, 0, 2, 0x82, 0], out block));
        Assert.Equal(2, block.PromisedStream);
        Assert.Equal([0x82], block.Fragment.ToArray());
        Assert.False(FieldBlockPayload.TryParse(Http2FrameType.Headers, all, [3, 0, 0, 0, 3, 15, 0x82, 0x84], out _));
        Assert.False(FieldBlockPayload.TryParse(Http2FrameType.Headers, Http2FrameFlags.Padded, [], out _));
        Assert.False(FieldBlockPayload.TryParse(Http2FrameType.PushPromise, Http2FrameFlags.None, [0, 0, 2], out _));
    }

    [Fact]
    public void Payloads_of_the_connection()
    {
        Assert.True(SettingsPayload.TryParse([0, 3, 0, 0, 0, 100, 0, 5, 0, 0, 0x40, 0], out var settings));
        Assert.Equal(2, settings.Count);
        Assert.Equal((Http2SettingKind.MaxConcurrentStreams, 100u), settings[0]);
        Assert.Equal((Http2SettingKind.MaxFrameSize, 16384u), settings[1]);
        Assert.True(GoAwayPayload.TryParse([0x80, 0, 0, 5, 0, 0, 0, 2, (byte)'x'], out var goAway));
        Assert.Equal((5, 2u), (goAway.LastStream, goAway.Code));
        Assert.True(RstStreamPayload.TryParse([0, 0, 0, 8], out var reset));
        Assert.Equal(Http2ErrorCode.Cancel, Http2ErrorCodes.Read(reset.Code));
        Assert.Equal(Http2ErrorCode.NoError, Http2ErrorCodes.Read(0));
        Assert.Equal(Http2ErrorCode.Http11Required, Http2ErrorCodes.Read(0xD));
        Assert.Equal(Http2ErrorCode.Other, Http2ErrorCodes.Read(0xE));
        Assert.Equal(Http2ErrorCode.Other, Http2ErrorCodes.Read(uint.MaxValue));
        Assert.True(WindowUpdatePayload.TryParse([0x80, 0, 0, 1], out var update));
        Assert.Equal(1, update.Increment);
        Assert.False(WindowUpdatePayload.TryParse([0, 0, 0, 0], out _));
    }

    [Fact]
    public void Only_whole_faultless_frames_are_a_run()
    {
        var frames = Http2Octets.Begin.Status(1, 200).Data(1, "hello").ToArray();

        Assert.True(FrameRun.Is(frames));
        Assert.True(FrameRun.Is(frames.AsSpan(0, frames.Length - 1)), "DATA may be cut off");
        Assert.False(FrameRun.Is(frames.AsSpan(0, 10)), "HEADERS may not");
        Assert.False(FrameRun.Is(frames.AsSpan(1)));
        Assert.False(FrameRun.Is(Http2Octets.Begin.Frame(9, 4, 1, 0x82).ToArray()), "CONTINUATION goes on with what is lost");
        Assert.True(FrameRun.Is(Http2Octets.Begin.Frame(1, 0, 1, 0x88).Frame(9, 4, 1, 0x82).Data(1, "hello").ToArray()));
        Assert.False(FrameRun.Is(Http2Octets.Begin.Frame(1, 0, 1, 0x88).Frame(9, 4, 3, 0x82).ToArray()), "of another block");
        Assert.False(FrameRun.Is(Http2Octets.Begin.Frame(1, 0, 1, 0x88).Data(1, "hello").ToArray()), "nothing stands between");
        Assert.False(FrameRun.Is("GET / HTTP/1.1\r\n\r\n"u8));
        Assert.False(FrameRun.Is([]));
    }
}
