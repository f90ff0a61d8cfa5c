using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>The scenarios whose truth is known, told by hand: the story must say what the last column says.</summary>
public class StoryTests
{
    [Fact]
    public void Stale_reuse_names_the_fin_that_the_client_had_acknowledged()
    {
        var text = Text(CloseReasonTests.Stale().Tell());
        Assert.Contains("The server closed first (FIN 1.000 s after the last message): an idle timeout, most likely; nothing had announced it.", text);
        Assert.Contains("The server had sent its FIN (#6); 20.0 ms later the client sent POST /x (#8) although it had "
            + "acknowledged that FIN (#7): the request was lost, and the server's kernel answered RST (#9). "
            + "(#6, #7, #8, #9)", text);
        Assert.Contains("Outstanding at the end: POST /x. POST is not safe to repeat.", text);
        Assert.Contains("The longest idle time was 1.000 s, before the close. (#5, #6)", text);
        Assert.Contains("Nobody holds TIME_WAIT", text);
    }

    [Fact]
    public void A_reset_on_an_unread_request_says_that_the_kernel_had_it()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12).Exchange(6013, -1, method: "POST", target: "/pay");
        var rst = talk.Rst(Side.Server, 6014);
        talk.Close = new CloseAnatomy
        {
            How = CloseManner.Reset,
            First = Side.Server,
            Packet = rst,
            ResetOnUnread = true,
            UnreadOctets = 212,
        };
        var story = talk.Tell();
        var unread = Assert.Single(story.Answers.OfType<UnreadAtReset>());
        Assert.True(unread.RequestCovered);
        Assert.Contains("RST and no FIN from the server, whose ACK covers the whole of POST /pay: the kernel had the "
            + "request, the application most likely never read it.", Text(story));
        Assert.StartsWith(
            "POST /pay (#6) was lost: it reached the server's kernel, but the server closed, most likely without reading it (#7).",
            Verdict(story));
    }

    [Fact]
    public void A_cut_response_says_how_much_of_it_came()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12, exchange => exchange with
        {
            End = ExchangeEnd.ResponseTruncated,
            ResponseTrace = exchange.ResponseTrace with { BodyOctets = 10, ExpectedBodyOctets = 100, Complete = false },
        });
        var fin = talk.Fin(Side.Server, 13);
        talk.Close = new CloseAnatomy { How = CloseManner.HalfClosed, First = Side.Server, Packet = fin };
        var text = Text(talk.Tell());
        Assert.Contains("The response of exchange 1 (GET /cart) was cut off: 10 of 100 octets that Content-Length promised.", text);
        Assert.Contains("The capture lacks nothing: no more of the server passed here.", text);
        Assert.Contains("Outstanding at the end: GET /cart. GET is safe to repeat.", text);
        Assert.Contains("The response to GET /cart is incomplete: 10 of 100 octets came before the server closed (#6).", text);
    }

    [Fact]
    public void A_response_after_the_askers_fin_was_cut_off_by_its_sender()
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.Exchange(0.9, 12, exchange => exchange with
        {
            End = ExchangeEnd.ResponseTruncated,
            RequestTrace = exchange.RequestTrace with { Start = talk.Packets[2], End = talk.Packets[2] },
            ResponseTrace = exchange.ResponseTrace with { BodyOctets = 10, ExpectedBodyOctets = 100, Complete = false },
        });
        talk.Fin(Side.Server, 13);
        talk.Close = new CloseAnatomy
        {
            How = CloseManner.Fin,
            First = Side.Client,
            Packet = fin,
            HalfCloseOctets = 10,
            HalfCloseNanoseconds = 12_000_000,
        };
        Assert.StartsWith(
            "The response to GET /cart is incomplete: 10 of 100 octets came before the server closed (#7).",
            Verdict(talk.Tell()));
    }

    [Fact]
    public void What_its_receiver_reset_was_not_left_so_by_its_sender()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12, exchange => exchange with
        {
            End = ExchangeEnd.ResponseTruncated,
            ResponseTrace = exchange.ResponseTrace with { BodyOctets = 10, ExpectedBodyOctets = 100, Complete = false },
        });
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Client, Packet = talk.Rst(Side.Client, 13) };
        var text = Text(talk.Tell());
        Assert.Contains("The capture lacks nothing: the client refused the rest with a RST (#6).", text);
        Assert.DoesNotContain("passed here", text);
    }

    [Fact]
    public void A_request_that_was_answered_before_it_was_whole_tells_why_it_was_given_up()
    {
        var talk = new Conversation().Handshake();
        talk.Exchange(1, 12, exchange => exchange with
        {
            End = ExchangeEnd.RequestTruncated,
            Request = Conversation.Request("POST", "/up"),
            RequestTrace = exchange.RequestTrace with { BodyOctets = 10, ExpectedBodyOctets = 100, Complete = false },
            Response = Conversation.Response(413, ConnectionOptions.Close),
        });
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Client, Packet = talk.Rst(Side.Client, 13) };
        Assert.Contains(
            "The client closed first (RST): it had been answered 413 before it had sent the whole request, and the server had announced its close.",
            Text(talk.Tell()));
    }

    [Fact]
    public void A_request_whose_answer_cannot_be_read_is_not_outstanding()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1, exchange => exchange with { End = ExchangeEnd.ResponseUnreadable });
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Server, Packet = talk.Fin(Side.Server, 100) };
        var text = Text(talk.Tell());
        Assert.Contains("1 request, cold, its answer cannot be read.", text);
        Assert.Contains("Whether anything was outstanding at the end is not known: the last answer cannot be read.", text);
        Assert.DoesNotContain("Outstanding at the end", text);
    }

    [Theory]
    [InlineData(true, "Whether anything was outstanding at the end is not known: the last answer was not captured in full.")]
    [InlineData(false, "Outstanding at the end: GET /cart. GET is safe to repeat.")]
    public void An_answer_that_was_not_captured_to_its_end_is_outstanding_where_it_had_not_begun(bool hadBegun, string expected)
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.AnswerWithoutEnd(hadBegun);
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = fin };
        Assert.Contains(expected, Text(talk.Tell()));
    }

    [Fact]
    public void An_answer_whose_end_met_a_closed_client_was_not_taken()
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.Exchange(0.9, 12, exchange => exchange with
        {
            RequestTrace = exchange.RequestTrace with { Start = talk.Packets[2], End = talk.Packets[2] },
        });
        talk.Rst(Side.Client, 13);
        talk.Close = new CloseAnatomy { How = CloseManner.FinThenReset, First = Side.Client, Packet = fin };
        var text = Text(talk.Tell());
        Assert.Contains("The answer to GET /cart was sent to its end (#6), but the client had closed, and its kernel refused that (#7).", text);
        Assert.DoesNotContain("Nothing was outstanding", text);
    }

    [Fact]
    public void Ordinary_exchanges_become_one_line_between_the_first_and_the_last()
    {
        var talk = new Conversation().Handshake();
        for (var i = 0; i < 12; i++)
        {
            talk.Exchange((100 * i) + 1, (100 * i) + 12);
        }

        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var story = talk.Tell();
        var run = Assert.Single(story.Lines.Select(line => line.Sentence).OfType<ExchangeRun>());
        Assert.Equal((2, 11), (run.First, run.Last));
        Assert.Equal(89_000_000, run.LongestIdle);
        Assert.Equal(2, story.Lines.Count(line => line.Sentence is RequestSent));
    }

    [Theory]
    [InlineData(StoryCollector.ShortestRun + 1, false)]
    [InlineData(StoryCollector.ShortestRun + 2, true)]
    public void A_few_ordinary_exchanges_are_told_in_full(int exchanges, bool folded)
    {
        var talk = new Conversation().Handshake();
        for (var i = 0; i < exchanges; i++)
        {
            talk.Exchange((100 * i) + 1, (100 * i) + 12);
        }

        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var story = talk.Tell();
        Assert.Equal(folded ? 2 : exchanges, story.Lines.Count(line => line.Sentence is RequestSent));
        Assert.Equal(folded, story.Lines.Any(line => line.Sentence is ExchangeRun));
    }

    [Fact]
    public void The_verdict_says_that_a_closed_connection_was_reused() => Assert.Equal(
        "POST /x (#8) was lost: the server had closed the idle connection 20.0 ms before (#6), and the client reused it "
            + "all the same.",
        Verdict(CloseReasonTests.Stale().Tell()));

    [Fact]
    public void The_verdict_names_the_request_that_a_client_gave_up()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1);
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = talk.Fin(Side.Client, 2001) };
        Assert.Equal("GET /cart (#4) was never answered: the client gave up after 2.000 s (#5).", Verdict(talk.Tell()));
    }

    [Fact]
    public void What_ended_well_has_no_verdict()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Server, Packet = talk.Fin(Side.Server, 1012) };
        Assert.Null(talk.Tell().Verdict);
    }

    [Fact]
    public void Fins_that_cross_have_no_first_closer()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        var fin = talk.Fin(Side.Client, 20);
        talk.Fin(Side.Server, 21);
        talk.Close = new CloseAnatomy { How = CloseManner.SimultaneousFin, First = Side.Client, Packet = fin };
        var text = Text(talk.Tell());
        Assert.Contains("Neither closed first: each sent its FIN before it had the other's.", text);
        Assert.DoesNotContain("closes first", text);
    }

    [Fact]
    public void An_acknowledgment_of_the_fin_is_a_line_unless_its_packet_has_one()
    {
        var story = CloseReasonTests.Stale().Tell();
        Assert.Equal(7, Assert.Single(story.Lines, line => line.Sentence is FinAcknowledged).At.Number);
    }

    [Fact]
    public void What_a_tunnel_carries_is_no_reuse()
    {
        var talk = new Conversation().Handshake()
            .Exchange(1, 12, exchange => exchange with { End = ExchangeEnd.Switched }, "CONNECT", "origin:80")
            .Exchange(20, 30, exchange => exchange with { TunnelDepth = 1 });
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = talk.Fin(Side.Client, 31) };
        var story = talk.Tell();
        Assert.Equal((0, -1L), (story.Connection.Reuses, story.Connection.AtClose.Idle));
        var text = Text(story);
        Assert.Contains("1 request, cold, answered.", text);
        Assert.Contains("on it is a tunnel to origin:80, no longer HTTP of this connection", text);
        Assert.Contains("(1 HTTP request in it)", text);
    }

    [Fact]
    public void Answers_that_come_right_behind_a_slow_one_were_held_up_by_it()
    {
        var talk = new Conversation().Handshake().Exchange(1, 500, target: "/slow")
            .Exchange(1, 502, exchange => exchange with { PipelineDepth = 2 })
            .Exchange(1, 503, exchange => exchange with { PipelineDepth = 3 });
        talk.Pipelined();
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var held = Assert.Single(talk.Tell().Answers.OfType<HeldUpByAnswer>());
        Assert.Equal((2, 3_000_000L), (held.Blocked, held.Behind));
    }

    [Fact]
    public void Lines_are_in_capture_order_and_states_assumed_until_shown()
    {
        var story = CloseReasonTests.Stale().Tell();
        Assert.Equal(story.Lines.Select(line => line.At.Number).Order(), story.Lines.Select(line => line.At.Number));
        var synAck = story.Lines.Single(line => line.Sentence is SynAnswered);
        Assert.Equal(new KnownState(TcpState.Established, true), synAck.Client);
        Assert.Equal(new KnownState(TcpState.SynReceived, false), synAck.Server);
        Assert.Contains("ESTABLISHED~", Text(story));
    }

    [Fact]
    public void Every_answer_and_every_line_has_evidence()
    {
        var story = CloseReasonTests.Stale().Tell();
        Assert.All(story.Lines, line => Assert.NotEmpty(line.Sentence.Evidence));
        Assert.All(story.Answers, answer => Assert.NotEmpty(answer.Evidence));
        Assert.IsType<OpenedBy>(story.Answers[0]);
        Assert.Contains(story.Answers, answer => answer is Outstanding);
    }

    [Fact]
    public void A_syn_seen_late_turns_the_whole_story_around()
    {
        var talk = CloseReasonTests.Stale();
        talk.Swapped = true;
        var request = talk.Tell().Lines.First(line => line.Sentence is RequestSent);
        Assert.Equal(Side.Server, request.Sender);
    }

    [Fact]
    public void Targets_from_the_wire_do_not_reach_the_terminal_as_they_are()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12, target: "/\u001b[2J\u009b");
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var text = Text(talk.Tell());
        Assert.Contains(@"/\x1b[2J\x9b", text);
        Assert.DoesNotContain('\u001b', text);
    }

    private static string Verdict(Story story) => new StoryProse(story.Connection, Language.English).Of(story.Verdict!);

    private static string Text(Story story)
    {
        var output = new StringWriter { NewLine = "\n" };
        new StoryText(output, TextStyle.Plain, 10_000, Language.English).Write(story, []);
        return output.ToString();
    }
}
