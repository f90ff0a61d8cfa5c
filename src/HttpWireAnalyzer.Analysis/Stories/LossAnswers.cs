using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What was lost on the connection, or left when it ended.</summary>
internal sealed class LossAnswers(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    private readonly TcpSummary _tcp = connection.Tcp;

    /// <summary>A request that its sender's kernel knew to be too late: stale reuse, not a race in the network.</summary>
    public RequestAfterFin? AfterFin()
    {
        foreach (var exchange in material.Exchanges)
        {
            var requester = exchange.Requester;
            var fin = _tcp.EndOf(requester.Other()).Fin;
            if (!IsLost(exchange) || fin.IsNone || exchange.RequestTrace.Start.Number < fin.Number)
            {
                continue;
            }

            var acknowledged = FinAcknowledgedBy(requester.Other());
            if (acknowledged.Number > exchange.RequestTrace.Start.Number)
            {
                acknowledged = default;
            }

            var rst = _tcp.EndOf(requester.Other()).Rst;
            var delay = exchange.RequestTrace.Start.Time.Since(fin.Time);
            return new RequestAfterFin(exchange, requester, delay, fin, acknowledged, rst)
            {
                MayHaveCrossed = acknowledged.IsNone && delay <= connection.AnswerTime,
                Evidence = Frames(fin, acknowledged, exchange.RequestTrace.Start, rst),
            };
        }

        return null;
    }

    private PacketRef FinAcknowledgedBy(Side closer)
    {
        foreach (var change in material.Changes)
        {
            if (change.Side == closer && change.Input == TcpInput.FinAcknowledged)
            {
                return change.Packet;
            }
        }

        return default;
    }

    public UnreadAtReset? Unread()
    {
        // A RST behind the other end's FIN is not why the connection closed, but it shows the same.
        var behindFin = _tcp.Close is { How: CloseManner.FinThenReset, ResetOnUnread: true };
        if (connection.Close.Reason != CloseReason.ResetOnUnread && !behindFin)
        {
            return null;
        }

        var resetter = behindFin ? _tcp.Close.First.Other() : _tcp.Close.First;
        var rst = _tcp.EndOf(resetter).Rst;
        if (LastAsked(resetter.Other()) is not { } last)
        {
            return rst.IsNone || behindFin ? null : Unread(resetter, rst);
        }

        // After a FIN, an answer that came is proof enough that the request had been read.
        if (rst.IsNone || (behindFin && last.Response is not null))
        {
            return null;
        }

        if (IsBehind(last, _tcp.EndOf(resetter.Other())))
        {
            return Unread(resetter, rst);
        }

        var whole = last.RequestTrace.Complete
            ? Acknowledged(resetter, last.RequestTrace.EndOffset, rst)
            : default;
        var answered = last.ResponseTrace.Complete
            ? Acknowledged(resetter.Other(), last.ResponseTrace.EndOffset, rst)
            : default;
        return Unread(resetter, rst) with
        {
            Exchange = last,
            RequestCovered = last.RequestTrace.Complete && (acknowledgments is null || !whole.IsNone),
            RequestAcknowledgedBy = whole == rst ? default : whole,
            ResponseAcknowledgedBy = answered,
            Evidence = Frames(last.RequestTrace.Start, whole, answered, rst),
        };
    }

    /// <summary>What was unread is of another protocol, or came behind that request: it is none of its octets.</summary>
    private bool IsBehind(in HttpExchange last, in EndSummary sender) => last.End == ExchangeEnd.Switched
        || (_tcp.Close.UnreadOctets > 0
            && long.Min(sender.AcknowledgedUpTo, sender.Counters.UniqueOctets) - _tcp.Close.UnreadOctets >= last.RequestTrace.EndOffset);

    private UnreadAtReset Unread(Side resetter, PacketRef rst) => new(
        resetter, _tcp.Close.UnreadOctets, null, false, default, default, rst,
        _tcp.Close.Packet == rst ? -1 : rst.Time.Since(_tcp.Close.Packet.Time))
    {
        Evidence = Frames(rst),
    };

    private HttpExchange? LastAsked(Side requester)
    {
        HttpExchange? last = null;
        foreach (var exchange in material.Exchanges)
        {
            last = exchange.Requester == requester && exchange.Request is not null ? exchange : last;
        }

        return last;
    }

    /// <summary>The packet of <paramref name="side"/>, not later than <paramref name="until"/>, that acknowledged so much.</summary>
    private PacketRef Acknowledged(Side side, long offset, PacketRef until)
    {
        var packet = acknowledgments?.FirstCovering(_tcp.Actual(side), offset) ?? default;
        return packet.Number <= until.Number ? packet : default;
    }

    public IEnumerable<CutOff> Cuts() =>
        material.Exchanges.Select(Cut).OfType<CutOff>().Take(StoryCollector.MaxOutstanding);

    private CutOff? Cut(HttpExchange exchange)
    {
        var (sender, trace) = exchange.End switch
        {
            ExchangeEnd.ResponseTruncated => (exchange.Requester.Other(), exchange.ResponseTrace),
            ExchangeEnd.RequestTruncated => (exchange.Requester, exchange.RequestTrace),
            _ => default,
        };
        return trace.Start.IsNone
            ? null
            : new CutOff(
                exchange,
                sender,
                trace.BodyOctets,
                trace.Rule == BodyRule.ContentLength ? trace.ExpectedBodyOctets : -1,
                connection.Gaps == 0 && !_tcp.ClientEnd.HasUnseenFin && !_tcp.ServerEnd.HasUnseenFin)
            {
                IsEndless = IsEndless(exchange),
                Silence = Silence(sender),
                RefusedBy = RefusedBy(sender),
                Evidence = Frames(trace.Start, CutBy(exchange, sender)),
            };
    }

    /// <summary>Who closed first while it still sent cut its own message.</summary>
    private PacketRef CutBy(HttpExchange exchange, Side sender) =>
        connection.IsClosedBy(sender) ? _tcp.Close.Packet : exchange.EndedBy;

    private PacketRef RefusedBy(Side sender)
    {
        var (fin, rst) = (_tcp.EndOf(sender).Fin, _tcp.EndOf(sender.Other()).Rst);
        return fin.IsNone || fin.Number > rst.Number ? rst : default;
    }

    private long Silence(Side sender)
    {
        var last = acknowledgments?.LastOctets(_tcp.Actual(sender)) ?? default;
        return last.IsNone || !connection.HasCloser || last.Number > _tcp.Close.Packet.Number
            ? -1
            : _tcp.Close.Packet.Time.Since(last.Time);
    }

    /// <summary>The path, or the other end, is gone: no packet of it answers the request or its copies.</summary>
    public Unheard? Unheard()
    {
        if (connection.HasCloser || material.Exchanges.Count == 0
            || material.Exchanges[^1] is not { End: ExchangeEnd.InProgress, RequestTrace.Complete: true } exchange
            || _tcp.EndOf(exchange.Requester.Other()).Last.Number > exchange.RequestTrace.Start.Number)
        {
            return null;
        }

        var copies = 0;
        var last = default(PacketRef);
        foreach (var line in material.Course.All)
        {
            if (line.Sender == exchange.Requester && line.At.Number > exchange.RequestTrace.Start.Number
                && line.Sentence is SegmentRemarked { Kind: TcpRemarkKind.Retransmission } again)
            {
                copies += again.Count;
                last = again.Last;
            }
        }

        return copies == 0 ? null : new Unheard(exchange, copies, last) { Evidence = Frames(exchange.RequestTrace.Start, last) };
    }

    /// <param name="unread">What has been told of the request by then; null where nothing has.</param>
    public Outstanding Left(UnreadAtReset? unread)
    {
        var left = material.Exchanges.Where(IsLeft).Take(StoryCollector.MaxOutstanding).ToList();
        var count = int.Max(connection.Http.Unanswered - material.AnsweredUnfinished - EndlessOnes(), left.Count);
        var acknowledged = unread is null && count == 1 && left is [{ RequestTrace.Complete: true, Response: null }]
            && !(_tcp.Close.How == CloseManner.Reset && ForeignResets.MayBe(_tcp, left[0].Requester.Other()))
            ? Acknowledged(left[0].Requester.Other(), left[0].RequestTrace.EndOffset, _tcp.Last)
            : default;
        var notTaken = count == 0 ? NotTaken() : null;
        return new Outstanding(count, left, acknowledged, connection.NeverOpened)
        {
            Unknown = count == 0 && material.Exchanges is [.., { End: ExchangeEnd.ResponseNotCaptured or ExchangeEnd.ResponseUnreadable } last]
                ? last
                : null,
            CutAnswer = count == 0 && connection.AtClose.Outstanding
                && material.Exchanges is [.., { End: ExchangeEnd.RequestNotCaptured, ResponseTrace.Complete: false }],
            HoleBefore = connection.AtClose.HoleBefore,
            NothingCaptured = !connection.IsEmpty && _tcp.ClientEnd.Counters.UniqueOctets + _tcp.ServerEnd.Counters.UniqueOctets == 0,
            NotTaken = notTaken,
            Undelivered = connection.AtClose.Undelivered,
            Evidence = notTaken is { } refused
                ? Frames(refused.ResponseTrace.End, _tcp.EndOf(refused.Requester).Rst)
                : Frames([.. left.Select(exchange => exchange.RequestTrace.Start), acknowledged]),
        };
    }

    private HttpExchange? NotTaken()
    {
        var close = _tcp.Close;
        return !_tcp.EndOf(close.First).Rst.IsNone
            && connection.Close.Reason == CloseReason.ClosedWhileOutstanding
            && material.Exchanges is [.., { ResponseTrace.Complete: true } last] && last.Requester == close.First
            && last.ResponseTrace.End.Number > close.Packet.Number
            ? last
            : null;
    }

    /// <summary>Streams without an end of their own, cut by who read them.</summary>
    public int EndlessOnes() => material.Exchanges.Count(IsEndless);

    private bool IsEndless(HttpExchange exchange) =>
        exchange.End == ExchangeEnd.ResponseTruncated && EventStreams.Is(exchange) && connection.IsClosedBy(exchange.Requester);

    private static bool IsLost(in HttpExchange exchange) =>
        exchange.End is ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated;

    private bool IsLeft(HttpExchange exchange) => exchange.Request is not null
        && exchange is not { End: ExchangeEnd.RequestTruncated, ResponseTrace.Complete: true } && !IsEndless(exchange)
        && (exchange.End.IsUnfinished() || IsTooLate(exchange));

    /// <summary>Its answer, whose end was not captured, had not begun when the connection was closed.</summary>
    private bool IsTooLate(HttpExchange exchange) => connection.Close.Reason == CloseReason.ClosedWhileOutstanding
        && exchange.End == ExchangeEnd.ResponseNotCaptured && exchange.ResponseTrace.Start.Number > _tcp.Close.Packet.Number;
}
