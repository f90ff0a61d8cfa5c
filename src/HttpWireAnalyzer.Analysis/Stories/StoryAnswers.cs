using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>The questions that a story answers whatever happened, in their order.</summary>
internal sealed class StoryAnswers(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    private readonly TcpSummary _tcp = connection.Tcp;
    private readonly HttpSummary _http = connection.Http;

    public List<StorySentence> All()
    {
        var answers = new List<StorySentence> { Opened(), Exchanges() };
        AddIfAny(answers, Idle());
        answers.Add(Ended());
        var late = AfterFin();
        AddIfAny(answers, late);
        AddIfAny(answers, Unread());
        // A request that ran into a closed connection is no use of its other half.
        AddIfAny(answers, late is null ? HalfClose() : null);
        answers.AddRange(material.Exchanges.Select(Cut).OfType<CutOff>().Take(StoryCollector.MaxOutstanding));
        answers.Add(Left());
        AddIfAny(answers, TimeWait());
        AddIfAny(answers, Incomplete());
        return answers;
    }

    private static void AddIfAny(List<StorySentence> answers, StorySentence? answer)
    {
        if (answer is not null)
        {
            answers.Add(answer);
        }
    }

    private OpenedBy Opened() => new(connection.Handshake, _tcp.Midstream, _tcp.Incarnation)
    {
        Evidence = _tcp.ClientEnd.Syn.IsNone && _tcp.ServerEnd.Syn.IsNone
            ? [_tcp.First]
            : Frames(_tcp.ClientEnd.Syn, _tcp.ServerEnd.Syn, _tcp.HandshakeAck),
    };

    private Exchanged Exchanges() => new(
        _http.Protocol,
        _http.SwitchedTo,
        _http.Requests,
        _http.Responses,
        int.Max(0, _http.Requests - 1),
        _http.MaxPipelineDepth,
        _tcp.ClientEnd.Counters.UniqueOctets,
        _tcp.ServerEnd.Counters.UniqueOctets)
    {
        Evidence = Frames(
            material.Exchanges.Count > 0 ? material.Exchanges[0].RequestTrace.Start : default, _http.LastMessageEnd),
    };

    private LongestIdle? Idle()
    {
        if (connection.MaxIdle < 0)
        {
            return null;
        }

        var atClose = connection.AtClose.Idle >= _http.MaxIdleBefore;
        var (from, to) = material.LongestIdle;
        return new LongestIdle(connection.MaxIdle, atClose, _http.KeepAliveTimeout)
        {
            Evidence = atClose ? Frames(_http.LastMessageEnd, _tcp.Close.Packet) : Frames(from, to),
        };
    }

    private StorySentence Ended()
    {
        var close = _tcp.Close;
        if (!connection.HasCloser)
        {
            return new NotClosed(connection.Close.Reason, close.How, close.First, _tcp.Last.Time.Since(_tcp.First.Time))
            {
                Evidence = [_tcp.Last],
            };
        }

        return new ClosedFirst(
            close.First, close.How, connection.Close.Reason, connection.AtClose.Idle, _http.KeepAliveTimeout,
            _http.KeepAliveMax)
        {
            Evidence = Frames(connection.Close.Evidence, close.Packet),
        };
    }

    /// <summary>A request that its sender's kernel knew to be too late: stale reuse, not a race in the network.</summary>
    private RequestAfterFin? AfterFin()
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
            return new RequestAfterFin(
                exchange, requester, exchange.RequestTrace.Start.Time.Since(fin.Time), fin, acknowledged, rst)
            {
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

    private UnreadAtReset? Unread()
    {
        if (connection.Close.Reason != CloseReason.ResetOnUnread)
        {
            return null;
        }

        var resetter = _tcp.Close.First;
        var end = _tcp.EndOf(resetter);
        HttpExchange? last = null;
        foreach (var exchange in material.Exchanges)
        {
            last = exchange.Requester != resetter && exchange.Request is not null ? exchange : last;
        }

        return new UnreadAtReset(
            resetter,
            _tcp.Close.UnreadOctets,
            last,
            last is { } unread && IsCovered(resetter, end.Rst, unread),
            last is { ResponseTrace.Complete: true } answered
                ? Acknowledged(resetter.Other(), answered.ResponseTrace.EndOffset, end.Rst)
                : default)
        {
            Evidence = Frames(last?.RequestTrace.Start ?? default, last?.RequestTrace.End ?? default, end.Rst),
        };
    }

    /// <summary>Without the acknowledgments, that the request was whole and the RST covers unread octets must do.</summary>
    private bool IsCovered(Side resetter, PacketRef rst, in HttpExchange exchange) =>
        exchange.RequestTrace.Complete
        && (acknowledgments is null || !Acknowledged(resetter, exchange.RequestTrace.EndOffset, rst).IsNone);

    /// <summary>The packet of <paramref name="side"/>, not later than the RST, that acknowledged so much.</summary>
    private PacketRef Acknowledged(Side side, long offset, PacketRef rst)
    {
        var packet = acknowledgments?.FirstCovering(_tcp.Swapped ? side.Other() : side, offset) ?? default;
        return packet.Number <= rst.Number ? packet : default;
    }

    private HalfClosed? HalfClose() => _tcp.Close.HalfCloseOctets == 0
        ? null
        : new HalfClosed(_tcp.Close.First, _tcp.Close.HalfCloseNanoseconds, _tcp.Close.HalfCloseOctets)
        {
            Evidence = [_tcp.Close.Packet],
        };

    private static CutOff? Cut(HttpExchange exchange)
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
                trace.Rule,
                trace.BodyOctets,
                trace.Rule == BodyRule.ContentLength ? trace.ExpectedBodyOctets : -1)
            {
                Evidence = Frames(trace.Start, exchange.EndedBy),
            };
    }

    private Outstanding Left()
    {
        var left = material.Exchanges.Where(IsLeft).Take(StoryCollector.MaxOutstanding).ToList();
        return new Outstanding(int.Max(_http.Unanswered, left.Count), left)
        {
            Evidence = Frames([.. left.Select(exchange => exchange.RequestTrace.Start)]),
        };
    }

    private TimeWaitHeld? TimeWait()
    {
        var close = _tcp.Close;
        var held = close.ClientHoldsTimeWait || close.ServerHoldsTimeWait;
        var reset = close.How is CloseManner.Reset or CloseManner.FinThenReset;
        if (!held && !reset)
        {
            return null;
        }

        return new TimeWaitHeld(
            close.ClientHoldsTimeWait, close.ServerHoldsTimeWait, close.TimeWaitUntil, _tcp.First.Time, !held)
        {
            Evidence = Frames(
                close.ClientHoldsTimeWait ? _tcp.ClientEnd.StateSince : default,
                close.ServerHoldsTimeWait ? _tcp.ServerEnd.StateSince : default,
                held ? default : _tcp.ClientEnd.Rst,
                held ? default : _tcp.ServerEnd.Rst),
        };
    }

    private CaptureIncomplete? Incomplete() => connection.Gaps == 0
        ? null
        : new CaptureIncomplete(connection.Gaps, _tcp.ClientEnd.Counters.Gap, _tcp.ServerEnd.Counters.Gap)
        {
            Evidence = Frames([.. material.Lines.Where(line => line.Sentence is OctetsMissing).Take(3).Select(line => line.At)]),
        };

    private static bool IsLost(in HttpExchange exchange) =>
        exchange.End is ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated;

    private static bool IsLeft(HttpExchange exchange) => exchange.Request is not null
        && exchange.End is ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated or ExchangeEnd.ResponseTruncated
            or ExchangeEnd.InProgress;
}
