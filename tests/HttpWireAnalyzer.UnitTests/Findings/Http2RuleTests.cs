using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The rules of HTTP/2, and that those of HTTP/1 do not speak of it.</summary>
public sealed class Http2RuleTests
{
    private const string Race = "HWA-M001";
    private const string Unsaid = "HWA-M002";
    private const string Field = "HWA-M004";

    private readonly Scene _scene = new();

    [Fact]
    public void A_stream_beyond_GOAWAY_that_is_not_sent_again_is_lost()
    {
        Send(Send(Send(Begin(0), Side.Server, 20, Http2Octets.Begin.GoAway(1)), Side.Client, 21, Http2Octets.Begin.Get(3, "/list")),
            Side.Server, 30, Http2Octets.Begin.Status(1, 200, ends: true)).Close(40, Side.Server);

        var finding = _scene.Finding(Race);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((0, 2), (finding.Subject.Connection, finding.Subject.Exchange));
        Assert.Equal([(1, 0, 1, 0)], [(finding.ValueOf("refused"), finding.ValueOf("retried"), finding.ValueOf("lost"), finding.ValueOf("left"))]);
        _scene.IsQuietOn(Unsaid);
    }

    [Fact]
    public void Sent_again_it_is_a_note_whatever_the_method()
    {
        Send(Send(Send(Begin(0), Side.Server, 20, Http2Octets.Begin.GoAway(1)), Side.Client, 21, Http2Octets.Begin.Post(3, "/pay").Data(3, "x", ends: true)),
            Side.Server, 30, Http2Octets.Begin.Status(1, 200, ends: true)).Close(500, Side.Server);
        Send(Send(_scene.Talk().Handshake(40), Side.Client, 45, Http2Octets.Client.Post(1, "/pay").Data(1, "x", ends: true)),
            Side.Server, 50, Http2Octets.Begin.Settings().Status(1, 200, ends: true)).Close(600);

        var finding = _scene.Finding(Race);
        Assert.Equal((Severity.Note, 1, 0), (finding.Severity, finding.ValueOf("retried"), finding.ValueOf("lost")));
    }

