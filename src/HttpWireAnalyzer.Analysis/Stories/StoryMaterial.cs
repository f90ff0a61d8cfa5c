using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What was seen of one connection, before its ends are known for certain.</summary>
internal sealed class StoryMaterial
{
    /// <summary>Each end changes state at most about ten times; a few more for grounds that get better.</summary>
    private const int MaxChanges = 256;

    public List<TcpStateChange> Changes { get; } = [];

    public StoryLines Course { get; } = new();

    public List<HttpExchange> Exchanges { get; } = [];

    /// <summary>The request that ended the longest idle time, and the message end that began it.</summary>
    public (PacketRef From, PacketRef To) LongestIdle { get; private set; }

    /// <summary>Of this connection.</summary>
    public ConnectionOpening Opening { get; set; }

    /// <summary>First packet of the next connection on the same addresses and ports; none without one.</summary>
    public PacketRef Successor { get; private set; }

    /// <summary>The exchange that left HTTP; null without one.</summary>
    public HttpExchange? Switch { get; private set; }

    /// <summary>Whole exchanges, but for those inside a tunnel.</summary>
    public int Answered { get; private set; }

    /// <summary>Exchanges with a message that was cut off.</summary>
    public int Cut { get; private set; }

    /// <summary>Of <see cref="Cut"/> those to which no answer had begun.</summary>
    public int CutUnanswered { get; private set; }

    /// <summary>Those whose request was cut off and whose response is whole.</summary>
    public int AnsweredUnfinished { get; private set; }

    /// <summary>Of <see cref="AnsweredUnfinished"/> those whose answer began behind the close that cut the request.</summary>
    public int AnsweredAfterCut { get; private set; }

    /// <summary>Requests of whose answers nothing was captured.</summary>
    public int Uncaptured { get; private set; }

    /// <summary>Requests that got octets in place of answers.</summary>
    public int Unreadable { get; private set; }

    /// <summary>HTTP/2: requests that the server did not process, as it said.</summary>
    public int Refused { get; private set; }

    /// <summary>HTTP/2: streams that were reset before the response was whole.</summary>
    public int Reset { get; private set; }

    /// <summary>What an HTTP/2 connection begins with; told before the messages of the same packet.</summary>
    public List<Told> OpeningFrames { get; } = [];

    /// <summary>Its other frames that are not of messages; told after them.</summary>
    public List<Told> OtherFrames { get; } = [];

    /// <summary>Why the connection persisted after the first exchange, or did not.</summary>
    public PersistenceRule FirstRule { get; private set; }

    /// <summary>Requests inside a tunnel.</summary>
    public int InTunnel { get; private set; }

    /// <summary>The first request that repeats a failed one; null without one.</summary>
    public HttpExchange? FirstRetry { get; private set; }

    public int Retries { get; private set; }

    /// <summary>The first request of another connection that repeats a failed one of this; null without one.</summary>
    public HttpExchange? FirstRetryElsewhere { get; private set; }

    public int RetriesElsewhere { get; private set; }

    /// <summary>Where the last exchange before the first FIN or RST ended.</summary>
    public PacketRef LastEnd { get; private set; }

    /// <summary>The exchange that took longest, and where its time went; null without a whole one.</summary>
    public TimeSpent? Slowest { get; private set; }

    private PacketRef _close;
    private long _longestIdle = -1;

    public void NoteSuccessor(in ConnectionOpening opening)
    {
        if (Successor.IsNone && !Opening.Packet.IsNone && opening.Incarnation > Opening.Incarnation
            && ((opening.Client == Opening.Client && opening.Server == Opening.Server)
                || (opening.Client == Opening.Server && opening.Server == Opening.Client)))
        {
            Successor = opening.Packet;
        }
    }

    public void NoteRetryElsewhere(in HttpExchange exchange)
    {
        FirstRetryElsewhere ??= exchange;
        RetriesElsewhere++;
    }

    public void Add(in TcpStateChange change)
    {
        if (_close.IsNone && change.Input is TcpInput.SendFin or TcpInput.SendRst)
        {
            _close = change.Packet;
        }

        if (Changes.Count < MaxChanges)
        {
            Changes.Add(change);
        }
    }

    /// <summary>Copies of the SYN-ACK that were sent when the ACK which completed the handshake ought to have arrived.</summary>
    /// <param name="toServer">Nanoseconds from the tap to the server and back.</param>
    public int SynAcksAfter(PacketRef handshakeAck, long toServer) => handshakeAck.IsNone ? 0 : Course.All
        .Where(line => line.At.Number > handshakeAck.Number && line.At.Time.Since(handshakeAck.Time) > toServer)
        .Sum(line => line.Sentence is SegmentRemarked { IsSynAck: true, IsResent: true } again ? again.Count : 0);

