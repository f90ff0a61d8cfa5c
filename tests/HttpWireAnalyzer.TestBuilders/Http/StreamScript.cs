using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.TestBuilders.Http;

/// <summary>How a script's octets are cut into chunks.</summary>
/// <param name="At">Offset in every piece of text at which it is cut once; 0 for nowhere.</param>
/// <param name="Size">Longest chunk; 0 for any.</param>
public readonly record struct Cut(int At, int Size)
{
    public static readonly Cut Whole = new(0, 0);

    public static readonly Cut OctetByOctet = new(0, 1);
}

/// <summary>
/// Plays the two streams of one connection to a stream sink: each line a packet, numbered from 1, a millisecond after
/// the one before. The pieces that a <see cref="Cut"/> makes of a line keep its packet's number and time.
/// </summary>
public sealed class StreamScript
{
    private const long Millisecond = 1_000_000;

    private readonly IStreamSink _sink;
    private readonly Cut _cut;
    private readonly ConnectionId _id;
    private readonly long[] _offsets = new long[2];
    private readonly bool[] _ended = new bool[2];
    private long _number;
    private long _time;

    public StreamScript(IStreamSink sink, Cut cut = default, bool midstream = false, ConnectionId id = default)
    {
        _sink = sink;
        _cut = cut;
        _id = id;
        _sink.OnOpened(new ConnectionOpening(id, default, default, 1, midstream, Next()));
    }

    /// <summary>The sender acknowledges all that the other side has sent so far, unless told otherwise.</summary>
    public StreamScript Client(string text, long? acknowledged = null) =>
        Send(Side.Client, Encoding.Latin1.GetBytes(text), acknowledged);

    public StreamScript Server(string text, long? acknowledged = null) =>
        Send(Side.Server, Encoding.Latin1.GetBytes(text), acknowledged);

    /// <summary>A packet whose octets wait behind a hole, and are sent later.</summary>
    public PacketRef Hold() => Next();

    public StreamScript Send(Side side, ReadOnlySpan<byte> octets, long? acknowledged = null, PacketRef held = default)
    {
        var packet = held.IsNone ? Next() : held;
        var known = acknowledged ?? _offsets[(int)side.Other()];
        var at = 0;
        while (at < octets.Length)
        {
            var length = octets.Length - at;
            length = _cut.Size > 0 ? Math.Min(length, _cut.Size) : length;
            length = _cut.At > at ? Math.Min(length, _cut.At - at) : length;
            _sink.OnChunk(new StreamChunk
            {
                Connection = _id,
                Sender = side,
                Offset = _offsets[(int)side],
                Packet = packet,
                Contiguous = packet,
                Acknowledged = known,
                Octets = octets.Slice(at, length),
            });
            _offsets[(int)side] += length;
            at += length;
        }

        return this;
    }

    public StreamScript Gap(Side side, long length, GapCause cause = GapCause.Acknowledged)
    {
        _sink.OnGap(new StreamGap(_id, side, _offsets[(int)side], length, cause, Next()));
        _offsets[(int)side] += length;
        return this;
    }

    public StreamScript Wait(long milliseconds)
    {
        _time += milliseconds * Millisecond;
        return this;
    }

    public StreamScript End(Side side, StreamEndCause cause = StreamEndCause.Fin)
    {
        if (!_ended[(int)side])
        {
            _ended[(int)side] = true;
            _sink.OnEnd(new StreamEnd(_id, side, _offsets[(int)side], cause, Next()));
        }

        return this;
    }

    /// <summary>Ends what is open and closes the connection.</summary>
    public void Close(StreamEndCause cause = StreamEndCause.CaptureEnd)
    {
        End(Side.Client, cause);
        End(Side.Server, cause);
        CloseEnded(cause);
    }

    /// <summary>Closes the connection, whose ends somebody else has told.</summary>
    public void CloseEnded(StreamEndCause cause = StreamEndCause.Fin)
    {
        var last = Next();
        _sink.OnClosed(new TcpSummary
        {
            Connection = _id,
            Client = default,
            Server = default,
            Swapped = false,
            Encapsulation = new(),
            Incarnation = 1,
            Midstream = false,
            First = default,
            Last = last,
            HandshakeAck = default,
            Close = cause == StreamEndCause.CaptureEnd
                ? new CloseAnatomy { How = CloseManner.Open }
                : new CloseAnatomy { How = CloseManner.Fin, Packet = last },
            ClientEnd = default,
            ServerEnd = default,
            ZeekState = ZeekState.OTH,
            ZeekHistory = string.Empty,
        });
    }

    private PacketRef Next()
    {
        _time += Millisecond;
        return new PacketRef(++_number, new Timestamp(_time));
    }
}

/// <summary>Keeps what the message stage gives.</summary>
public sealed class ExchangeRecorder : IExchangeSink
{
    public List<HttpExchange> Exchanges { get; } = [];

    public List<HttpRemark> Remarks { get; } = [];

    public List<HttpSummary> Summaries { get; } = [];

    /// <summary>Names of the calls, in order, of what is only passed on.</summary>
    public List<string> Passed { get; } = [];

    public void OnOpened(in ConnectionOpening opening) => Passed.Add(nameof(OnOpened));

    public void OnStateChange(in TcpStateChange change) => Passed.Add(nameof(OnStateChange));

    public void OnTcpRemark(in TcpRemark remark) => Passed.Add(nameof(OnTcpRemark));

    public void OnGap(in StreamGap gap) => Passed.Add(nameof(OnGap));

    /// <summary>Since when, each time that the connection became busy.</summary>
    public List<PacketRef> Busy { get; } = [];

    public void OnBusy(ConnectionId connection, PacketRef since) => Busy.Add(since);

    public void OnExchange(in HttpExchange exchange) => Exchanges.Add(exchange);

    public void OnHttpRemark(in HttpRemark remark) => Remarks.Add(remark);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        Passed.Add(nameof(OnClosed));
        Summaries.Add(http);
    }
}
