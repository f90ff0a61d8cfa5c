using HttpWireAnalyzer.Analysis.Stories;
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
        Assert.Contains("The server closed first (FIN after 1.000 s idle): an idle timeout that nothing announced.", text);
        Assert.Contains("The server had sent its FIN (#6); 20.0 ms later the client sent POST /x (#8) although it had "
            + "acknowledged that FIN (#7): the request was lost, and the server's kernel answered RST (#9). "
            + "POST is not safe to repeat. (#6, #7, #8, #9)", text);
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
            + "request, the application never read it. POST is not safe to repeat.", Text(story));
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
        Assert.Contains("Outstanding at the end: GET /cart. GET is safe to repeat.", text);
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
        Assert.Equal((2, 11, 10), (run.First, run.Last, run.Count));
        Assert.Equal(89_000_000, run.LongestIdle);
        Assert.Equal(2, story.Lines.Count(line => line.Sentence is RequestSent));
    }

    [Fact]
    public void A_single_ordinary_exchange_is_told_in_full()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12).Exchange(101, 112).Exchange(201, 212);
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var story = talk.Tell();
        Assert.Equal(3, story.Lines.Count(line => line.Sentence is RequestSent));
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

    private static string Text(Story story)
    {
        var output = new StringWriter { NewLine = "\n" };
        new StoryText(output, TextStyle.Plain, 10_000).Write(story);
        return output.ToString();
    }
}