    public void Add(Http2Record record)
    {
        foreach (var frame in record.Events)
        {
            var list = frame.Kind is Http2EventKind.Preface or Http2EventKind.Settings ? OpeningFrames : OtherFrames;
            list.Add(new Told(frame.At, frame.Sender, new ConnectionFrame(frame) { Evidence = [frame.At] }));
        }
    }

    /// <summary>Once the connection is over: packets that acknowledge a FIN, and do nothing else that is told.</summary>
    public IEnumerable<Told> FinAcknowledgments(IReadOnlyCollection<Told> others)
    {
        foreach (var change in Changes)
        {
            if (change.Input == TcpInput.FinAcknowledged && others.All(other => other.At != change.Packet))
            {
                yield return new Told(change.Packet, change.Side.Other(), new FinAcknowledged { Evidence = [change.Packet] });
            }
        }
    }

    public void Add(in HttpExchange exchange)
    {
        if (Exchanges.Count < StoryCollector.MaxLines)
        {
            Exchanges.Add(exchange);
        }

        Course.Add(exchange);
    }

    public void Remember(in HttpExchange exchange, in ExchangeTiming timing)
    {
        if (timing.Total > (Slowest?.Timing.Total ?? 0) && exchange.TunnelDepth == 0 && exchange.End != ExchangeEnd.Switched)
        {
            Slowest = new TimeSpent(exchange, timing)
            {
                Evidence = Frames(
                    exchange.RequestTrace.Start, exchange.RequestTrace.End,
                    exchange.ResponseTrace.Start, exchange.ResponseTrace.End),
            };
        }
    }

    /// <summary>What has to be known of every exchange, also of those in a run.</summary>
    public void Remember(in HttpExchange exchange)
    {
        if (exchange.TunnelDepth > 0)
        {
            InTunnel += exchange.Request is null ? 0 : 1;
            return;
        }

        if (exchange is { End: ExchangeEnd.Switched, Stream: 0 })
        {
            Switch = exchange;
        }

        if (exchange.RetryOf is not null)
        {
            FirstRetry ??= exchange;
            Retries++;
        }

        FirstRule = exchange.Ordinal == 1 ? exchange.Persistence.Rule : FirstRule;
        Answered += exchange.Request is not null && !exchange.IsUpgradeAnswer
            && (exchange.ResponseTrace.Complete || exchange.End == ExchangeEnd.CompleteByClose
                || exchange is { End: ExchangeEnd.ResponseNotCaptured, Response: not null })
            ? 1
            : 0;
        Uncaptured += exchange is { End: ExchangeEnd.ResponseNotCaptured, Response: null } ? 1 : 0;
        Unreadable += exchange.End == ExchangeEnd.ResponseUnreadable ? 1 : 0;
        Refused += exchange.End == ExchangeEnd.Refused ? 1 : 0;
        Reset += exchange is { End: ExchangeEnd.StreamReset, ResponseTrace.Complete: false } ? 1 : 0;
        Cut += exchange.End is ExchangeEnd.RequestTruncated or ExchangeEnd.ResponseTruncated
            || exchange is { End: ExchangeEnd.InProgress, Response: not null, ResponseTrace.Complete: false } ? 1 : 0;
        CutUnanswered += exchange is { End: ExchangeEnd.RequestTruncated, Response: null } ? 1 : 0;
        if (exchange is { End: ExchangeEnd.RequestTruncated, ResponseTrace.Complete: true })
        {
            AnsweredUnfinished++;
            AnsweredAfterCut += !_close.IsNone && exchange.ResponseTrace.Start.Number > _close.Number ? 1 : 0;
        }

        if (!_close.IsNone && exchange.RequestTrace.Start.Number > _close.Number)
        {
            return;
        }

        if (exchange.IdleBefore > _longestIdle)
        {
            _longestIdle = exchange.IdleBefore;
            LongestIdle = (LastEnd, exchange.RequestTrace.Start);
        }

        // An answer to nothing ends no idle time.
        var end = exchange.End == ExchangeEnd.Unsolicited ? default
            : exchange.ResponseTrace.End.IsNone ? exchange.RequestTrace.End
            : exchange.ResponseTrace.End;
        LastEnd = end.IsNone ? LastEnd : end;
    }

    /// <summary>The packets that there are, each once, in capture order.</summary>
    public static PacketRef[] Frames(params ReadOnlySpan<PacketRef> packets)
    {
        var frames = new List<PacketRef>();
        foreach (var packet in packets)
        {
            if (!packet.IsNone && !frames.Contains(packet))
            {
                frames.Add(packet);
            }
        }

        frames.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        return [.. frames];
    }
}
