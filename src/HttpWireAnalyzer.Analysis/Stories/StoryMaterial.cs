using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What was seen of one connection, before its ends are known for certain.</summary>
internal sealed class StoryMaterial
{
    /// <summary>Each end changes state at most about ten times; a few more for grounds that get better.</summary>
    private const int MaxChanges = 256;

    public List<TcpStateChange> Changes { get; } = [];

    /// <summary>In the order in which it was reported, which is not yet capture order.</summary>
    public List<Told> Lines { get; } = [];

    public List<HttpExchange> Exchanges { get; } = [];

    public int LeftOut { get; private set; }

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

    private readonly PacketRef[] _holes = new PacketRef[2];
    private TcpRemark _cause;
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

    public void Add(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.KeepAliveAnswer)
        {
            NoteAnswer(remark.Sender);
        }

        if (remark.Kind == TcpRemarkKind.HoleBefore && _holes[(int)remark.Sender].IsNone)
        {
            _holes[(int)remark.Sender] = remark.Packet;
        }

        if (remark.Kind is TcpRemarkKind.FastRetransmission or TcpRemarkKind.RetransmissionTimeout
            or TcpRemarkKind.SpuriousRetransmission)
        {
            // The line comes with the next remark, on the same packet.
            _cause = remark;
        }

        if (IsWorthALine(remark))
        {
            AddLine(remark);
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

    private void AddLine(in TcpRemark remark)
    {
        var cause = _cause.Packet == remark.Packet && _cause.Sender == remark.Sender ? _cause : remark;
        if (Lines.Count > 0
            && Lines[^1] is { Sentence: SegmentRemarked last } line
            && last.Kind == remark.Kind
            && line.Sender == remark.Sender
            && last.Because == cause.Kind
            && (last.Value > 0) == (remark.Value > 0))
        {
            Lines[^1] = line with
            {
                Sentence = last with
                {
                    Count = last.Count + 1,
                    Last = remark.Packet,
                    Evidence = [last.Evidence[0], remark.Packet],
                },
            };
            return;
        }

        var earlier = remark.Earlier;
        if (remark.Kind == TcpRemarkKind.OutOfOrder)
        {
            earlier = _holes[(int)remark.Sender];
            _holes[(int)remark.Sender] = default;
        }

        Add(new Told(
            remark.Packet,
            remark.Sender,
            new SegmentRemarked(remark.Kind, 1, remark.Value, remark.Packet, remark.Packet, earlier, 0)
            {
                Because = cause.Kind,
                BecauseValue = cause.Value,
                Evidence = Frames(earlier, remark.Packet),
            }));
    }

    private void NoteAnswer(Side sender)
    {
        if (Lines.Count > 0
            && Lines[^1] is { Sentence: SegmentRemarked { Kind: TcpRemarkKind.KeepAliveProbe } probes } line
            && line.Sender == sender.Other())
        {
            Lines[^1] = line with { Sentence = probes with { Answered = probes.Answered + 1 } };
        }
    }

    public void Add(in StreamGap gap) => Add(new Told(
        gap.NoticedAt,
        null,
        new OctetsMissing(gap.Sender, gap.Length, gap.Cause) { Evidence = [gap.NoticedAt] }));

    public void Add(in HttpRemark remark) => Add(new Told(
        remark.Packet,
        remark.Sender,
        new MessageRemarked(remark.Kind, remark.Ordinal, remark.Value) { Evidence = [remark.Packet] }));

    public void Add(ExchangeRun run) => Add(new Told(run.Evidence[0], null, run));

    public void Add(in HttpExchange exchange)
    {
        if (Exchanges.Count < StoryCollector.MaxLines)
        {
            Exchanges.Add(exchange);
        }

        var request = exchange.RequestTrace;
        var response = exchange.ResponseTrace;
        if (!request.Start.IsNone)
        {
            Add(new Told(request.Start, exchange.Requester, new RequestSent(exchange, -1, false)
            {
                Evidence = Frames(request.Start, request.End),
            }));
        }

        if (exchange.InterimResponses > 0)
        {
            var wait = request.HeadEnd.IsNone ? -1 : exchange.FirstInterim.Time.Since(request.HeadEnd.Time);
            Add(new Told(
                exchange.FirstInterim,
                exchange.Requester.Other(),
                new InterimReceived(exchange.Ordinal, exchange.FirstInterimStatus, exchange.InterimResponses, wait)
                {
                    Evidence = [exchange.FirstInterim],
                }));
        }

        if (!response.Start.IsNone)
        {
            var wait = request.End.IsNone ? -1 : response.Start.Time.Since(request.End.Time);
            Add(new Told(response.Start, exchange.Requester.Other(), new ResponseReceived(exchange, wait)
            {
                Evidence = Frames(response.Start, response.End),
            }));
        }
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

        if (exchange.End == ExchangeEnd.Switched)
        {
            Switch = exchange;
        }

        if (exchange.RetryOf is not null)
        {
            FirstRetry ??= exchange;
            Retries++;
        }

        FirstRule = exchange.Ordinal == 1 ? exchange.Persistence.Rule : FirstRule;
        Answered += exchange.Request is not null
            && (exchange.ResponseTrace.Complete || exchange.End is ExchangeEnd.CompleteByClose or ExchangeEnd.ResponseNotCaptured)
            ? 1
            : 0;
        Cut += exchange.End is ExchangeEnd.RequestTruncated or ExchangeEnd.ResponseTruncated ? 1 : 0;
        if (!_close.IsNone && exchange.RequestTrace.Start.Number > _close.Number)
        {
            return;
        }

        if (exchange.IdleBefore > _longestIdle)
        {
            _longestIdle = exchange.IdleBefore;
            LongestIdle = (LastEnd, exchange.RequestTrace.Start);
        }

        var end = exchange.ResponseTrace.End.IsNone ? exchange.RequestTrace.End : exchange.ResponseTrace.End;
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

    private static bool IsWorthALine(in TcpRemark remark) => remark.Kind switch
    {
        TcpRemarkKind.Retransmission or TcpRemarkKind.OutOfOrder or TcpRemarkKind.KeepAliveProbe
            or TcpRemarkKind.ZeroWindow or TcpRemarkKind.OverlapConflict
            or TcpRemarkKind.UnacceptableRst or TcpRemarkKind.SynOnOpenConnection or TcpRemarkKind.ChallengeAck
            or TcpRemarkKind.TimeWaitReuse or TcpRemarkKind.SimultaneousOpen or TcpRemarkKind.SynAckChanged
            or TcpRemarkKind.IcmpError or TcpRemarkKind.OctetsAfterEnd or TcpRemarkKind.RstPayload
            or TcpRemarkKind.WindowReopened => true,
        _ => false,
    };

    private void Add(in Told line)
    {
        if (Lines.Count < StoryCollector.MaxLines)
        {
            Lines.Add(line);
        }
        else
        {
            LeftOut++;
        }
    }
}

/// <summary>A line without states yet.</summary>
internal readonly record struct Told(PacketRef At, Side? Sender, StorySentence Sentence);
