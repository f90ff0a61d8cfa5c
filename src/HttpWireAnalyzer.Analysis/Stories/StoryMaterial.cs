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

    private PacketRef _lastEnd;
    private long _longestIdle = -1;

    public void Add(in TcpStateChange change)
    {
        if (Changes.Count < MaxChanges)
        {
            Changes.Add(change);
        }
    }

    public void Add(in TcpRemark remark)
    {
        if (!IsWorthALine(remark))
        {
            return;
        }

        if (Lines.Count > 0
            && Lines[^1] is { Sentence: SegmentRemarked last } line
            && last.Kind == remark.Kind
            && line.Sender == remark.Sender)
        {
            var evidence = new[] { last.Evidence[0], remark.Packet };
            Lines[^1] = line with { Sentence = last with { Count = last.Count + 1, Evidence = evidence } };
            return;
        }

        Add(new Told(remark.Packet, remark.Sender, new SegmentRemarked(remark.Kind, 1, remark.Value)
        {
            Evidence = Frames(remark.Earlier, remark.Packet),
        }));
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
            Add(new Told(request.Start, exchange.Requester, new RequestSent(exchange, -1)
            {
                Evidence = Frames(request.Start, request.End),
            }));
        }

        if (exchange.InterimResponses > 0)
        {
            Add(new Told(
                exchange.FirstInterim,
                exchange.Requester.Other(),
                new InterimReceived(exchange.Ordinal, exchange.FirstInterimStatus, exchange.InterimResponses)
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

    public void RememberIdle(in HttpExchange exchange)
    {
        if (exchange.IdleBefore > _longestIdle)
        {
            _longestIdle = exchange.IdleBefore;
            LongestIdle = (_lastEnd, exchange.RequestTrace.Start);
        }

        var end = exchange.ResponseTrace.End.IsNone ? exchange.RequestTrace.End : exchange.ResponseTrace.End;
        _lastEnd = end.IsNone ? _lastEnd : end;
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
        TcpRemarkKind.Retransmission => remark.Value > 0,
        TcpRemarkKind.KeepAliveProbe or TcpRemarkKind.ZeroWindow or TcpRemarkKind.OverlapConflict
            or TcpRemarkKind.UnacceptableRst or TcpRemarkKind.SynOnOpenConnection or TcpRemarkKind.ChallengeAck
            or TcpRemarkKind.TimeWaitReuse or TcpRemarkKind.SimultaneousOpen or TcpRemarkKind.SynAckChanged
            or TcpRemarkKind.IcmpError or TcpRemarkKind.OctetsAfterEnd or TcpRemarkKind.RstPayload => true,
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
