using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>What follows HTTP/1 is given the octets of both streams, all of them and nothing else.</summary>
public sealed class SuccessionTests
{
    private const string Ask = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x/1\r\n\r\n";
    private const string Switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x/1\r\n\r\n";
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private readonly ExchangeRecorder _recorder = new();
    private readonly Heir _heir = new();

    public static TheoryData<int, int> Cuts
    {
        get
        {
            TheoryData<int, int> cuts = new() { { 0, 0 } };
            for (var at = 1; at < Switched.Length + 5; at++)
            {
                cuts.Add(at, 0);
            }

            for (var size = 1; size < 8; size++)
            {
                cuts.Add(0, size);
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Octets_after_101_are_given_on(int at, int size)
    {
        Script(new Cut(at, size)).Client(Ask).Server(Switched + "first").Client("from the client").Server("second")
            .Gap(Side.Server, 3).Server("third").Close(StreamEndCause.Fin);

        Assert.Equal("from the client", _heir.Text(Side.Client));
        Assert.Equal("firstsecond[3]third", _heir.Text(Side.Server));
        Assert.Equal((Ask.Length, Switched.Length), (_heir.From[0], _heir.From[1]));
        Assert.Equal([Side.Client, Side.Server], _heir.Ended);
        Assert.Same(Heir.Told, Assert.Single(_recorder.Summaries).Successor);
        Assert.Equal(ExchangeEnd.Switched, Assert.Single(_recorder.Exchanges).End);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void The_preface_belongs_to_what_it_begins(int at, int size)
    {
        Script(new Cut(at, size)).Client(Preface + "settings").Server("its settings").Close();

        Assert.Equal(Preface + "settings", _heir.Text(Side.Client));
        Assert.Equal("its settings", _heir.Text(Side.Server));
        Assert.Equal((ApplicationProtocol.Http2, 0, 0), (_heir.Protocol, _heir.From[0], _heir.From[1]));
        Assert.Empty(_recorder.Exchanges);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void The_preface_may_follow_messages_and_a_101(int at, int size)
    {
        var get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        var ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        var h2c = Switched.Replace("x/1", "h2c", StringComparison.Ordinal);
        Script(new Cut(at, size)).Client(get).Server(ok).Client(Ask).Server(h2c + "settings").Client(Preface).Close();

        Assert.Equal(Preface, _heir.Text(Side.Client));
        Assert.Equal("settings", _heir.Text(Side.Server));
        Assert.Equal((get.Length + Ask.Length, ok.Length + h2c.Length), (_heir.From[0], _heir.From[1]));
        Assert.Equal(ApplicationProtocol.Http2, _heir.Protocol);
    }

    [Fact]
    public void Octets_that_overtook_the_101_in_the_capture_are_given_on_too()
    {
        Script().Client(Ask).Client("early").Server(Switched).Client(" late").Close();

        Assert.Equal("early late", _heir.Text(Side.Client));
    }

    [Fact]
    public void A_request_that_is_lost_leaves_no_place_where_its_stream_changes()
    {
        Script().Gap(Side.Client, Ask.Length).Server(Switched + "x").Client("y").Close();

        Assert.Equal((-1, Switched.Length), (_heir.From[0], _heir.From[1]));
    }

    [Fact]
    public void A_protocol_that_nobody_reads_is_passed_over()
    {
        StreamScript script = new(new HttpConversations(_recorder, HttpLimits.Default));
        script.Client(Ask).Server(Switched + "x").Client("y").Gap(Side.Client, 1).Close();

        Assert.Null(Assert.Single(_recorder.Summaries).Successor);
    }

    [Fact]
    public void The_next_connection_of_a_slot_has_no_successor()
    {
        HttpConversations http = new(_recorder, HttpLimits.Default, _heir);
        new StreamScript(http, id: new ConnectionId(0, 3)).Client(Ask).Server(Switched).Client("y").Close();
        new StreamScript(http, id: new ConnectionId(1, 3)).Client("GET / HTTP/1.1\r\nHost: a\r\n\r\n").Close();

        Assert.Equal([Heir.Told, null], _recorder.Summaries.Select(summary => summary.Successor));
        Assert.Equal("y", _heir.Text(Side.Client));
    }

    private StreamScript Script(Cut cut = default) => new(new HttpConversations(_recorder, HttpLimits.Default, _heir), cut);

    /// <summary>Follows every protocol, and keeps what it is given.</summary>
    private sealed class Heir : ISuccession, ISuccessor
    {
        public static readonly SuccessorRecord Told = new Kept();

        private readonly StringBuilder[] _texts = [new(), new()];

        public ApplicationProtocol Protocol { get; private set; }

        /// <summary>By side.</summary>
        public long[] From { get; } = new long[2];

        public List<Side> Ended { get; } = [];

        public string Text(Side side) => _texts[(int)side].ToString();

        public ISuccessor Begin(in ProtocolSwitch change)
        {
            Protocol = change.Protocol;
            From[(int)change.Requester] = change.RequesterFrom;
            From[(int)change.Requester.Other()] = change.ResponderFrom;
            return this;
        }

        public void Read(in StreamChunk chunk) =>
            _texts[(int)chunk.Sender].Append(Encoding.Latin1.GetString(chunk.Octets));

        public void Skip(in StreamGap gap) => _texts[(int)gap.Sender].Append('[').Append(gap.Length).Append(']');

        public void End(in StreamEnd end) => Ended.Add(end.Sender);

        public SuccessorRecord? Close(in TcpSummary tcp) => Told;

        private sealed record Kept : SuccessorRecord;
    }
}