    [Fact]
    public void A_stream_that_GOAWAY_let_go_on_and_nothing_answered_is_left()
    {
        Send(Begin(0), Side.Server, 20, Http2Octets.Begin.GoAway(1)).Close(40, Side.Server);

        var finding = _scene.Finding(Race);
        Assert.Equal((Severity.Error, 0, 1), (finding.Severity, finding.ValueOf("refused"), finding.ValueOf("left")));
        _scene.IsQuietOn(Unsaid);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", 64, 400)]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", 1, 400)]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", 7, 400)]
    [InlineData("HTTP/1.0 505", 9, 505)]
    [InlineData("HTTP/1.1 none", 64, 0)]
    public void A_server_that_answers_the_preface_in_HTTP_1_does_not_speak_HTTP_2(string answer, int pieces, int status)
    {
        var talk = Send(_scene.Talk().Handshake(0), Side.Client, 1, Http2Octets.Client.Get(1, "/first"));
        foreach (var piece in answer.Chunk(pieces))
        {
            talk.Send(Side.Server, 20, TcpFlags.Ack | TcpFlags.Psh, new string(piece));
        }

        talk.Close(21, Side.Server);

        var finding = _scene.Finding("HWA-M005");
        Assert.Equal((Severity.Error, Confidence.Certain, status), (finding.Severity, finding.Confidence, finding.ValueOf("status")));
        _scene.IsQuietOn(Unsaid);
    }

    [Fact]
    public void A_drain_is_none()
    {
        Send(Send(Begin(0), Side.Server, 20, Http2Octets.Begin.GoAway(int.MaxValue).GoAway(1)), Side.Server, 30, Http2Octets.Begin.Status(1, 200, ends: true))
            .Close(40, Side.Server);
        Quiet();
    }

    [Fact]
    public void REFUSED_STREAM_and_what_the_client_gave_up_are_none()
    {
        Send(Send(Send(Begin(0), Side.Server, 20, Http2Octets.Begin.Reset(1, 7)), Side.Client, 30, Http2Octets.Begin.Get(3, "/").Reset(3, 8)),
            Side.Server, 40, Http2Octets.Begin.GoAway(3)).Close(50, Side.Server);
        Quiet();
    }

    [Fact]
    public void What_GOAWAY_says_for_people_is_told()
    {
        Send(Begin(0), Side.Server, 20, Http2Octets.Begin.GoAway(1, 11, "too_many_pings\x1b" + new string('x', 300))).Close(40, Side.Server);
        Assert.Contains("sent GOAWAY (last stream 1, ENHANCE_YOUR_CALM: \"too_many_pings\\x1bxxx", _scene.Story());
        Assert.DoesNotContain(new string('x', 256), _scene.Story());
    }

    [Fact]
    public void GOAWAY_of_a_client_refuses_nothing()
    {
        Send(Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Status(1, 200, ends: true)), Side.Client, 20, Http2Octets.Begin.GoAway(0)).Close(30);
        Quiet();
    }

    [Fact]
    public void A_FIN_without_GOAWAY_leaves_streams_in_doubt()
    {
        Begin(0).Close(100, Side.Server);

        var finding = _scene.Finding(Unsaid);
        Assert.Equal((Severity.Error, Confidence.Certain, 1), (finding.Severity, finding.Confidence, finding.ValueOf("left")));
        _scene.IsQuietOn(Race);
    }

    [Fact]
    public void With_nothing_open_it_is_a_warning_once_for_all_connections()
    {
        for (var at = 0; at < 3000; at += 1000)
        {
            Send(Begin(at), Side.Server, at + 10, Http2Octets.Begin.Status(1, 200, ends: true)).Close(at + 100, Side.Server);
        }

        var finding = _scene.Finding(Unsaid);
        Assert.Equal((Severity.Warning, 3, 0), (finding.Severity, finding.ValueOf("count"), finding.ValueOf("left")));
    }

    [Fact]
    public void A_client_that_closes_needs_no_GOAWAY()
    {
        Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Status(1, 200, ends: true)).Close(100);
        Quiet();
    }

    [Fact]
    public void One_that_was_announced_by_the_client_is_none()
    {
        Send(Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Status(1, 200, ends: true)), Side.Client, 20, Http2Octets.Begin.GoAway(0)).Close(100, Side.Server);
        Quiet();
    }

    [Fact]
    public void Where_octets_are_missing_the_GOAWAY_may_be_among_them()
    {
        var talk = Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Status(1, 200, ends: true));
        talk.Lose(Side.Server, 17);
        talk.Ack(Side.Client, 20);
        talk.Close(100, Side.Server);
        _scene.IsQuietOn(Unsaid);
    }

    [Fact]
    public void A_connection_without_streams_is_none()
    {
        Send(Send(_scene.Talk().Handshake(0), Side.Client, 1, Http2Octets.Client), Side.Server, 2, Http2Octets.Begin.Settings()).Close(100, Side.Server);
        Quiet();
    }

    [Fact]
    public void A_field_of_HTTP_1_connections_makes_a_message_malformed()
    {
        Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Headers(1, true, (":status", "200"), ("connection", "keep-alive"))).Close(100);

        var finding = _scene.Finding(Field);
        Assert.Equal((Severity.Error, 1), (finding.Severity, finding.ValueOf("count")));
    }

    [Fact]
    public void TE_trailers_is_allowed()
    {
        Send(Begin(0), Side.Client, 5, Http2Octets.Begin.Headers(
            3, true, (":method", "GET"), (":scheme", "http"), (":path", "/"), ("te", "trailers"))).Close(100);
        _scene.IsQuietOn(Field);
    }

    [Fact]
    public void Rules_of_HTTP_1_do_not_speak_of_streams()
    {
        // A stream that a FIN meets after idleness would be K001 in HTTP/1, two at once L001, and a cut answer H010.
        Send(Send(Begin(0), Side.Server, 10, Http2Octets.Begin.Status(1, 200, ends: true)),
            Side.Client, 5000, Http2Octets.Begin.Get(3, "/3").Post(5, "/5")).Fin(Side.Server, 5000.1).Fin(Side.Client, 5001);

        Assert.All(RuleBook.Cards.Where(card => card.Family is 'H' or 'K' or 'L' or 'P'), card => _scene.IsQuietOn(card.Id));
    }

    /// <summary>A connection with one stream open.</summary>
    private Talk Begin(double at) => Send(
        Send(_scene.Talk().Handshake(at), Side.Client, at + 1, Http2Octets.Client.Get(1, "/first")), Side.Server, at + 2, Http2Octets.Begin.Settings());

    private static Talk Send(Talk talk, Side side, double at, Http2Octets octets) =>
        talk.Send(side, at, TcpFlags.Ack | TcpFlags.Psh, Encoding.Latin1.GetString(octets.ToArray()));

    private void Quiet()
    {
        _scene.IsQuietOn(Race);
        _scene.IsQuietOn(Unsaid);
    }
}
