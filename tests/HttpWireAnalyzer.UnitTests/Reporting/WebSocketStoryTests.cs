using System.Text;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.Http.WebSocketFrames;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>What is told of WebSockets that no capture of the library shows.</summary>
public sealed partial class WebSocketStoryTests
{
    [Fact]
    public void What_was_agreed_on_is_told_and_cannot_reach_the_terminal()
    {
        var story = Story(
            talk => talk.Close(100),
            asks: "Sec-WebSocket-Protocol: a\x1b[2J\r\nSec-WebSocket-Extensions: permessage-deflate\r\n",
            answers: "Sec-WebSocket-Protocol: a\x1b[2J\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");

        Assert.Contains(@"agreed on the subprotocol a\x1b[2J and on permessage-deflate; server_no_context_takeover. No message was sent.", story, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, "The client pinged once; it was answered, after 1.0 ms.")]
    [InlineData(2, 2, "The client pinged 2 times; each was answered, after 1.0 ms at most.")]
    [InlineData(2, 1, "The client pinged 2 times; one of them was answered, after 1.0 ms.")]
    [InlineData(1, 0, "The client pinged once; nobody answered.")]
    public void Pings_are_told_with_their_answers(int pings, int pongs, string expected)
    {
        var story = Story(talk =>
        {
            for (var i = 0; i < pings; i++)
            {
                talk.Send(Side.Client, 10 + (i * 10), TcpFlags.Ack, Written(Ping($"{i}", masked: true)));
                if (i < pongs)
                {
                    talk.Send(Side.Server, 11 + (i * 10), TcpFlags.Ack, Written(Pong($"{i}", masked: false)));
                }
            }
        });

        Assert.Contains(expected, story, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ends_may_ping()
    {
        var story = Story(talk => talk.Send(Side.Client, 10, TcpFlags.Ack, Written(Ping("a", masked: true)))
            .Send(Side.Server, 11, TcpFlags.Ack, Written(Ping("b", masked: false))));

        Assert.Contains("Both ends pinged 2 times", story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Close_frame_s_code_and_text_are_told()
    {
        var story = Story(talk => talk.Send(Side.Server, 10, TcpFlags.Ack, Written(Close(1011, "no\x07 pong", masked: false))).Close(20));

        Assert.Contains(@"The server said Close 1011 (internal error) ""no\x07 pong"" in #7; the client sent no Close frame of its own.", story, StringComparison.Ordinal);
        Assert.Contains("closed first (FIN): the WebSocket had been closed.", story, StringComparison.Ordinal);
    }

    [Fact]
    public void What_broke_a_rule_is_told_with_its_packet()
    {
        var story = Story(talk => talk.Send(Side.Client, 10, TcpFlags.Ack, Written(Text("a", masked: false)) + Written(Text("b", masked: false)))
            .Send(Side.Server, 11, TcpFlags.Ack, Written(Frame(0x83, "a"u8, masked: false))).Close(20));

        Assert.Contains(
            "Against RFC 6455: the client sent a frame without a mask (#7, 2 times); the server used a reserved opcode (#8).", story, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Korean_too()
    {
        var story = Story(
            talk => talk.Send(Side.Client, 10, TcpFlags.Ack, Written(Text("a", masked: false)) + Written(Text("b", masked: false)))
                .Send(Side.Server, 11, TcpFlags.Ack, Written(Frame(0x83, "a"u8, masked: false)))
                .Send(Side.Server, 12, TcpFlags.Ack, Written(Close(1011, "no\x07 pong", masked: false))).Close(20),
            language: "ko");

        Assert.Contains(
            "RFC 6455 위반: 클라이언트가 마스크 없는 프레임을 보냈습니다(#7, 2번); 서버가 예약된 opcode를 썼습니다(#8).", story, StringComparison.Ordinal);
        Assert.Contains(
            @"서버가 Close를 보냈습니다(#9): 1011(내부 오류) ""no\x07 pong"". 클라이언트는 Close 프레임을 보내지 않았습니다.", story, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_octets_are_missing_nothing_is_claimed_of_the_Close_frame()
    {
        var story = Story(talk => talk.Lose(Side.Server, 20).Ack(Side.Client, 10).Send(Side.Server, 11, TcpFlags.Ack, "x").Close(20, Side.Server));

        Assert.Contains("No message was sent, as far as octets were captured that make frames.", story, StringComparison.Ordinal);
        Assert.Contains("No ping was seen.", story, StringComparison.Ordinal);
        Assert.Contains("No Close frame was seen, and octets are missing that may have held one.", story, StringComparison.Ordinal);
        Assert.Contains("the protocol after the upgrade came to its end", story, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_one_is_told_as_such() => Assert.Contains(
        "No Close frame was sent as far as the capture goes.", Story(talk => talk.Send(Side.Server, 11, TcpFlags.Ack, Written(Text("a", masked: false)))), StringComparison.Ordinal);

    /// <summary>Its lines joined, for sentences go over several; packets 1 to 6 open the WebSocket.</summary>
    private static string Story(Action<Talk> goesOn, string asks = "", string answers = "", string language = "en")
    {
        var scene = new Scene();
        goesOn(scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, $"{Ask}{asks}\r\n")
            .Send(Side.Server, 2, TcpFlags.Ack, $"{Switched}{answers}\r\n").Ack(Side.Client, 2.1));
        using var output = new MemoryStream();
        using var error = new StringWriter();
        Hwa.Run(["story", "--lang", language, "-", "0"], new Terminal { Input = new MemoryStream(scene.Capture()), Output = output, Error = error });
        Assert.Equal("", error.ToString());
        return WhiteSpace().Replace(Encoding.UTF8.GetString(output.ToArray()), " ");
    }

    private static string Written(byte[] octets) => Encoding.Latin1.GetString(octets);

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
