using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using static HttpWireAnalyzer.TestBuilders.Http.WebSocketFrames;

namespace HttpWireAnalyzer.UnitTests.Http.WebSocket;

/// <summary>A WebSocket from its handshake to its end. Packets are a millisecond apart.</summary>
public sealed class WebSocketTests
{
    private const long Millisecond = 1_000_000;
    private const string Line = "\r\n";

    private readonly ExchangeRecorder _recorder = new();

    public static TheoryData<int, int> Cuts
    {
        get
        {
            TheoryData<int, int> cuts = new() { { 0, 0 } };
            for (var at = 1; at < 40; at++)
            {
                cuts.Add(at, 0);
                cuts.Add(0, at);
            }

            return cuts;
        }
    }

    private WebSocketRecord Record => Assert.IsType<WebSocketRecord>(Assert.Single(_recorder.Summaries).Successor);

    [Theory]
    [MemberData(nameof(Cuts))]
    public void A_life_is_the_same_however_it_is_cut(int at, int size)
    {
        Script(new Cut(at, size))
            .Client(Ask + "Sec-WebSocket-Protocol: soap, chat\r\n" + Line)
            .Server(Switched + "Sec-WebSocket-Protocol: chat\r\n" + Line)
            .Send(Side.Client, Text("hello", masked: true))
            .Send(Side.Server, [.. Frame(0x01, "hel"u8, masked: false), .. Ping("1", masked: false), .. Frame(0x80, "lo"u8, masked: false)])
            .Send(Side.Client, Pong("1", masked: true))
            .Wait(500)
            .Send(Side.Server, Frame(0x82, new byte[300], masked: false))
            .Send(Side.Client, Close(1000, "good-bye", masked: true))
            .Send(Side.Server, Close(1000, "", masked: false))
            .Close(StreamEndCause.Fin);

        var record = Record;
        Assert.Equal((Side.Client, "chat", null), (record.Client, record.Handshake.Subprotocol, record.Handshake.Extensions));
        Assert.Equal((3, 1, 5), (record.ClientEnd.Frames, record.ClientEnd.Messages, record.ClientEnd.Octets));
        Assert.Equal((5, 2, 305), (record.ServerEnd.Frames, record.ServerEnd.Messages, record.ServerEnd.Octets));
        Assert.Equal((1, 1, 1), (record.ServerEnd.TextFrames, record.ServerEnd.BinaryFrames, record.ServerEnd.Continuations));
        Assert.Equal((1, 1, 1), (record.Pings, record.Answered, record.ClientEnd.Pongs));
        Assert.Equal(Millisecond, record.LongestRoundTrip);
        Assert.Equal((4, Side.Client), (record.FirstMessage.Number, record.FirstMessageSender));
        Assert.Equal((6, 7, 501 * Millisecond), (record.Silence.From.Number, record.Silence.To.Number, record.Silence.Nanoseconds));
        Assert.Equal((5, 8, 503 * Millisecond), (record.PingGap.From.Number, record.PingGap.To.Number, record.PingGap.Nanoseconds));
        Assert.Equal((1000, Side.Client, 8, "good-bye"), (record.CloseCode, record.Closer, record.FirstClose!.Packet.Number, record.FirstClose.Reason));
        Assert.Equal(9, record.ServerEnd.Close!.Packet.Number);
        Assert.Equal(-1, record.SilenceBeforeClose);
        Assert.Empty(record.Violations);
        Assert.False(record.IsPartial || record.ClientEnd.CutOff || record.ServerEnd.CutOff);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Frames_of_a_client_that_does_not_wait_for_101_are_read(int at, int size)
    {
        Script(new Cut(at, size)).Client(Ask + Line).Send(Side.Client, Text("hi", masked: true)).Server(Switched + Line)
            .Send(Side.Client, Close(1000, "", masked: true)).Send(Side.Server, Close(1000, "", masked: false))
            .Close(StreamEndCause.Fin);

        Assert.Equal((2, 1, 1000, Side.Client), (Record.ClientEnd.Frames, Record.ClientEnd.Messages, Record.CloseCode, Record.Closer));
    }

    [Fact]
    public void Octets_behind_a_request_for_an_upgrade_that_is_refused_are_no_message()
    {
        Script().Client(Ask + Line).Send(Side.Client, Text("hi", masked: true)).Server("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
            .Client("GET / HTTP/1.1\r\nHost: a\r\n\r\n").Server("HTTP/1.1 204 No\r\n\r\n").Close(StreamEndCause.Fin);

        Assert.Equal([403, 204], _recorder.Exchanges.Select(exchange => exchange.Response!.Status));
        Assert.Equal(HttpAnomalies.Cruft, Assert.Single(_recorder.Remarks).Kind);
    }

    [Fact]
    public void Without_a_Close_frame_the_code_is_1006_and_the_silence_before_the_end_is_known()
    {
        Open().Send(Side.Server, Text("hello", masked: false)).Wait(60_000).Close(StreamEndCause.Fin);

        Assert.Equal((1006, null), (Record.CloseCode, Record.FirstClose));
        Assert.Equal(60_003 * Millisecond, Record.SilenceBeforeClose);
        Assert.Equal((4, 60_003 * Millisecond), (Record.LastOctets.Number, Record.Silence.Nanoseconds));
        Assert.Equal(60_004 * Millisecond, Record.PingGap.Nanoseconds);
    }

    [Fact]
    public void An_open_one_has_no_code()
    {
        Open().Send(Side.Server, Text("hello", masked: false)).Close();

        Assert.Equal((WebSocketClose.Unknown, -1), (Record.CloseCode, Record.SilenceBeforeClose));
    }

    [Fact]
    public void A_Close_frame_may_have_no_code()
    {
        Open().Send(Side.Server, Frame(0x88, [], masked: false)).Close(StreamEndCause.Fin);

        Assert.Equal((1005, Side.Server), (Record.CloseCode, Record.Closer));
        Assert.Empty(Record.Violations);
    }

    [Fact]
    public void A_pong_answers_the_latest_ping_with_its_octets_and_those_before()
    {
        Open().Send(Side.Client, Ping("a", masked: true)).Send(Side.Client, Ping("b", masked: true))
            .Send(Side.Server, Pong("x", masked: false)).Send(Side.Server, Pong("b", masked: false))
            .Send(Side.Server, Pong("a", masked: false)).Close(StreamEndCause.Fin);

        Assert.Equal((2, 1, 3), (Record.Pings, Record.Answered, Record.ServerEnd.Pongs));
        Assert.Equal(2 * Millisecond, Record.ClientEnd.LongestRoundTrip);
    }

    [Fact]
    public void Pings_beyond_the_limit_are_not_waited_for()
    {
        var script = Script(limits: HttpLimits.Default with { PingsAwaitingPongs = 2 }).Client(Ask + Line).Server(Switched + Line);
        foreach (var payload in new[] { "a", "b", "c" })
        {
            script.Send(Side.Client, Ping(payload, masked: true));
        }

        script.Send(Side.Server, Pong("a", masked: false)).Close();
        Assert.Equal((3, 0), (Record.Pings, Record.Answered));
    }

    [Theory]
    [InlineData(WebSocketRule.ClientFrameNotMasked, Side.Client, "8100")]
    [InlineData(WebSocketRule.ServerFrameMasked, Side.Server, "818000000000")]
    [InlineData(WebSocketRule.ReservedBitSet, Side.Server, "A100")]
    [InlineData(WebSocketRule.ReservedBitSet, Side.Server, "C100")]
    [InlineData(WebSocketRule.ReservedOpcode, Side.Server, "8300")]
    [InlineData(WebSocketRule.ReservedOpcode, Side.Server, "8F00")]
    [InlineData(WebSocketRule.LengthNotMinimal, Side.Server, "817E0000")]
    [InlineData(WebSocketRule.LengthTooLarge, Side.Server, "817FFFFFFFFFFFFFFFFF")]
    [InlineData(WebSocketRule.ControlFragmented, Side.Server, "0900")]
    [InlineData(WebSocketRule.NothingToContinue, Side.Server, "8000")]
    [InlineData(WebSocketRule.MessageInterrupted, Side.Server, "01008100")]
    [InlineData(WebSocketRule.CloseCodeCut, Side.Server, "880103")]
    [InlineData(WebSocketRule.CloseCodeInvalid, Side.Server, "880203EE")]
    [InlineData(WebSocketRule.FrameAfterClose, Side.Server, "880203E88100")]
    public void What_an_end_must_not_do_is_told_with_its_packet(WebSocketRule rule, Side sender, string octets)
    {
        Open().Send(sender, Convert.FromHexString(octets)).Close();

        Assert.Equal((rule, sender, 4, 1), Told(Assert.Single(Record.Violations)));
    }

    [Fact]
    public void A_control_frame_has_at_most_125_octets()
    {
        Open().Send(Side.Server, Frame(0x89, new byte[126], masked: false)).Send(Side.Server, Ping("a", masked: false)).Close();

        Assert.Equal((WebSocketRule.ControlTooLong, Side.Server, 4, 1), Told(Assert.Single(Record.Violations)));
        Assert.Equal(2, Record.Pings);
    }

    [Fact]
    public void What_is_done_again_is_counted()
    {
        Open().Send(Side.Client, Text("a", masked: false)).Send(Side.Client, Text("b", masked: false)).Close();

        Assert.Equal((WebSocketRule.ClientFrameNotMasked, Side.Client, 4, 2), Told(Assert.Single(Record.Violations)));
    }

    [Fact]
    public void A_reserved_bit_means_compression_where_that_was_agreed()
    {
        Script().Client(Ask + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" + Line)
            .Server(Switched + "Sec-WebSocket-Extensions: permessage-deflate\r\n" + Line)
            .Send(Side.Server, [.. Frame(0x41, "ab"u8, masked: false), .. Frame(0xC0, "c"u8, masked: false)]).Close();

        Assert.Equal((1, 1), (Record.ServerEnd.Messages, Record.ServerEnd.Compressed));
        Assert.Equal((WebSocketRule.ReservedBitSet, Side.Server, 4, 1), Told(Assert.Single(Record.Violations)));
    }

    [Fact]
    public void An_extension_that_is_not_known_may_use_what_is_reserved()
    {
        Script().Client(Ask + "Sec-WebSocket-Extensions: x-ours\r\n" + Line).Server(Switched + "Sec-WebSocket-Extensions: x-ours\r\n" + Line)
            .Send(Side.Server, Convert.FromHexString("F300")).Close();

        Assert.Empty(Record.Violations);
    }

    [Theory]
    [InlineData(WebSocketRule.KeyInvalid, Side.Client, "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZ==")]
    [InlineData(WebSocketRule.VersionNot13, Side.Client, "Version: 13", "Version: 8")]
    [InlineData(WebSocketRule.AcceptWrong, Side.Server, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=")]
    [InlineData(WebSocketRule.AcceptWrong, Side.Server, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "")]
    [InlineData(WebSocketRule.SubprotocolNotOffered, Side.Server, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Accept")]
    [InlineData(WebSocketRule.ExtensionNotOffered, Side.Server, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Accept")]
    public void The_handshake_is_checked(WebSocketRule rule, Side sender, string right, string wrong)
    {
        Script().Client((Ask + Line).Replace(right, wrong, StringComparison.Ordinal))
            .Server((Switched + Line).Replace(right, wrong, StringComparison.Ordinal)).Close();

        Assert.Contains(Record.Violations, violation => Told(violation) == (rule, sender, sender == Side.Client ? 2 : 3, 1));
    }

    [Fact]
    public void A_hole_within_a_payload_is_arithmetic_and_any_other_ends_the_reading()
    {
        var text = Text("hello, hello", masked: false);
        Open().Send(Side.Server, text.AsSpan(0, 4)).Gap(Side.Server, text.Length - 4).Send(Side.Server, text)
            .Gap(Side.Server, 3).Send(Side.Server, text).Close(StreamEndCause.Fin);

        Assert.Equal((2, 2, true), (Record.ServerEnd.Frames, Record.ServerEnd.Messages, Record.ServerEnd.LostPlace));
        Assert.Equal((WebSocketClose.Unknown, -1), (Record.CloseCode, Record.SilenceBeforeClose));
    }

    [Fact]
    public void A_Close_frame_whose_octets_are_missing_has_no_code()
    {
        var close = Close(1000, "", masked: false);
        Open().Send(Side.Server, close.AsSpan(0, 2)).Gap(Side.Server, 2).Close(StreamEndCause.Fin);

        Assert.Equal((WebSocketClose.Unknown, 5), (Record.CloseCode, Record.FirstClose!.Packet.Number));
    }

    [Theory]
    [InlineData("81")]
    [InlineData("8105AA")]
    [InlineData("0100")]
    public void A_stream_may_end_within_a_frame_or_a_message(string octets)
    {
        Open().Send(Side.Server, Convert.FromHexString(octets)).Close(StreamEndCause.Fin);

        Assert.Equal((true, false), (Record.ServerEnd.CutOff, Record.ClientEnd.CutOff));
    }

    [Fact]
    public void A_request_that_was_not_captured_leaves_one_stream_to_read()
    {
        Script().Gap(Side.Client, Ask.Length + 2).Server(Switched + Line).Send(Side.Client, Text("a", masked: true))
            .Send(Side.Server, Text("b", masked: false)).Close();

        Assert.Equal((0, 1, true), (Record.ClientEnd.Frames, Record.ServerEnd.Messages, Record.IsPartial));
        Assert.Empty(Record.Violations);
    }

    [Fact]
    public void Any_octets_are_read_to_their_end() => Prop.ForAll<byte[], byte[], int>((client, server, hole) =>
    {
        ExchangeRecorder recorder = new();
        var script = new StreamScript(new HttpConversations(recorder, HttpLimits.Default)).Client(Ask + Line).Server(Switched + Line)
            .Send(Side.Client, client).Send(Side.Server, server);
        (hole % 2 == 0 ? script : script.Gap(Side.Server, 1 + (hole & 0xFF))).Send(Side.Server, client).Close(StreamEndCause.Reset);
        var record = (WebSocketRecord)recorder.Summaries.Single().Successor!;
        return record.Messages <= record.Frames && record.Answered <= record.Pings
            && record.Violations.Count <= 2 * Enum.GetValues<WebSocketRule>().Length;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_octets_make_the_same_frames_however_they_are_cut() => Prop.ForAll(
        Gen.Choose(0, 255).Select(octet => (byte)octet).ArrayOf().ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(),
        (octets, size) => Play(octets, Cut.Whole) == Play(octets, new Cut(0, size))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static string Play(byte[] octets, Cut cut)
    {
        ExchangeRecorder recorder = new();
        new StreamScript(new HttpConversations(recorder, HttpLimits.Default), cut).Client(Ask + Line).Server(Switched + Line)
            .Send(Side.Client, octets).Send(Side.Server, octets).Close(StreamEndCause.Fin);
        var record = (WebSocketRecord)recorder.Summaries.Single().Successor!;
        return string.Join('\n', record.Violations.Select(violation => violation.ToString())
            .Append($"{record.ClientEnd} {record.ServerEnd} {record.CloseCode} {record.Silence} {record.PingGap}"));
    }

    private static (WebSocketRule Rule, Side Sender, long Packet, long Count) Told(WebSocketViolation violation) =>
        (violation.Rule, violation.Sender, violation.First.Number, violation.Count);

    /// <summary>Packets 2 and 3, after 1, which opened the connection.</summary>
    private StreamScript Open() => Script().Client(Ask + Line).Server(Switched + Line);

    private StreamScript Script(Cut cut = default, HttpLimits? limits = null) =>
        new(new HttpConversations(_recorder, limits ?? HttpLimits.Default), cut);
}
