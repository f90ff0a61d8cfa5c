using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http.Http2;

/// <summary>Frames of both ends become exchanges and a record, however they are cut.</summary>
public sealed class ConversationTests
{
    private const string AskUpgrade = "GET /u HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n";
    private const string Switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

    private readonly ExchangeRecorder _recorder = new();

    public static TheoryData<int, int> Cuts
    {
        get
        {
            TheoryData<int, int> cuts = new() { { 0, 0 } };
            for (var at = 1; at < 80; at++)
            {
                cuts.Add(at, 0);
            }

            for (var size = 1; size < 12; size++)
            {
                cuts.Add(0, size);
            }

            return cuts;
        }
    }

    private Http2Record Record => (Http2Record)Assert.Single(_recorder.Summaries).Successor!;

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Streams_are_exchanges_in_the_order_in_which_they_end(int at, int size)
    {
        Script(new Cut(at, size))
            .Send(Side.Client, Http2Octets.Client.Get(1, "/slow").Get(3, "/quick").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings(3, 100).Status(3, 200).Data(3, "abc", ends: true).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Status(1, 204, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            [
                "3 #2 GET /quick 200 3 Complete Http2Default left 1",
                "1 #1 GET /slow 204 0 Complete Http2Default left 0",
            ],
            Lines());
        Assert.Equal((2, 2, 2, 100L, 3), (Record.Streams, Record.Completed, Record.MaxConcurrent, Record.ConcurrentLimit, Record.LastStream));
        var summary = _recorder.Summaries[0];
        Assert.Equal((ApplicationProtocol.Http2, 2, 2, 0, 1), (summary.Protocol, summary.Requests, summary.Responses, summary.Unanswered, summary.MaxPipelineDepth));
        Assert.Equal(2, Assert.Single(_recorder.Busy).Number);
        Assert.Empty(_recorder.Remarks);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Bodies_trailers_padding_and_interim_heads(int at, int size)
    {
        Script(new Cut(at, size))
            .Send(Side.Client, Http2Octets.Client.Post(1, "/up").Frame(0, 8, 1, [2, (byte)'h', (byte)'i', 0, 0])
                .Frame(0, 9, 1, [0, (byte)'!']).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 103).Status(1, 200).Data(1, "ok")
                .Headers(1, true, ("grpc-status", "0")).ToArray())
            .Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(["1 #1 POST /up 200 2 Complete Http2Default left 0"], Lines());
        Assert.Equal((3, 103, 1), (exchange.RequestTrace.BodyOctets, exchange.FirstInterimStatus, exchange.InterimResponses));
        Assert.Equal("grpc-status: 0\r\n", exchange.ResponseTrace.Trailers);
        Assert.True(exchange.RequestTrace is { Complete: true, Rule: BodyRule.Frames, BodyDigest: not 0 });
        Assert.Equal("a", exchange.Request!.Host);
        Assert.Equal("POST /up HTTP/2\r\nhost: a\r\n\r\n", Encoding.Latin1.GetString(exchange.Request.Octets));
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void The_request_that_asks_for_h2c_is_stream_1(int at, int size)
    {
        Script(new Cut(at, size))
            .Client(AskUpgrade)
            .Send(Side.Server, [.. Encoding.Latin1.GetBytes(Switched), .. Http2Octets.Begin.Settings().Status(1, 200).Data(1, "x", ends: true).ToArray()])
            .Send(Side.Client, Http2Octets.Client.Get(3, "/next").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Status(3, 200, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            [
                "0 #1 GET /u 101 0 Switched Switched left 0",
                "1 #2 GET /u 200 1 Complete Http2Default left 0",
                "3 #3 GET /next 200 0 Complete Http2Default left 0",
            ],
            Lines());
        Assert.True(Record.IsUpgraded);
        Assert.Equal(ApplicationProtocol.Http2, _recorder.Summaries[0].SwitchedTo);
    }

    [Fact]
    public void SETTINGS_of_a_server_that_does_not_wait_for_the_preface_are_read()
    {
        Script().Send(Side.Server, Http2Octets.Begin.Settings(3, 7).ToArray())
            .Send(Side.Client, Http2Octets.Client.Get(1, "/").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Status(1, 200, ends: true).ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(7, Record.ConcurrentLimit);
        Assert.Equal(["1 #1 GET / 200 0 Complete Http2Default left 0"], Lines());
    }

    [Fact]
    public void GOAWAY_refuses_what_is_beyond_its_last_stream_before_and_after_it()
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().GoAway(int.MaxValue).GoAway(1).ToArray())
            .Send(Side.Client, Http2Octets.Begin.Post(5, "/5").Data(5, "late", ends: true).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Status(1, 200, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            [
                "3 #2 GET /3 – 0 Refused None left 1",
                "5 #3 POST /5 – 0 Refused None left 1",
                "1 #1 GET /1 200 0 Complete Goaway left 0",
            ],
            Lines());
        Assert.Equal([(int.MaxValue, 2, 0), (1, 1, 1)], Record.GoAways.Select(frame => (frame.LastStream, frame.Open, frame.Refused)));
        Assert.True(Record.GoAways[0].IsWarning);
        Assert.Equal((3, 1, 2, 0), (Record.Streams, Record.Completed, Record.Refused, Record.Unfinished));
    }

    [Fact]
    public void RST_STREAM_says_who_gave_up_and_why()
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").Get(5, "/5").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).Data(1, "par").ToArray())
            .Send(Side.Client, Http2Octets.Begin.Reset(1, 8).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Reset(3, 7).Reset(5, 2).Data(1, "tial", ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            [
                "1 #1 GET /1 200 3 StreamReset None left 2", "3 #2 GET /3 – 0 Refused None left 1",
                "5 #3 GET /5 – 0 StreamReset None left 0",
            ],
            Lines());
        Assert.Equal(Http2ErrorCode.Cancel, _recorder.Exchanges[0].RequestTrace.Reset);
        Assert.Equal(Http2ErrorCode.InternalError, _recorder.Exchanges[2].ResponseTrace.Reset);

        Assert.Equal((2, 1, 0), (Record.Reset, Record.Refused, Record.Unfinished));
        Assert.Empty(_recorder.Remarks);
    }

    [Theory]
    [InlineData(StreamEndCause.Fin, "Unanswered", "ResponseTruncated", "RequestTruncated")]
    [InlineData(StreamEndCause.CaptureEnd, "InProgress", "InProgress", "InProgress")]
    public void What_the_end_of_the_connection_leaves(StreamEndCause cause, string unanswered, string cut, string unsent)
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").Post(5, "/5").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(3, 200).ToArray())
            .Close(cause);

        Assert.Equal([unanswered, cut, unsent], _recorder.Exchanges.Select(exchange => exchange.End.ToString()));
        Assert.Equal(3, Record.Unfinished);
    }

    [Fact]
    public void A_hole_in_DATA_is_arithmetic()
    {
        var script = Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").ToArray());
        var answer = Http2Octets.Begin.Settings().Status(1, 200).Data(1, new string('x', 100), ends: true).ToArray();
        script.Send(Side.Server, answer.AsSpan(0, answer.Length - 60)).Gap(Side.Server, 60).Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((ExchangeEnd.Complete, 100, 60), (exchange.End, exchange.ResponseTrace.BodyOctets, exchange.ResponseTrace.MissingOctets));
    }

    /// <summary>Octets that nobody looks at may be missing: padding, and a frame that is too long to be kept.</summary>
    [Theory]
    [InlineData(0, 9, 10)]
    [InlineData(0, 9, 50)]
    [InlineData(1, 4, 10)]
    [InlineData(1, 4, 300)]
    public void A_hole_in_what_is_passed_over_is_arithmetic(byte type, byte flags, int missing)
    {
        byte[] payload = [50, .. new byte[299]];
        var script = Script(limits: HttpLimits.Default with { HeadOctets = 250 })
            .Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray());
        var answer = Http2Octets.Begin.Settings().Status(1, 200).Frame(type, flags, 1, payload).ToArray();
        script.Send(Side.Server, answer.AsSpan(0, answer.Length - missing)).Gap(Side.Server, missing)
            .Send(Side.Server, Http2Octets.Begin.Status(3, 204, ends: true).ToArray()).Close(StreamEndCause.Fin);

        Assert.Contains("3 #2 GET /3 204 0 Complete Http2Default left " + (type == 0 ? "0" : "1"), Lines());
        Assert.DoesNotContain(_recorder.Remarks, remark => remark.Kind == HttpAnomalies.Resynchronised);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fields_that_nobody_read_may_have_changed_the_table(int stream)
    {
        byte[] adds = [0x88, 0x40, 1, (byte)'n', 1, (byte)'v'];
        var answers = Http2Octets.Begin.Settings();
        answers = stream == 0 ? answers.Frame(1, 4, 0, adds) : answers.Frame(1, 0, 1, adds).Data(1, "between").Frame(9, 4, 1);
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, answers.Frame(1, 5, 3, [0x88, 0xBE]).ToArray()).Close(StreamEndCause.Fin);

        HttpExchange exchange = Assert.Single(_recorder.Exchanges, exchange => exchange.Stream == 3);
        Assert.Equal("<dyn 62>", exchange.Response!.Field("<dyn 62>"));
        Assert.Contains(_recorder.Remarks, remark => remark.Kind == HttpAnomalies.InvalidFrame);
    }

    [Fact]
    public void After_a_hole_between_frames_the_place_is_found_again_and_nothing_is_guessed()
    {
        var script = Script()
            .Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Frame(1, 4, 1, [0x88, 0x40, 1, (byte)'n', 1, (byte)'v']).ToArray())
            .Gap(Side.Server, 50)

            // The end of stream 1 may have been in the hole; an index into the table may mean anything.
            .Send(Side.Server, Http2Octets.Begin.Frame(1, 5, 3, [0x88, 0xBE]).ToArray())
            .Send(Side.Client, Http2Octets.Begin.Get(5, "/5").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Status(5, 200, ends: true).ToArray());
        script.Close(StreamEndCause.Fin);

        Assert.Equal(
            [
                "3 #2 GET /3 200 0 Complete Http2Default left 1",
                "5 #3 GET /5 200 0 Complete Http2Default left 1",
                "1 #1 GET /1 200 0 ResponseNotCaptured None left 0",
            ],
            Lines());
        Assert.Equal("<dyn 62>", _recorder.Exchanges[0].Response!.Field("<dyn 62>"));
        Assert.Equal([HttpAnomalies.Resynchronised, HttpAnomalies.UnknownFields], _recorder.Remarks.Select(remark => remark.Kind));
    }

