using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class ConversationTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly ExchangeRecorder _recorder = new();

    [Fact]
    public void Each_point_of_a_message_has_its_packet()
    {
        Script().Client("GET / HTTP/1.1\r\n").Client("Host: a\r\n\r\n").Server(Ok[..20]).Server(Ok[20..^1]).Server(Ok[^1..]).Close();

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((2, 3, 3), Packets(exchange.RequestTrace));
        Assert.Equal((4, 5, 6), Packets(exchange.ResponseTrace));
        Assert.Equal(6, exchange.EndedBy.Number);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", 4, 4)]
    [InlineData("", "hello", 4, 6)]
    [InlineData("Content-Length: 10\r\n", "hello", 0, 4)]
    public void A_body_of_unknown_length_that_ends_with_its_stream_has_the_packet_of_its_last_octets(
        string field, string body, long packet, long end)
    {
        Script().Client(Get).Server($"HTTP/1.1 200 OK\r\n{field}\r\n").Server(body).Wait(5000).Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(packet, exchange.LastOctets.Number);
        Assert.Equal((end, 6), (exchange.ResponseTrace.End.Number, exchange.EndedBy.Number));
    }

    /// <summary>It takes as long as its octets do, not until its sender gives up; what gave it up is what settled the exchange.</summary>
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHo", "st: a")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n", "123")]
    public void A_request_that_was_cut_off_ends_with_its_last_octets(string first, string rest)
    {
        Script().Client(first).Client(rest).Wait(5000).Server("HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n").Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((2, 3), (exchange.RequestTrace.Start.Number, exchange.RequestTrace.End.Number));
        Assert.Equal((ExchangeEnd.RequestTruncated, 5), (exchange.End, exchange.EndedBy.Number));
    }

    /// <summary>Also where nobody looked at the body's octets.</summary>
    [Fact]
    public void A_response_that_was_cut_off_ends_with_its_last_octets()
    {
        Script().Client(Get).Server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").Server("123").Server("456").Wait(5000).Close(StreamEndCause.Reset);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((3, 3, 5), Packets(exchange.ResponseTrace));
        Assert.Equal(ExchangeEnd.ResponseTruncated, exchange.End);
    }

    /// <summary>The next request's packet ends no message that was left out.</summary>
    [Fact]
    public void A_request_without_the_body_that_nobody_asked_for_ends_with_its_head()
    {
        Script().Client("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            .Server("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n").Wait(5000).Client("GE").Client(Get[2..]).Server(Ok).Close();

        Assert.Equal((2, 2, 2), Packets(_recorder.Exchanges[0].RequestTrace));
        Assert.Equal((4, 5, 5), Packets(_recorder.Exchanges[1].RequestTrace));
        Assert.Equal(5_001_000_000, _recorder.Exchanges[1].IdleBefore);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHo")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")]
    public void A_request_whose_end_is_in_a_hole_ends_with_the_packet_before_it(string text)
    {
        Script().Client(text).Wait(300).Gap(Side.Client, 20).Server(Ok).Close();

        Assert.Equal((2, 2), (_recorder.Exchanges[0].RequestTrace.Start.Number, _recorder.Exchanges[0].RequestTrace.End.Number));
    }

    /// <summary>A hole in what the client sent holds them back, and the answer to HEAD announces a body that does not come.</summary>
    [Fact]
    public void Requests_behind_a_hole_get_their_answers_though_one_of_them_is_HEAD()
    {
        const string Head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
        const int Lost = 10;
        long first = Get.Length + Lost + Head.Length;
        Script().Client(Get).Server(Ok)
            .Server("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", acknowledged: first).Server(Ok, acknowledged: first + Get.Length)
            .Gap(Side.Client, Lost).Client(Head, acknowledged: Ok.Length).Client(Get, acknowledged: Ok.Length + 40).Close();

        Assert.Equal(["GET", "HEAD", "GET"], _recorder.Exchanges.Select(exchange => exchange.Request?.Method));
        Assert.All(_recorder.Exchanges, exchange => Assert.Equal(ExchangeEnd.Complete, exchange.End));
        Assert.Equal(0, _recorder.Exchanges[1].ResponseTrace.BodyOctets);
    }

    /// <summary>The tap put the answer behind the request that acknowledges it.</summary>
    [Fact]
    public void A_request_whose_client_had_the_answer_is_not_pipelined()
    {
        Script().Client(Get).Client(Get, acknowledged: Ok.Length).Server(Ok).Server(Ok).Close();

        Assert.Equal([1, 1], _recorder.Exchanges.Select(exchange => exchange.PipelineDepth));
    }

    /// <summary>An answer to nothing, which the request may have crossed, is no exchange.</summary>
    [Fact]
    public void Idle_time_begins_with_the_last_exchange_whatever_came_unasked()
    {
        const string Timeout = "HTTP/1.1 408 Request Time-out\r\nContent-Length: 0\r\n\r\n";
        Script().Client(Get).Server(Ok).Wait(5000).Server(Timeout).Client(Get, acknowledged: Ok.Length).Close(StreamEndCause.Fin);

        Assert.Equal(5_002_000_000, _recorder.Exchanges[^1].IdleBefore);
    }

    [Fact]
    public void A_status_line_that_was_searched_for_has_the_packet_of_its_first_octet()
    {
        Script().Client(Get).Server(Ok).Server("x").Client(Get).Server("HTT").Server(Ok[3..]).Close();

        var exchange = _recorder.Exchanges[1];
        Assert.Equal((6, 7, 7), Packets(exchange.ResponseTrace));
        Assert.Equal((ExchangeEnd.Complete, 41), (exchange.End, exchange.ResponseTrace.HeadOffset));
    }

    [Fact]
    public void A_whole_message_needs_none()
    {
        Script().Client(Get).Server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").Server("0\r\n\r\n").Close(StreamEndCause.Fin);

        Assert.True(Assert.Single(_recorder.Exchanges).LastOctets.IsNone);
    }

    [Fact]
    public void The_first_interim_response_has_its_packet()
    {
        Script().Client(Get).Server("HTTP/1.1 103 Early Hints\r\n").Server("\r\n").Server(Ok).Close();

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((1, 103, 4), (exchange.InterimResponses, exchange.FirstInterimStatus, exchange.FirstInterim.Number));
    }

    [Fact]
    public void Exchanges_come_as_they_end_and_in_order()
    {
        var script = Script().Client(Get).Server(Ok);
        Assert.Single(_recorder.Exchanges);
        script.Client(Get + Get).Server(Ok).Server(Ok).Close();

        Assert.Equal([1, 2, 3], _recorder.Exchanges.Select(e => e.Ordinal));
    }

    [Fact]
    public void A_connection_is_busy_from_a_request_s_first_octet_until_nothing_is_outstanding()
    {
        Script().Client(Get[..5]).Client(Get[5..] + Get).Server(Ok).Client(Get).Server(Ok + Ok).Client(Get).Server(Ok).Close();

        Assert.Equal([2, 7], _recorder.Busy.Select(packet => packet.Number));
        Assert.Equal([1, 1, 0, 0], _recorder.Exchanges.Select(e => e.Outstanding));
    }

    /// <summary>A hole held the answer back, and the next request was read meanwhile, which had been sent behind it.</summary>
    [Fact]
    public void A_connection_was_idle_before_a_request_that_was_read_before_the_answer_to_the_one_before()
    {
        HttpConversations http = new(_recorder, HttpLimits.Default);
        var script = new StreamScript(http).Client(Get[..5]).Client(Get[5..]).Client(Get, acknowledged: Ok.Length);
        http.OnChunk(new StreamChunk
        {
            Connection = default,
            Sender = Side.Server,
            Offset = 0,
            Packet = new PacketRef(3, new Timestamp(3_500_000)),
            Contiguous = new PacketRef(3, new Timestamp(3_500_000)),
            Acknowledged = Get.Length,
            Octets = System.Text.Encoding.Latin1.GetBytes(Ok),
        });
        script.Close();

        Assert.Equal([2, 4], _recorder.Busy.Select(packet => packet.Number));
        Assert.Equal(0, _recorder.Exchanges[0].Outstanding);
    }

    [Fact]
    public void What_tracking_says_is_passed_on()
    {
        HttpConversations http = new(_recorder, HttpLimits.Default);
        StreamScript script = new(http);
        http.OnStateChange(default);
        http.OnRemark(default);
        script.Gap(Side.Server, 5).Close();

        Assert.Equal(
            [nameof(IExchangeSink.OnOpened), nameof(IExchangeSink.OnStateChange), nameof(IExchangeSink.OnTcpRemark),
                nameof(IExchangeSink.OnGap), nameof(IExchangeSink.OnClosed)],
            _recorder.Passed);
    }

    [Fact]
    public void A_slot_begins_anew_for_its_next_connection()
    {
        HttpConversations http = new(_recorder, HttpLimits.Default);
        new StreamScript(http, id: new ConnectionId(0, 3)).Client(Get).Server("HTTP/1.1 200 OK\r\nContent-").Close();
        new StreamScript(http, id: new ConnectionId(1, 3)).Client(Get).Server(Ok).Close();

        Assert.Equal([ExchangeEnd.InProgress, ExchangeEnd.Complete], _recorder.Exchanges.Select(e => e.End));
        Assert.Equal([1, 1], _recorder.Exchanges.Select(e => e.Ordinal));
    }

    [Fact]
    public void A_head_beyond_the_limit_is_a_remark_and_the_next_is_found()
    {
        var huge = "GET /" + new string('a', HttpLimits.Default.HeadOctets) + " HTTP/1.1\r\nHost: a\r\n";
        Script().Client("DELETE /1 HTTP/1.1\r\nX: " + huge + "\r\n\r\n").Server(Ok).Client(Get).Server(Ok).Close();

        Assert.Contains(_recorder.Remarks, r => r is { Kind: HttpAnomalies.HeadTooLong, Offset: 0, Ordinal: 1 });
        Assert.Equal(["DELETE", "GET"], _recorder.Exchanges.Select(e => e.Request?.Method));
        Assert.Equal([ExchangeEnd.Complete, ExchangeEnd.Complete], _recorder.Exchanges.Select(e => e.End));
        Assert.Equal([false, true], _recorder.Exchanges.Select(e => e.RequestTrace.Complete));
        Assert.Equal(BodyRule.None, _recorder.Exchanges[0].RequestTrace.Rule);
    }

    [Fact]
    public void A_request_line_beyond_the_limit_is_a_request()
    {
        var huge = "GET /" + new string('a', HttpLimits.Default.HeadOctets) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        Script().Client(huge).Server("HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\n\r\n").Close();

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(("GET", 414, ExchangeEnd.Complete), (exchange.Request?.Method, exchange.Response?.Status, exchange.End));
        Assert.Contains(_recorder.Remarks, r => r is { Kind: HttpAnomalies.HeadTooLong, Ordinal: 1 });
    }

    [Fact]
    public void A_response_whose_head_is_beyond_the_limit_is_the_answer_and_its_server_cut_nothing()
    {
        var huge = "HTTP/1.1 200 OK\r\nX: " + new string('a', HttpLimits.Default.HeadOctets) + "\r\n\r\n";
        Script().Client(Get).Server(huge).Client(Get).Server(Ok).Close(StreamEndCause.Fin);

        Assert.Equal([ExchangeEnd.ResponseNotCaptured, ExchangeEnd.Complete], _recorder.Exchanges.Select(e => e.End));
        Assert.Equal([200, 200], _recorder.Exchanges.Select(e => e.Response?.Status));
        Assert.Equal([1, 1], _recorder.Exchanges.Select(e => e.PipelineDepth));
    }

    [Fact]
    public void Requests_beyond_the_limit_are_counted_and_said()
    {
        var limits = HttpLimits.Default with { OutstandingRequests = 3 };
        var script = Script(limits: limits).Client(Get + Get + Get + Get + Get);
        for (var answers = 0; answers < 5; answers++)
        {
            script.Server(Ok);
        }

        script.Client(Get).Server(Ok).Close();

        var remark = Assert.Single(_recorder.Remarks, r => r.Kind == HttpAnomalies.PipelineTooDeep);
        Assert.Equal(3, remark.Value);
        Assert.Equal(
            [ExchangeEnd.Complete, ExchangeEnd.Complete, ExchangeEnd.Complete, ExchangeEnd.RequestNotCaptured,
                ExchangeEnd.RequestNotCaptured, ExchangeEnd.Complete],
            _recorder.Exchanges.Select(e => e.End));
        Assert.Equal(6, _recorder.Summaries[0].Requests);
    }

    [Fact]
    public void Responses_behind_a_request_that_does_not_end_are_limited()
    {
        var limits = HttpLimits.Default with { OutstandingRequests = 4 };
        var script = Script(limits: limits).Client("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        for (var answers = 0; answers < 10; answers++)
        {
            script.Server(Ok);
        }

        Assert.NotEmpty(_recorder.Exchanges);
        script.Client("defghi").Close();

        Assert.Equal(10, _recorder.Exchanges.Count);
        Assert.Contains(_recorder.Remarks, r => r.Kind == HttpAnomalies.PipelineTooDeep);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_ring_makes_room_anywhere(int index)
    {
        ExchangeRing ring = new();
        for (var at = 0; at < 6; at++)
        {
            ring.Insert(ring.Count).RequestSent = at;
            ring.Insert(ring.Count).RequestSent = at;
            ring.RemoveFirst();
        }

        List<long> expected = [.. Enumerable.Range(0, ring.Count).Select(at => ring[at].RequestSent)];
        ring.Insert(index).RequestSent = 99;
        expected.Insert(index, 99);

        Assert.Equal(expected, Enumerable.Range(0, ring.Count).Select(at => ring[at].RequestSent));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(-4, "")]
    [InlineData(-5, "\rY: 1\r\n")]
    public void Trailers_beyond_the_limit_are_not_kept(int shorter, string more)
    {
        var trailer = "X: " + new string('a', HttpLimits.Default.TrailerOctets + shorter) + "\r\n" + more;
        Script().Client(Get).Server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + trailer + "\r\n").Close();

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(ExchangeEnd.Complete, exchange.End);
        Assert.Equal(HttpAnomalies.TrailersTooLong, exchange.Anomalies);
        Assert.Equal(HttpLimits.Default.TrailerOctets, exchange.ResponseTrace.Trailers!.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_one_sided_capture_is_not_kept_until_the_end(bool holesAreNoticed)
    {
        var script = Script();
        for (var request = 0; request < 200; request++)
        {
            script.Client(Get, acknowledged: request * 100);
            _ = holesAreNoticed ? script.Gap(Side.Server, 100) : script;
        }

        Assert.True(_recorder.Exchanges.Count > 100);
        Assert.All(_recorder.Exchanges, e => Assert.Equal(ExchangeEnd.ResponseNotCaptured, e.End));
        Assert.All(_recorder.Exchanges, e => Assert.Equal(1, e.PipelineDepth));
        script.Close();
        Assert.Equal(200, _recorder.Exchanges.Count);
    }

    [Fact]
    public void A_body_is_only_counted()
    {
        var script = Script().Client(Get).Server("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n");
        script.Server("some").Gap(Side.Server, 1L << 40).Server("more").Close();

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(ExchangeEnd.InProgress, exchange.End);
        Assert.Equal((1L << 40) + 8, exchange.ResponseTrace.BodyOctets);
        Assert.Equal(1L << 40, exchange.ResponseTrace.MissingOctets);
    }

    private static (long Start, long HeadEnd, long End) Packets(in MessageTrace trace) =>
        (trace.Start.Number, trace.HeadEnd.Number, trace.End.Number);

    private StreamScript Script(HttpLimits? limits = null) =>
        new(new HttpConversations(_recorder, limits ?? HttpLimits.Default));
}
