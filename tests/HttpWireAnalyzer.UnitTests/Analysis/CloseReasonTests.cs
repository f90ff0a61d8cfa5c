using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>Each reason, and that it wins over those after it.</summary>
public class CloseReasonTests
{
    private static readonly Persistence Persists = new(PersistenceVerdict.Persistent, PersistenceRule.Http11Default);

    [Fact]
    public void A_server_that_closes_at_its_announced_timeout_kept_its_word()
    {
        var verdict = AfterOneExchange(idle: 6005, announced: 5);
        Assert.Equal(CloseReason.AnnouncedIdleTimeout, verdict.Reason);
    }

    [Theory]
    [InlineData(3900, CloseReason.EarlierThanAnnounced)]
    [InlineData(4600, CloseReason.AnnouncedIdleTimeout)]
    [InlineData(6900, CloseReason.AnnouncedIdleTimeout)]
    [InlineData(7100, CloseReason.IdleClose)]
    [InlineData(100, CloseReason.ServerClosedUnannounced)]
    public void The_announced_timeout_has_a_grain(double idle, CloseReason expected) =>
        Assert.Equal(expected, AfterOneExchange(idle, announced: 5).Reason);

    [Fact]
    public void An_announced_timeout_of_no_second_is_kept_at_once()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=0\r\n").Close(3, Side.Server);
        Assert.Equal(CloseReason.AnnouncedIdleTimeout, scene.Record().Close.Reason);
    }

    [Theory]
    [InlineData("Connection: close\r\n", "", CloseReason.CloseInRequest)]
    [InlineData("", "Connection: close\r\n", CloseReason.CloseInResponse)]
    public void A_close_that_was_announced_stands_whatever_exchange_follows(string request, string response, CloseReason expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: request).Response(2, fields: response).Ack(Side.Client, 2.1).Exchange(3)
            .Close(4.2, Side.Server);
        Assert.Equal(expected, scene.Record().Close.Reason);
    }

    [Fact]
    public void A_GOAWAY_announces_a_close_of_a_connection_without_a_stream()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Text(Http2Octets.Client))
            .Send(Side.Server, 2, TcpFlags.Ack, Text(Http2Octets.Begin.Settings().GoAway(0))).Close(3, Side.Server);
        Assert.Equal(CloseReason.Goaway, scene.Record().Close.Reason);
    }

    private static string Text(Http2Octets octets) => Encoding.Latin1.GetString(octets.ToArray());

    [Theory]
    [InlineData(Side.Server, 1000, CloseReason.IdleClose)]
    [InlineData(Side.Client, 1000, CloseReason.IdleClose)]
    [InlineData(Side.Client, 1, CloseReason.ClientDone)]
    [InlineData(Side.Server, 1, CloseReason.ServerClosedUnannounced)]
    public void Without_a_promise_idleness_decides(Side closer, double idle, CloseReason expected) =>
        Assert.Equal(expected, AfterOneExchange(idle, closer: closer).Reason);

    [Theory]
    [InlineData(PersistenceRule.CloseInRequest, CloseReason.CloseInRequest)]
    [InlineData(PersistenceRule.CloseInResponse, CloseReason.CloseInResponse)]
    [InlineData(PersistenceRule.CloseDelimited, CloseReason.CloseDelimitedBody)]
    [InlineData(PersistenceRule.Http10Default, CloseReason.Http10Default)]
    public void What_a_message_announced_wins_over_idleness(PersistenceRule rule, CloseReason expected)
    {
        var verdict = AfterOneExchange(idle: 5100, announced: 5, persistence: new Persistence(PersistenceVerdict.Closes, rule));
        Assert.Equal(expected, verdict.Reason);
        Assert.Equal(rule == PersistenceRule.CloseInRequest ? 4 : 5, verdict.Evidence.Number);
    }

    [Fact]
    public void The_close_option_wins_over_max()
    {
        var close = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
        Assert.Equal(CloseReason.CloseInResponse, AfterOneExchange(idle: 1, persistence: close, max: 1).Reason);
        Assert.Equal(CloseReason.MaxRequestsReached, AfterOneExchange(idle: 1, max: 1).Reason);
    }

    [Fact]
    public void An_answer_that_announces_the_close_announces_it_for_an_unfinished_request_too()
    {
        var announcing = Conversation.Response(408, ConnectionOptions.Close);
        var talk = new Conversation().Handshake().Exchange(1, 1000, exchange => exchange with
        {
            End = ExchangeEnd.RequestTruncated,
            Response = announcing,
            RequestTrace = exchange.RequestTrace with { Complete = false },
            ResponseTrace = exchange.ResponseTrace with { Complete = true },
            Persistence = default,
        });
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Server, Packet = talk.Fin(Side.Server, 1001) };
        Assert.Equal(CloseReason.CloseInResponse, talk.Record().Close.Reason);
        Assert.Equal(5, talk.Record().Close.Evidence.Number);
    }

    [Theory]
    [InlineData(ConnectionOptions.KeepAlive, 2000, CloseReason.IdleClose)]
    [InlineData(ConnectionOptions.KeepAlive, 1, CloseReason.Http10Default)]
    [InlineData(ConnectionOptions.None, 2000, CloseReason.Http10Default)]
    public void A_server_that_grants_keep_alive_to_who_has_not_asked_can_still_be_idle(
        ConnectionOptions said, double idle, CloseReason expected)
    {
        var talk = new Conversation().Handshake().Exchange(1, 12, exchange => exchange with
        {
            Response = Conversation.Response(200, said),
            Persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.Http10Default),
        });
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Server, Packet = talk.Fin(Side.Server, 12 + idle) };
        Assert.Equal(expected, talk.Record().Close.Reason);
    }

    [Fact]
    public void An_answer_that_was_lost_behind_the_tap_does_not_make_the_connection_idle()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        var copy = talk.SentAgain(Side.Server, 950);
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = talk.Fin(Side.Client, 971) };
        var record = talk.Record();
        Assert.Equal(CloseReason.ClientDone, record.Close.Reason);
        Assert.Equal((copy, 21_000_000), (record.AtClose.IdleFrom, record.AtClose.Idle));
    }

    [Fact]
    public void A_hole_of_the_capture_that_the_client_did_not_have_leaves_the_response_whole()
    {
        var talk = new Conversation().Handshake();
        var request = talk.At(1);
        var response = talk.At(2);
        talk.AcknowledgesUnseen(Side.Client, 2.1);
        var fin = talk.Fin(Side.Client, 3);
        talk.Exchange(1, 5, exchange => exchange with
        {
            RequestTrace = exchange.RequestTrace with { Start = request, HeadEnd = request, End = request },
            ResponseTrace = exchange.ResponseTrace with { Start = response, HeadEnd = response, Complete = true, MissingOctets = 1448 },
        });
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = fin };
        Assert.Equal(CloseReason.ClientDone, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_request_that_ends_behind_its_response_begins_the_idle_time()
    {
        var talk = new Conversation().Handshake();
        talk.Exchange(1, 12, exchange => exchange with
        {
            RequestTrace = exchange.RequestTrace with { End = talk.At(500) },
        });
        talk.Close = Closed(talk.Fin(Side.Client, 600), Side.Client);
        Assert.Equal(100_000_000, talk.Record().AtClose.Idle);
        Assert.Equal(6, talk.Record().AtClose.IdleFrom.Number);
        Assert.Equal(CloseReason.ClientDone, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_copy_that_nobody_needed_leaves_it_idle()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.SentAgain(Side.Server, 950, needed: false);
        talk.Close = new CloseAnatomy { How = CloseManner.Fin, First = Side.Client, Packet = talk.Fin(Side.Client, 971) };
        Assert.Equal(CloseReason.IdleClose, talk.Record().Close.Reason);
    }

    [Fact]
    public void Probes_of_a_closed_window_do_not_say_that_the_other_end_is_gone()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.WindowCloses(Side.Client, 20);
        talk.Probe(Side.Server, 300);
        talk.Probe(Side.Server, 700);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = talk.Rst(Side.Server, 900) };
        Assert.Equal(CloseReason.Reset, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_reset_wins_over_what_messages_announced()
    {
        var talk = Talk(new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse), method: "GET");
        var rst = talk.Rst(Side.Server, 100);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = rst };
        Assert.Equal(new CloseVerdict(CloseReason.Reset, rst), talk.Record().Close);
    }

    [Fact]
    public void A_reset_on_unread_octets_wins_over_a_plain_reset()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1);
        var rst = talk.Rst(Side.Server, 100);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = rst, ResetOnUnread = true };
        Assert.Equal(new CloseVerdict(CloseReason.ResetOnUnread, rst), talk.Record().Close);
    }

    [Fact]
    public void A_client_that_resets_once_it_has_its_answer_is_not_said_to_have_left_it_unread()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        var rst = talk.Rst(Side.Client, 100);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Client, Packet = rst, ResetOnUnread = true };
        Assert.Equal(CloseReason.Reset, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_server_that_answers_early_and_resets_left_the_request_unread()
    {
        var close = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
        var talk = new Conversation().Handshake().Exchange(
            1, 12, exchange => exchange with { Persistence = close, RequestTrace = exchange.RequestTrace with { BodyOctets = 60_000 } });
        var rst = talk.Rst(Side.Server, 62);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = rst };
        Assert.Equal(CloseReason.ResetOnUnread, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_request_after_the_fin_does_not_change_why_the_fin_was_sent()
    {
        var talk = Stale();
        var record = talk.Record();
        Assert.Equal(CloseReason.IdleClose, record.Close.Reason);
        Assert.Equal(1_000_000_000, record.AtClose.Idle);
    }

    [Fact]
    public void Requests_after_the_fin_are_counted_and_their_idle_time_is_not()
    {
        var record = Stale().Record();
        Assert.Equal(1, record.AtClose.RequestsAfter);
        Assert.False(record.AtClose.Outstanding);
        Assert.Equal(1_000_000_000, record.MaxIdle);
    }

    [Fact]
    public void A_reset_after_probes_that_nobody_answered_gives_the_other_end_up()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.Probe(Side.Server, 1012);
        talk.Probe(Side.Server, 2012);
        talk.ServerIsAloneFrom(5);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = talk.Rst(Side.Server, 3012) };
        var record = talk.Record();
        Assert.Equal(CloseReason.PeerGone, record.Close.Reason);
        Assert.Equal(2, record.AtClose.UnansweredProbes);
    }

    [Fact]
    public void A_reset_after_answered_probes_has_another_reason()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.Probe(Side.Server, 1012);
        talk.ProbeAnswer(Side.Client, 1013);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = talk.Rst(Side.Server, 3012) };
        Assert.Equal(CloseReason.Reset, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_client_that_gives_up_did_not_close_because_it_had_said_so()
    {
        var close = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInRequest);
        var talk = new Conversation().Handshake().Exchange(1, -1, exchange => exchange with { Persistence = close });
        talk.Close = Closed(talk.Fin(Side.Client, 5000), Side.Client);
        Assert.Equal(CloseReason.ClosedWhileOutstanding, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_close_that_was_announced_stands_for_the_requests_behind_it()
    {
        var close = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
        var talk = new Conversation().Handshake()
            .Exchange(1, 12, exchange => exchange with { Persistence = close })
            .Exchange(2, -1, exchange => exchange with { PipelineDepth = 2 });
        talk.Close = Closed(talk.Fin(Side.Server, 13), Side.Server);
        Assert.Equal(CloseReason.CloseInResponse, talk.Record().Close.Reason);
    }

    [Fact]
    public void An_answer_to_nothing_announces_a_close_and_ends_no_idle_time()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12).Exchange(5000, 5000, exchange => exchange with
        {
            End = ExchangeEnd.Unsolicited,
            Request = null,
            RequestTrace = default,
            Response = Conversation.Response(408, ConnectionOptions.Close),
            Persistence = default,
        });
        talk.Close = Closed(talk.Fin(Side.Server, 5012), Side.Server);
        var record = talk.Record();
        Assert.Equal((CloseReason.CloseInResponse, 7), (record.Close.Reason, record.Close.Evidence.Number));
        Assert.Equal(5_000_000_000, record.AtClose.Idle);
    }

    [Fact]
    public void Without_the_last_answer_nobody_knows_how_long_it_was_idle()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12)
            .Exchange(100, -1, exchange => exchange with { End = ExchangeEnd.ResponseNotCaptured });
        talk.Close = Closed(talk.Fin(Side.Client, 200), Side.Client);
        var record = talk.Record();
        Assert.Equal((CloseReason.Unknown, -1L), (record.Close.Reason, record.AtClose.Idle));
    }

    [Theory]
    [InlineData(true, CloseReason.Unknown)]
    [InlineData(false, CloseReason.ClosedWhileOutstanding)]
    public void Whether_an_answer_was_over_is_not_known_where_its_end_is_in_a_hole_that_shows_behind_the_close(
        bool hadBegun, CloseReason expected)
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.AnswerWithoutEnd(hadBegun);
        talk.Close = Closed(fin, Side.Client);
        var record = talk.Record();
        Assert.Equal((expected, !hadBegun, -1L), (record.Close.Reason, record.AtClose.Outstanding, record.AtClose.Idle));
    }

    [Fact]
    public void Whether_an_answer_that_cannot_be_read_was_over_is_not_known()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1, exchange => exchange with { End = ExchangeEnd.ResponseUnreadable });
        talk.Close = Closed(talk.Fin(Side.Server, 100), Side.Server);
        var record = talk.Record();
        Assert.Equal((CloseReason.Unknown, false, -1L), (record.Close.Reason, record.AtClose.Outstanding, record.AtClose.Idle));
    }

    [Fact]
    public void Nobody_waits_for_the_end_of_an_answer_to_nothing()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        var fin = talk.Fin(Side.Server, 5012);
        talk.Exchange(5001, 5013, exchange => exchange with
        {
            End = ExchangeEnd.Unsolicited,
            Request = null,
            RequestTrace = default,
            Response = Conversation.Response(408, ConnectionOptions.Close),
            ResponseTrace = exchange.ResponseTrace with { Start = talk.Packets[^3], HeadEnd = talk.Packets[^3], Complete = false },
            Persistence = default,
        });
        talk.Close = Closed(fin, Side.Server);
        var record = talk.Record();
        Assert.Equal((CloseReason.CloseInResponse, false), (record.Close.Reason, record.AtClose.Outstanding));
    }

    [Fact]
    public void Behind_a_request_with_the_close_option_the_server_answers_nothing()
    {
        var talk = new Conversation().Handshake()
            .Exchange(1, 12, exchange => exchange with
            {
                Persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInRequest),
            })
            .Exchange(13, -1);
        talk.Close = Closed(talk.Fin(Side.Server, 14), Side.Server);
        Assert.Equal(CloseReason.CloseInRequest, talk.Record().Close.Reason);
    }

    [Fact]
    public void An_answer_behind_the_askers_fin_announced_no_close()
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.Exchange(0.9, 299, exchange => exchange with
        {
            Persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse),
            RequestTrace = exchange.RequestTrace with { Start = talk.Packets[2], End = talk.Packets[2] },
            ResponseTrace = exchange.ResponseTrace with { HeadEnd = exchange.ResponseTrace.Start },
        });
        talk.Close = Closed(fin, Side.Client);
        Assert.Equal(CloseReason.ClosedWhileOutstanding, talk.Record().Close.Reason);
    }

    [Fact]
    public void An_answer_that_nobody_could_read_is_over_where_a_later_one_is_whole()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1).Exchange(100, 112);
        talk.Close = Closed(talk.Fin(Side.Client, 113), Side.Client);
        Assert.Equal(CloseReason.ClientDone, talk.Record().Close.Reason);
    }

    [Fact]
    public void A_body_that_ends_with_the_connection_leaves_no_idle_time()
    {
        var untilClose = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseDelimited);
        var talk = new Conversation().Handshake();
        talk.Exchange(1, 12, exchange => exchange with
        {
            Persistence = untilClose,
            End = ExchangeEnd.CompleteByClose,
        });
        var fin = talk.Packets[^1];
        talk.Close = Closed(fin, Side.Server);
        var record = talk.Record();
        Assert.Equal((CloseReason.CloseDelimitedBody, -1L), (record.Close.Reason, record.AtClose.Idle));
    }

    [Fact]
    public void A_fin_in_mid_exchange_is_no_idle_close()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1);
        talk.Close = Closed(talk.Fin(Side.Client, 5000), Side.Client);
        Assert.Equal(CloseReason.ClosedWhileOutstanding, talk.Record().Close.Reason);
    }

    [Fact]
    public void An_answer_after_the_askers_fin_makes_it_a_half_close()
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.Exchange(0.9, 299, exchange => exchange with { RequestTrace = exchange.RequestTrace with { Start = talk.Packets[2], End = talk.Packets[2] } });
        talk.Close = Closed(fin, Side.Client) with { HalfCloseOctets = 43, HalfCloseNanoseconds = 298_000_000 };
        Assert.Equal(CloseReason.HalfClose, talk.Record().Close.Reason);
    }

    [Theory]
    [InlineData(CloseManner.Fin, CloseReason.HalfClose)]
    [InlineData(CloseManner.FinThenReset, CloseReason.ClosedWhileOutstanding)]
    public void Who_read_on_to_the_senders_own_end_did_not_leave(CloseManner how, CloseReason expected)
    {
        var talk = new Conversation().Handshake();
        var fin = talk.Fin(Side.Client, 1);
        talk.Exchange(0.9, 299, exchange => exchange with
        {
            End = ExchangeEnd.ResponseTruncated,
            RequestTrace = exchange.RequestTrace with { Start = talk.Packets[2], End = talk.Packets[2] },
            ResponseTrace = exchange.ResponseTrace with { Complete = false },
        });
        talk.Close = Closed(fin, Side.Client) with { How = how, HalfCloseOctets = 43 };
        Assert.Equal(expected, talk.Record().Close.Reason);
    }

    [Theory]
    [InlineData(3, 4, -1, CloseReason.Unknown)]
    [InlineData(3, 5, 1, CloseReason.Unknown)]
    [InlineData(3, 1200, 1196, CloseReason.IdleClose)]
    public void An_answer_without_its_end_lasts_as_long_as_octets_come(
        double lastAt, double closeAt, double idle, CloseReason expected)
    {
        var talk = new Conversation().Handshake().Exchange(1, 2, exchange => exchange with
        {
            End = ExchangeEnd.ResponseNotCaptured,
            Persistence = default,
            ResponseTrace = exchange.ResponseTrace with { Complete = false, Rule = BodyRule.None },
        });
        var last = idle < 0 ? default : talk.At(lastAt + 1);
        talk.Close = Closed(talk.Fin(Side.Server, closeAt), Side.Server);
        talk.LastOctets = last.IsNone ? talk.Close.Packet : last;
        var record = talk.Record();
        Assert.Equal((expected, idle), (record.Close.Reason, record.AtClose.Idle < 0 ? -1 : record.AtClose.Idle / 1e6));
    }

    [Theory]
    [InlineData(CloseManner.Open, CloseReason.StillOpen)]
    [InlineData(CloseManner.Unanswered, CloseReason.Unanswered)]
    [InlineData(CloseManner.Refused, CloseReason.Refused)]
    public void What_never_opened_or_never_closed_says_so(CloseManner how, CloseReason expected)
    {
        var talk = new Conversation().Handshake();
        talk.Close = new CloseAnatomy { How = how, Packet = talk.Packets[2] };
        Assert.Equal(expected, talk.Record().Close.Reason);
    }

    /// <summary>A server that idles out, and a client that does not look (scenario L1).</summary>
    internal static Conversation Stale()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        var fin = talk.Fin(Side.Server, 1012);
        talk.FinAcknowledged(Side.Server, 1012.1);
        talk.Exchange(1032, -1, method: "POST", target: "/x");
        talk.Rst(Side.Server, 1032.1);
        talk.Close = Closed(fin, Side.Server) with { How = CloseManner.FinThenReset };
        return talk;
    }

    private static CloseAnatomy Closed(PacketRef packet, Side first) =>
        new() { How = CloseManner.Fin, First = first, Packet = packet };

    private static Conversation Talk(Persistence persistence, string method) => new Conversation().Handshake()
        .Exchange(1, 12, exchange => exchange with { Persistence = persistence }, method);

    private static CloseVerdict AfterOneExchange(
        double idle, long announced = 0, Side closer = Side.Server, Persistence? persistence = null, long max = 0)
    {
        var talk = Talk(persistence ?? Persists, "GET");
        talk.Close = Closed(talk.Fin(closer, 12 + idle), closer);
        talk.Http = new HttpSummary
        {
            Protocol = ApplicationProtocol.Http1,
            SwitchedTo = ApplicationProtocol.Unknown,
            Requests = 0,
            Responses = 0,
            Unanswered = 0,
            MaxPipelineDepth = 0,
            KeepAliveTimeout = announced,
            KeepAliveMax = max,
            KeepAliveMaxMeaning = max > 0 ? KeepAliveMaxMeaning.Limit : KeepAliveMaxMeaning.Unknown,
            LastPersistence = persistence ?? Persists,
            LastMessageEnd = default,
            Anomalies = HttpAnomalies.None,
        };
        return talk.Record().Close;
    }
}
