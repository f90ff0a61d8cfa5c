using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>The short way of reading gives, word for word, what the readers give.</summary>
public sealed class StraightRoadTests
{
    private static readonly string[] Requests =
    [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /b HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /old\r\n\r\n", "\r\n", "garbage", "GET / HT",
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "\x16\x03\x01\0",
        "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
    ];

    private static readonly string[] Responses =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "123456789", "123", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: timeout=5, max=9\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", "nothing",
    ];

    /// <summary>What happens, a piece for it, and three numbers: where to cut, what is acknowledged, which packet.</summary>
    private static readonly Gen<int[]> Step = Gen.Choose(0, 1 << 20).ArrayOf(5);

    [Fact]
    public void The_straight_road_tells_every_event_like_the_readers() => Prop.ForAll(
        Step.ArrayOf().ToArbitrary(),
        steps => Tell(steps, straight: true) == Tell(steps, straight: false)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Plain_conversations_stay_on_the_straight_road()
    {
        HttpConversations http = new(new ExchangeRecorder(), HttpLimits.Default);
        var script = new StreamScript(http).Client(Requests[0]).Server(Responses[2]).Client(Requests[1] + Requests[3]);
        Assert.Equal((true, 3), (http.IsPlain(default), http.Waiting(default)));

        script.Server(Responses[3] + Responses[0]);
        Assert.Equal((true, 1), (http.IsPlain(default), http.Waiting(default)));

        script.Client(Requests[7]);
        Assert.False(http.IsPlain(default));

        script.Server(Responses[5] + Responses[0]);
        Assert.Equal((true, 0), (http.IsPlain(default), http.Waiting(default)));
        script.Close();
    }

    private static string Tell(int[][] steps, bool straight)
    {
        ExchangeRecorder recorder = new();
        var limits = HttpLimits.Default with { OutstandingRequests = 6, RequestsAwaitingLateResponses = 4 };
        HttpConversations http = new(recorder, limits) { TakesStraightRoad = straight };
        Streams streams = new(http, midstream: steps.Length % 7 == 3);
        foreach (var step in steps)
        {
            // Mostly requests and answers in turn, for the rest to happen in every state.
            switch (step[0] % 64)
            {
                case < 28:
                    streams.Send(Side.Client, Pick(Requests, step[1]), step);
                    break;
                case < 58:
                    streams.Send(Side.Server, Pick(Responses, step[1]), step);
                    break;
                case < 60:
                    streams.Gap((Side)(step[1] & 1), 1 + (step[2] % 12));
                    break;
                case 60:
                    streams.End((Side)(step[1] & 1), (StreamEndCause)(step[2] % 3));
                    break;
                default:
                    streams.Send(Side.Client, Requests[0] + Requests[1] + Pick(Requests, step[1]), step);
                    break;
            }
        }

        streams.Close();
        return Text(recorder);
    }

    /// <summary>The plain ones more often than the others.</summary>
    private static string Pick(string[] pieces, int number) =>
        pieces[number % 5 < 3 ? number / 5 % 4 : number / 5 % pieces.Length];

    private static string Text(ExchangeRecorder recorder)
    {
        StringBuilder text = new();
        foreach (var exchange in recorder.Exchanges)
        {
            text.Append(exchange).Append(Encoding.Latin1.GetString(exchange.Request?.Octets ?? []))
                .Append(Encoding.Latin1.GetString(exchange.Response?.Octets ?? [])).Append('\n');
        }

        text.AppendJoin('\n', recorder.Remarks).AppendJoin('\n', recorder.Busy).AppendJoin('\n', recorder.Passed);
        return text.AppendJoin('\n', recorder.Summaries).ToString();
    }

    /// <summary>Streams whose packets come out of order, are cut anywhere, and acknowledge anything.</summary>
    private sealed class Streams
    {
        private readonly HttpConversations _http;
        private readonly StreamScript _script;
        private readonly long[] _offsets = new long[2];
        private readonly bool[] _ended = new bool[2];
        private long _number = 10;

        public Streams(HttpConversations http, bool midstream)
        {
            _http = http;
            _script = new StreamScript(http, midstream: midstream);
        }

        public void Send(Side side, string text, int[] step)
        {
            var octets = Encoding.Latin1.GetBytes(text);
            var cut = step[2] % 3 == 0 ? step[2] % octets.Length : octets.Length;
            var other = _offsets[1 - (int)side];
            var acknowledged = (step[3] % 8) switch { 0 => -1, 1 => step[3] % (other + 40), _ => other };
            SendOne(side, octets.AsSpan(0, cut), acknowledged, step[4]);
            SendOne(side, octets.AsSpan(cut), acknowledged, step[4]);
        }

        public void Gap(Side side, int length)
        {
            _http.OnGap(new StreamGap(default, side, _offsets[(int)side], length, GapCause.Acknowledged, Next()));
            _offsets[(int)side] += length;
        }

        public void End(Side side, StreamEndCause cause)
        {
            if (!_ended[(int)side])
            {
                _ended[(int)side] = true;
                _http.OnEnd(new StreamEnd(default, side, _offsets[(int)side], cause, Next()));
            }
        }

        public void Close()
        {
            End(Side.Client, StreamEndCause.Fin);
            End(Side.Server, StreamEndCause.Fin);
            _script.CloseEnded();
        }

        private void SendOne(Side side, ReadOnlySpan<byte> octets, long acknowledged, int number)
        {
            if (octets.IsEmpty)
            {
                return;
            }

            var contiguous = Next();
            var brought = number % 4 == 0 ? contiguous.Number - (number / 4 % 6) : contiguous.Number;
            _http.OnChunk(new StreamChunk
            {
                Connection = default,
                Sender = side,
                Offset = _offsets[(int)side],
                Packet = At(brought),
                Contiguous = contiguous,
                Acknowledged = acknowledged,
                Octets = octets,
            });
            _offsets[(int)side] += octets.Length;
        }

        private PacketRef Next() => At(++_number);

        private static PacketRef At(long number) => new(number, new Timestamp(number * 1000));
    }
}