    [Fact]
    public void Responses_that_come_before_the_hole_among_the_requests_is_given_up_wait_for_their_requests()
    {
        var lost = Http2Octets.Begin.Get(1, "/1");
        var first = Http2Octets.Client;
        var script = Script().Send(Side.Client, first.ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200, ends: true).ToArray(), first.Length + lost.Length)
            .Send(Side.Server, Http2Octets.Begin.Status(3, 204, ends: true).ToArray(), first.Length + (2 * lost.Length))
            .Gap(Side.Client, lost.Length).Send(Side.Client, Http2Octets.Begin.Get(3, "/3").ToArray());
        Assert.Equal(["1 #1 – – 200 0 RequestNotCaptured None left 1", "3 #2 GET /3 204 0 Complete Http2Default left 0"], Lines());
        script.Close(StreamEndCause.Fin);
        Assert.DoesNotContain(_recorder.Remarks, remark => remark.Kind == HttpAnomalies.InvalidFrame);
    }

    [Fact]
    public void A_whole_response_and_NO_ERROR_behind_it_are_a_complete_exchange()
    {
        Script().Send(Side.Client, Http2Octets.Client.Post(1, "/").Data(1, "xx").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 413, ends: true).Reset(1, 0).ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 POST / 413 0 Complete Http2Default left 0"], Lines());
    }

    [Theory]
    [InlineData("GET", 200, true)]
    [InlineData("HEAD", 200, false)]
    [InlineData("GET", 304, false)]
    public void A_message_that_is_not_as_long_as_it_says_is_malformed(string method, int status, bool isMalformed)
    {
        Script().Send(Side.Client, Http2Octets.Client.Headers(
                1, true, (":method", method), (":scheme", "http"), (":path", "/"), (":authority", "a")).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Headers(1, false, (":status", $"{status}"), ("content-length", "10"))
                .Data(1, isMalformed ? "hello" : "", ends: true).ToArray()).Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(
            (ExchangeEnd.Complete, isMalformed ? HttpAnomalies.InvalidFrame : HttpAnomalies.None), (exchange.End, exchange.Anomalies));
    }

    [Fact]
    public void A_request_in_a_hole_leaves_its_response()
    {
        Script().Send(Side.Client, Http2Octets.Client.ToArray()).Gap(Side.Client, 40)
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).Data(1, "x", ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 – – 200 1 RequestNotCaptured None left 0"], Lines());
    }

    [Fact]
    public void A_response_that_comes_while_the_place_is_looked_for_is_not_missing()
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).ToArray()).Gap(Side.Server, 1460)
            .Send(Side.Server, new byte[1000].AsSpan())
            .Send(Side.Client, Http2Octets.Begin.Post(3, "/3").Data(3, "x", ends: true).ToArray())
            .Send(Side.Server, [.. "rest of DATA"u8, .. Http2Octets.Begin.Status(1, 200, ends: true).Status(3, 200, ends: true).ToArray()])
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            ["1 #1 GET /1 200 0 ResponseNotCaptured None left 1", "3 #2 POST /3 – 0 ResponseNotCaptured None left 0"], Lines());
    }

    [Fact]
    public void The_rest_of_a_request_may_come_behind_the_FIN_of_the_answering_end()
    {
        Script().Send(Side.Client, Http2Octets.Client.Post(1, "/up").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200, ends: true).ToArray()).End(Side.Server)
            .Send(Side.Client, Http2Octets.Begin.Data(1, "rest", ends: true).ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 POST /up 200 0 Complete Http2Default left 0"], Lines());
        Assert.True(_recorder.Exchanges[0].RequestTrace is { Complete: true, BodyOctets: 4 });
    }

    [Theory]
    [InlineData(StreamEndCause.Fin, "RequestTruncated")]
    [InlineData(StreamEndCause.CaptureEnd, "InProgress")]
    public void The_end_of_the_responses_is_remembered_for_streams_that_outlast_it(StreamEndCause cause, string outcome)
    {
        Script().Send(Side.Client, Http2Octets.Client.Post(1, "/up").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200, ends: true).ToArray())
            .End(Side.Server, cause).Close(cause);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal((outcome, 4L), (exchange.End.ToString(), exchange.EndedBy.Number));
    }

    [Fact]
    public void What_the_responder_acknowledged_before_its_FIN_may_wait_behind_a_hole()
    {
        var first = Http2Octets.Client.Get(1, "/1");
        var rest = Http2Octets.Begin.Reset(1, 8);
        var script = Script().Send(Side.Client, first.ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).Data(1, "par").ToArray(), first.Length + 13 + rest.Length);
        script.End(Side.Server).Gap(Side.Client, 13).Send(Side.Client, rest.ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 GET /1 200 3 StreamReset None left 0"], Lines());
    }

    [Theory]
    [InlineData(0, "ResponseNotCaptured", "ResponseNotCaptured")]
    [InlineData(2, "ResponseNotCaptured", "ResponseNotCaptured")]
    [InlineData(8, "ResponseTruncated", "Unanswered")]
    public void A_hole_may_have_the_RST_STREAM_of_streams_on_which_nothing_follows(byte follows, string begun, string asked)
    {
        var behind = Http2Octets.Begin.Get(5, "/5", ends: true);
        foreach (var stream in (int[])[1, 3])
        {
            behind = follows == 0 ? behind : behind.Frame(follows, 0, stream, follows == 2 ? [0, 0, 0, 0, 1] : [0, 0, 0, 1]);
        }

        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).Data(1, "par").ToArray()).Gap(Side.Client, 13)
            .Send(Side.Client, behind.ToArray()).Send(Side.Server, Http2Octets.Begin.Status(5, 204, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(["Complete", begun, asked], _recorder.Exchanges.Select(exchange => exchange.End.ToString()));
    }

    [Fact]
    public void Idle_time_begins_with_the_later_end_whichever_is_read_last()
    {
        var first = Http2Octets.Client.Post(1, "/1");
        var rest = Http2Octets.Begin.Data(1, "rest", ends: true).ToArray();
        var script = Script().Send(Side.Client, first.ToArray());
        var held = script.Hold();
        script.Wait(2000).Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200, ends: true).ToArray(), first.Length + 100 + rest.Length)
            .Gap(Side.Client, 100).Send(Side.Client, rest, held: held)
            .Wait(1000).Send(Side.Client, Http2Octets.Begin.Get(3, "/3").ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 POST /1 200 0 Complete Http2Default left 0", "3 #2 GET /3 – 0 Unanswered None left 0"], Lines());
        Assert.Equal(4, _recorder.Exchanges[0].EndedBy.Number);
        Assert.Equal(1_002_000_000, _recorder.Exchanges[1].IdleBefore);
    }

    [Fact]
    public void Trailers_behind_a_hole_are_no_response()
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().ToArray()).Gap(Side.Server, 500)
            .Send(Side.Server, Http2Octets.Begin.Headers(1, true, ("grpc-status", "0")).Status(3, 200, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            ["1 #1 GET /1 – 0 ResponseNotCaptured None left 1", "3 #2 GET /3 200 0 Complete Http2Default left 0"], Lines());
        Assert.True(_recorder.Exchanges[0] is { Anomalies: HttpAnomalies.None, ResponseTrace: { Complete: false, Rule: BodyRule.None } });
        Assert.Equal("grpc-status: 0\r\n", _recorder.Exchanges[0].ResponseTrace.Trailers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trailers_behind_a_hole_are_no_request(bool answersFirst)
    {
        var first = Http2Octets.Client;
        var trailers = Http2Octets.Begin.Headers(1, true, ("x-checksum", "77"));
        var answer = Http2Octets.Begin.Settings().Status(1, 200).Data(1, "r", ends: true).ToArray();
        var script = Script().Send(Side.Client, first.ToArray());
        _ = answersFirst ? script.Send(Side.Server, answer, first.Length + 500 + trailers.Length) : script;
        script.Gap(Side.Client, 500).Send(Side.Client, trailers.ToArray());
        _ = answersFirst ? script : script.Send(Side.Server, answer);
        script.Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 – – 200 1 RequestNotCaptured None left 0"], Lines());
        Assert.True(_recorder.Exchanges[0] is { Anomalies: HttpAnomalies.None, RequestTrace.Start.IsNone: true });
    }

    [Fact]
    public void CONNECT_that_is_extended_has_a_path()
    {
        Script().Send(Side.Client, Http2Octets.Client.Headers(
                1, false, (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":path", "/chat"), (":authority", "a")).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).ToArray()).Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(("/chat", "a", HttpAnomalies.None), (exchange.Request!.Target, exchange.Request.Host, exchange.Anomalies));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stream_whose_CONNECT_is_answered_is_a_tunnel_however_it_ends(int way)
    {
        var script = Script()
            .Send(Side.Client, Http2Octets.Client.Headers(1, false, (":method", "CONNECT"), (":authority", "a:443")).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(1, 200).ToArray())
            .Send(Side.Client, Http2Octets.Begin.Data(1, "to it", ends: way == 0).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Data(1, "from it", ends: way == 0).ToArray());
        _ = way == 1 ? script.Send(Side.Client, Http2Octets.Begin.Reset(1, 8).ToArray()) : script;
        script.Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(["1 #1 CONNECT a:443 200 0 Switched Http2Default left 0"], Lines());
        Assert.True(exchange is { RequestTrace: { Complete: true, BodyOctets: 0 }, ResponseTrace: { Complete: true, Rule: BodyRule.Tunnel } });
        Assert.Equal((1, 0, 0), (Record.Completed, Record.Unfinished, Record.Reset));
        Assert.Equal(way == 2 ? 7 : way == 1 ? 6 : 5, exchange.EndedBy.Number);
        Assert.Empty(_recorder.Remarks);
    }

    [Fact]
    public void Several_PINGs_wait_at_once_and_the_oldest_of_those_that_are_alike_is_answered()
    {
        var script = Script().Send(Side.Client, Http2Octets.Client.Ping(1).ToArray()).Wait(99)
            .Send(Side.Client, Http2Octets.Begin.Ping(2).Ping(1).ToArray()).Wait(99)
            .Send(Side.Server, Http2Octets.Begin.Settings().Ping(1, acknowledges: true).Ping(2, acknowledges: true).ToArray())
            .Wait(199).Send(Side.Server, Http2Octets.Begin.Ping(1, acknowledges: true).Ping(1, acknowledges: true).ToArray());
        script.Close(StreamEndCause.Fin);

        Assert.Equal((3, 300_000_000L), (Record.ClientPings, Record.SlowestPing));
        Assert.Equal([200, 100, 300], TimesOfPings());
    }

    [Fact]
    public void A_PING_whose_acknowledgment_may_be_in_a_hole_is_not_waited_for()
    {
        Script().Send(Side.Client, Http2Octets.Client.Ping(1).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().ToArray()).Gap(Side.Server, 17).Wait(1000)
            .Send(Side.Client, Http2Octets.Begin.Ping(1).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Ping(1, acknowledges: true).ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal([1], TimesOfPings());
    }

    [Theory]
    [InlineData("AAEAACAA", true)]
    [InlineData("AAEAABAA", false)]
    [InlineData("", false)]
    [InlineData("AAEAACA", false)]
    [InlineData("AAEA*CAA", false)]
    public void HTTP2_Settings_allow_a_table_before_the_client_has_sent_SETTINGS(string settings, bool isAllowed)
    {
        // RFC 7541 §6.3: a table of 8192 octets.
        Script().Client(AskUpgrade.Replace("AAMAAABk", settings, StringComparison.Ordinal))
            .Send(Side.Server, [.. Encoding.Latin1.GetBytes(Switched), .. Http2Octets.Begin.Settings().Frame(1, 5, 1, 0x3F, 0xE1, 0x3F, 0x88).ToArray()])
            .Send(Side.Client, Http2Octets.Client.ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(isAllowed ? HttpAnomalies.None : HttpAnomalies.FieldTableTooLarge, _recorder.Exchanges[1].Anomalies);
        Assert.Equal(200, _recorder.Exchanges[1].Response!.Status);
    }

    [Fact]
    public void Octets_before_the_preface_that_nobody_knows_may_begin_what_is_passed_over()
    {
        var answers = Http2Octets.Begin.Settings().Frame(1, 4, 1, [0x88, 0x40, 1, (byte)'n', 1, (byte)'v']).ToArray();
        Script().Send(Side.Server, answers.AsSpan(0, 1))
            .Send(Side.Client, Http2Octets.Client.Get(1, "/1").Get(3, "/3").ToArray())
            .Send(Side.Server, answers.AsSpan(1))
            .Send(Side.Server, Http2Octets.Begin.Frame(1, 1, 3, 0x88).Frame(9, 4, 3, 0xBE).ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(
            ["3 #2 GET /3 200 0 Complete Http2Default left 1", "1 #1 GET /1 – 0 ResponseNotCaptured None left 0"], Lines());
        Assert.Equal("<dyn 62>", _recorder.Exchanges[0].Response!.Field("<dyn 62>"));
    }

    [Fact]
    public void A_table_is_not_too_large_for_SETTINGS_that_were_not_captured()
    {
        new StreamScript(new HttpConversations(_recorder, HttpLimits.Default), midstream: true)
            .Send(Side.Server, [.. Encoding.Latin1.GetBytes(Switched), .. Http2Octets.Begin.Settings().Frame(1, 5, 1, 0x3F, 0xE1, 0x3F, 0x88).ToArray()])
            .Close(StreamEndCause.Fin);

        Assert.Equal("1 #2 – – 200 0 RequestNotCaptured None left 0", Lines().Last());
        Assert.DoesNotContain(_recorder.Remarks, remark => remark.Kind == HttpAnomalies.FieldTableTooLarge);
    }

    [Fact]
    public void Promised_streams_are_exchanges_whose_request_the_server_sent()
    {
        byte[] promise = [0, 0, 0, 2, .. Http2Octets.Block((":method", "GET"), (":scheme", "http"), (":path", "/style"), (":authority", "a"))];
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/").ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Frame(5, 4, 1, promise).Status(1, 200, ends: true).Status(2, 200).Data(2, "css", ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(
            ["1 #1 GET / 200 0 Complete Http2Default left 1", "2 #2 GET /style 200 3 Complete Http2Default left 0"], Lines());
        Assert.Equal(1, Record.Pushed);
    }

    [Fact]
    public void Fields_of_HTTP_1_connections_and_line_ends_are_odd()
    {
        Script().Send(Side.Client, Http2Octets.Client.Headers(
                1, true, (":method", "GET"), (":scheme", "http"), (":path", "/"), ("connection", "keep-alive"), ("x", "a\r\nevil: 1")).ToArray())
            .Close(StreamEndCause.Fin);

        var exchange = Assert.Single(_recorder.Exchanges);
        Assert.Equal(HttpAnomalies.ConnectionField | HttpAnomalies.InvalidFieldLine, exchange.Anomalies);
        Assert.Null(exchange.Request!.Field("evil"));
        Assert.Equal("a  evil: 1", exchange.Request.Field("x"));
    }

    [Fact]
    public void A_flood_of_CONTINUATION_is_bounded_and_ends_in_unknown_fields()
    {
        var flood = Http2Octets.Client.Frame(1, 1, 1, 0x82);
        var filler = new byte[16_000];
        for (var count = 0; count < 100; count++)
        {
            flood.Frame(9, 0, 1, filler);
        }

        flood.Frame(9, 4, 1, []);
        Script().Send(Side.Client, flood.Get(3, "/3").ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 ? ? – 0 Unanswered None left 1", "3 #2 GET /3 – 0 Unanswered None left 0"], Lines());
        Assert.True(_recorder.Exchanges[0].Anomalies.HasFlag(HttpAnomalies.HeadTooLong));
    }

    [Fact]
    public void More_streams_than_the_limit_are_counted()
    {
        var many = Http2Octets.Client;
        for (var stream = 1; stream < 200; stream += 2)
        {
            many.Get(stream, "/");
        }

        Script(limits: HttpLimits.Default with { OpenStreams = 10 }).Send(Side.Client, many.ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal((100, 10), (Record.Streams, _recorder.Exchanges.Count));
        Assert.Equal(HttpAnomalies.TooManyStreams, Assert.Single(_recorder.Remarks).Kind);
    }

    [Fact]
    public void Control_frames_are_kept_up_to_a_limit()
    {
        var many = Http2Octets.Client;
        for (var count = 0; count < 2000; count++)
        {
            many.Ping(1).Settings(1, 4096).GoAway(0);
        }

        Script().Send(Side.Client, many.ToArray()).Close(StreamEndCause.Fin);

        Assert.Equal(
            (HttpLimits.Default.ControlFrames, HttpLimits.Default.ControlFrames, 2000), (Record.Events.Count, Record.GoAways.Count, Record.ClientPings));
        Assert.Equal(6002 - Record.Events.Count, Record.EventsLeftOut);
    }

    [Fact]
    public void A_PING_is_answered_by_its_own_octets()
    {
        Script().Send(Side.Client, Http2Octets.Client.Ping(1).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Ping(9, acknowledges: true).Ping(1, acknowledges: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal((1, 0, 1_000_000L), (Record.ClientPings, Record.ServerPings, Record.SlowestPing));
    }

    [Fact]
    public void Frames_where_none_may_be_are_told_and_change_nothing()
    {
        Script().Send(Side.Client, Http2Octets.Client.Get(1, "/").Data(1, "more").Frame(4, 0, 0, 1, 2, 3).ToArray())
            .Send(Side.Server, Http2Octets.Begin.Settings().Status(9, 200).Status(1, 200, ends: true).ToArray())
            .Close(StreamEndCause.Fin);

        Assert.Equal(["1 #1 GET / 200 0 Complete Http2Default left 0"], Lines());
        Assert.Equal([HttpAnomalies.InvalidFrame, HttpAnomalies.InvalidFrame, HttpAnomalies.InvalidFrame], _recorder.Remarks.Select(remark => remark.Kind));
    }

    [Fact]
    public void Any_octets_after_the_preface_are_read()
    {
        Random random = new(9113);
        var good = Http2Octets.Client.Get(1, "/").Post(3, "/3").Data(3, "body", ends: true).Ping(1).Reset(3, 8).GoAway(1).Get(5, "/5").ToArray();
        var answers = Http2Octets.Begin.Settings().Status(1, 200).Data(1, "x", ends: true).Status(3, 200).GoAway(3).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var script = Script(new Cut(random.Next(60), random.Next(40)));
            script.Send(Side.Client, Spoilt(good, 24)).Send(Side.Server, Spoilt(answers, 0));
            if (random.Next(3) == 0)
            {
                script.Gap(random.Next(2) == 0 ? Side.Client : Side.Server, random.Next(1, 100)).Send(Side.Server, answers).Send(Side.Client, good);
            }

            script.Close(random.Next(2) == 0 ? StreamEndCause.Fin : StreamEndCause.CaptureEnd);
        }

        Assert.Equal(2000, _recorder.Summaries.Count);

        byte[] Spoilt(byte[] octets, int from)
        {
            byte[] spoilt = [.. octets];
            for (var count = random.Next(4); count > 0; count--)
            {
                spoilt[random.Next(from, spoilt.Length)] = (byte)random.Next(256);
            }

            return spoilt[..random.Next(from, spoilt.Length + 1)];
        }
    }

    private StreamScript Script(Cut cut = default, HttpLimits? limits = null) =>
        new(new HttpConversations(_recorder, limits ?? HttpLimits.Default), cut);

    /// <summary>Milliseconds.</summary>
    private IEnumerable<long> TimesOfPings() => Record.Events
        .Where(happened => happened.Kind == Http2EventKind.PingAcknowledged).Select(happened => happened.Value / 1_000_000);

    private IEnumerable<string> Lines() => _recorder.Exchanges.Select(exchange =>
        $"{exchange.Stream} #{exchange.Ordinal} {exchange.Request?.Method ?? "–"} {exchange.Request?.Target ?? "–"} "
        + $"{(exchange.Response is { } response ? response.Status : "–")} {exchange.ResponseTrace.BodyOctets} {exchange.End} "
        + $"{exchange.Persistence.Rule} left {exchange.Outstanding}");
}
