using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>The lines of a story's course: what follows each other and is of one kind is one line.</summary>
internal sealed class StoryLines
{
    /// <summary>In the order in which it was reported, which is not yet capture order.</summary>
    public List<Told> All { get; } = [];

    public int LeftOut { get; private set; }

    private readonly PacketRef[] _holes = new PacketRef[2];
    private TcpRemark _cause;
    private WindowsClosed _windows;

    public void Add(in TcpRemark remark)
    {
        var stillClosed = remark.Kind == TcpRemarkKind.ZeroWindow && _windows.Of(remark.Sender);
        _windows.Add(remark);
        if (remark.Kind == TcpRemarkKind.KeepAliveAnswer || stillClosed)
        {
            NoteAnswer(remark.Sender, ofWindow: stillClosed);
        }

        if (stillClosed)
        {
            return;
        }

        if (remark.Kind == TcpRemarkKind.IcmpError)
        {
            Add(new Told(
                remark.Packet,
                null,
                new IcmpReported(remark.Sender, IcmpReason.Unpack(remark.Value), null)
                {
                    Evidence = [remark.Packet],
                }));
            return;
        }

        if (remark.Kind == TcpRemarkKind.HoleBefore && _holes[(int)remark.Sender].IsNone)
        {
            _holes[(int)remark.Sender] = remark.Packet;
        }

        if (remark.Kind is TcpRemarkKind.FastRetransmission or TcpRemarkKind.RetransmissionTimeout
            or TcpRemarkKind.SpuriousRetransmission or TcpRemarkKind.ZeroWindowRetransmission)
        {
            // The line comes with the next remark, on the same packet.
            _cause = remark;
        }

        if (IsWorthALine(remark))
        {
            AddLine(remark);
        }
    }

    private void AddLine(in TcpRemark remark)
    {
        var cause = _cause.Packet == remark.Packet && _cause.Sender == remark.Sender ? _cause : remark;
        if (All.Count > 0
            && All[^1] is { Sentence: SegmentRemarked last } line
            && last.Kind == remark.Kind
            && line.Sender == remark.Sender
            && last.Because == cause.Kind
            && last.OfWindow == IsOfWindow(remark)
            && (last.Value > 0) == (remark.Value > 0))
        {
            All[^1] = line with
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
                OfWindow = IsOfWindow(remark),
                IsResent = remark.IsResent,
                Evidence = Frames(earlier, remark.Packet),
            }));
    }

    /// <summary>RFC 9293 §3.8.6.1: what asks while the other end's window is closed asks for the window.</summary>
    private bool IsOfWindow(in TcpRemark remark) =>
        remark.Kind == TcpRemarkKind.KeepAliveProbe && _windows.Of(remark.Sender.Other());

    private void NoteAnswer(Side sender, bool ofWindow)
    {
        // The end that answers may have sent a probe of its own in between; or a hole was given up there.
        for (var at = All.Count - 1; at >= 0 && at >= All.Count - 2; at--)
        {
            if (All[at].Sentence is OctetsMissing)
            {
                continue;
            }

            if (All[at] is not { Sentence: SegmentRemarked { Kind: TcpRemarkKind.KeepAliveProbe } probes } line)
            {
                return;
            }

            if (line.Sender == sender.Other() && probes.OfWindow == ofWindow)
            {
                All[at] = line with { Sentence = probes with { Answered = probes.Answered + 1 } };
                return;
            }
        }
    }

    public void Add(in StreamGap gap)
    {
        if (All.Count > 0 && All[^1] is { Sentence: OctetsMissing last } line && last.Of == gap.Sender && last.Cause == gap.Cause)
        {
            All[^1] = line with
            {
                Sentence = last with
                {
                    Length = last.Length + gap.Length,
                    Count = last.Count + 1,
                    Evidence = Frames(last.Evidence[0], gap.NoticedAt),
                },
            };
            return;
        }

        Add(new Told(
            gap.NoticedAt,
            null,
            new OctetsMissing(gap.Sender, gap.Length, gap.Cause) { Evidence = [gap.NoticedAt] }));
    }

    public void Add(in HttpRemark remark) => Add(new Told(
        remark.Packet,
        remark.Sender,
        new MessageRemarked(remark.Kind, remark.Ordinal, remark.Value) { Evidence = [remark.Packet] }));

    public void Add(ExchangeRun run) => Add(new Told(run.Evidence[0], null, run));

    public void Add(in HttpExchange exchange)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        if (!request.Start.IsNone && !exchange.IsUpgradeAnswer)
        {
            Add(new Told(request.Start, exchange.Requester, new RequestSent(exchange, -1)
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

    private static bool IsWorthALine(in TcpRemark remark) => remark.Kind switch
    {
        TcpRemarkKind.Retransmission or TcpRemarkKind.OutOfOrder or TcpRemarkKind.KeepAliveProbe
            or TcpRemarkKind.ZeroWindow or TcpRemarkKind.OverlapConflict
            or TcpRemarkKind.UnacceptableRst or TcpRemarkKind.SynOnOpenConnection or TcpRemarkKind.ChallengeAck
            or TcpRemarkKind.TimeWaitReuse or TcpRemarkKind.SimultaneousOpen or TcpRemarkKind.SynAckChanged
            or TcpRemarkKind.OctetsAfterEnd or TcpRemarkKind.RstPayload
            or TcpRemarkKind.WindowReopened => true,
        _ => false,
    };

    private void Add(in Told line)
    {
        if (All.Count < StoryCollector.MaxLines)
        {
            All.Add(line);
        }
        else
        {
            LeftOut++;
        }
    }
}

/// <summary>A line without states yet.</summary>
internal readonly record struct Told(PacketRef At, Side? Sender, StorySentence Sentence);
