using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Gives exchanges on, in order, and keeps the account of the connection: what can only be said of an exchange when
/// all that came before it are over is said here.
/// </summary>
internal struct ExchangeLedger(ConnectionId connection, int depthLimit)
{
    private KeepAliveCountdown _keepAlive = KeepAliveCountdown.None;
    private int _requests;
    private int _responses;
    private int _unanswered;
    private int _maxDepth;
    private long _maxIdle = -1;
    private HttpAnomalies _anomalies;
    private Persistence _lastPersistence;

    /// <summary>The latest end of a message: when it was contiguous, and which packet brought it.</summary>
    private PacketRef _lastEnd;
    private PacketRef _lastEndSent;
    private bool _endInHole;

    /// <summary>The packets that ended earlier answers, as far as a later request may have overtaken them.</summary>
    private long _lastAnswer;
    private Queue<long>? _earlierAnswers;

    private bool _closeRequested;
    private long _closeAnsweredAt = -1;
    private long _closeAnsweredBy;

    /// <summary>Exchanges given on so far: the next one's ordinal is one more.</summary>
    public int Given { get; private set; }

    /// <summary>Requests that were not kept, for the limit.</summary>
    public void CountDropped() => _requests++;

    public void Note(HttpAnomalies kind) => _anomalies |= kind;

    public void Give(ref PendingExchange pending, Side requester, int outstanding, IExchangeSink sink)
    {
        Given++;
        ExchangeEnd end = ExchangeOutcome.Decide(pending);
        int depth = 1;
        long idle = -1;
        if (pending.Request is not null)
        {
            _requests++;
            depth = Depth(pending);
            idle = IdleBefore(pending, depth);
            _maxDepth = Math.Max(_maxDepth, depth);
            _maxIdle = Math.Max(_maxIdle, idle);
            Judge(ref pending, depth, requester, sink);
        }

        bool answered = end is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched;
        Persistence persistence = answered || pending.Response is null
            ? PersistenceRules.Decide(pending.Request, pending.Response, pending.ResponseTrace.Rule)
            : default;
        Remember(pending, end, persistence);
        sink.OnExchange(new HttpExchange
        {
            Connection = connection,
            Ordinal = Given,
            Request = pending.Request,
            Response = pending.Response,
            Requester = requester,
            RequestTrace = pending.RequestTrace,
            ResponseTrace = pending.ResponseTrace,
            InterimResponses = pending.InterimCount,
            FirstInterimStatus = pending.Interims?[0].Status ?? 0,
            FirstInterim = pending.FirstInterim,
            Interims = pending.Interims,
            PipelineDepth = depth,
            Outstanding = outstanding,
            IdleBefore = idle,
            Persistence = persistence,
            End = end,
            EndedBy = EndedBy(pending),
            Pairing = pending.Pairing,
            TunnelDepth = pending.TunnelDepth,
            Anomalies = pending.Anomalies,
        });
    }

    public readonly HttpSummary Summarise(ApplicationProtocol protocol, ApplicationProtocol switchedTo, in CloseAnatomy close)
    {
        bool idleAtClose = Given > 0 && _unanswered == 0 && !_lastEnd.IsNone && !close.Packet.IsNone
            && close.How is not (CloseManner.Open or CloseManner.Unanswered or CloseManner.Refused);
        long idle = idleAtClose ? Math.Max(-1, close.Packet.Time.Since(_lastEnd.Time)) : -1;
        return new HttpSummary
        {
            Protocol = protocol,
            SwitchedTo = switchedTo,
            Requests = _requests,
            Responses = _responses,
            Unanswered = _unanswered,
            MaxPipelineDepth = _maxDepth,
            MaxIdleBefore = _maxIdle,
            IdleBeforeClose = idle,
            KeepAliveTimeout = _keepAlive.Timeout,
            KeepAliveMax = _keepAlive.Max,
            KeepAliveMaxMeaning = _keepAlive.Meaning,
            LastPersistence = _lastPersistence,
            LastMessageEnd = _lastEnd,
            Anomalies = _anomalies,
        };
    }

    private static PacketRef EndedBy(in PendingExchange pending)
    {
        if (!pending.SettledBy.IsNone)
        {
            return pending.SettledBy;
        }

        PacketRef request = pending.RequestTrace.End;
        PacketRef response = pending.ResponseTrace.End;
        return response.Number >= request.Number ? response : request;
    }

    /// <summary>
    /// Requests unanswered when this one was sent. Told by the packets that brought the octets, because a hole delays
    /// the answers on their way to this stage, not on their way to the client.
    /// </summary>
    private int Depth(in PendingExchange pending)
    {
        if (_lastAnswer > pending.RequestSent)
        {
            _earlierAnswers ??= new Queue<long>();
            if (_earlierAnswers.Count < depthLimit)
            {
                _earlierAnswers.Enqueue(_lastAnswer);
            }
        }

        while (_earlierAnswers is { Count: > 0 } answers && answers.Peek() < pending.RequestSent)
        {
            answers.Dequeue();
        }

        // What is in a hole was answered: the client went on.
        _lastAnswer = pending.ResponseEnded ? pending.ResponseEndSent.Number
            : pending.ResponseInHole ? 0 : long.MaxValue;
        return 1 + (_earlierAnswers?.Count ?? 0);
    }

    private readonly long IdleBefore(in PendingExchange pending, int depth)
    {
        if (depth > 1 || _lastEnd.IsNone || _endInHole)
        {
            return -1;
        }

        PacketRef start = pending.RequestTrace.Start;
        PacketRef end = _lastEnd.Number < start.Number ? _lastEnd : _lastEndSent;
        return end.Number < start.Number ? Math.Max(-1, start.Time.Since(end.Time)) : -1;
    }

    private readonly void Judge(ref PendingExchange pending, int depth, Side requester, IExchangeSink sink)
    {
        HttpAnomalies found = HttpAnomalies.None;

        // RFC 9112 §9.6: no request after close was sent, nor after it was received: the client had acknowledged it.
        bool closeReceived = _closeAnsweredAt >= 0 && (pending.RequesterHad >= 0
            ? pending.RequesterHad > _closeAnsweredAt
            : pending.RequestSent > _closeAnsweredBy);
        if (_closeRequested || closeReceived)
        {
            found |= HttpAnomalies.RequestAfterClose;
        }

        // RFC 9112 §9.3.2.
        if (depth > 1 && !pending.Request!.IsIdempotent)
        {
            found |= HttpAnomalies.NonIdempotentPipelined;
        }

        // The responder had not acknowledged the request's end when it began to answer.
        if (pending.RequestEnded && pending.ResponseBegan && pending.RequestFate == MessageFate.Whole
            && pending.ResponseSent < pending.RequestEndSent
            && pending.ResponderHad >= 0 && pending.ResponderHad < pending.RequestTrace.EndOffset)
        {
            found |= HttpAnomalies.EarlyResponse;
        }

        pending.Anomalies |= found;
        Tell(found & HttpAnomalies.RequestAfterClose, pending.RequestTrace, depth, requester, sink);
        Tell(found & HttpAnomalies.NonIdempotentPipelined, pending.RequestTrace, depth, requester, sink);
        Tell(found & HttpAnomalies.EarlyResponse, pending.ResponseTrace, 0, requester.Other(), sink);
    }

    private readonly void Tell(HttpAnomalies kind, in MessageTrace trace, int value, Side sender, IExchangeSink sink)
    {
        if (kind != HttpAnomalies.None)
        {
            sink.OnHttpRemark(new HttpRemark(connection, Given, sender, kind, trace.HeadOffset, value, trace.Start));
        }
    }

    private void Remember(in PendingExchange pending, ExchangeEnd end, Persistence persistence)
    {
        _anomalies |= pending.Anomalies;
        _lastPersistence = persistence;
        _endInHole = pending.ResponseInHole;
        if (pending.Request is not null && end is ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated
            or ExchangeEnd.ResponseTruncated or ExchangeEnd.InProgress)
        {
            _unanswered++;
        }

        if (pending.Request is { } request && (request.Connection & ConnectionOptions.Close) != 0)
        {
            _closeRequested = true;
        }

        RememberEnd(pending.RequestTrace.End, pending.RequestTrace.End);
        RememberEnd(pending.ResponseTrace.End, pending.ResponseEndSent);
        if (pending.Response is not { } response)
        {
            return;
        }

        _responses++;
        _keepAlive.Take(response);
        if ((response.Connection & ConnectionOptions.Close) != 0 && _closeAnsweredAt < 0)
        {
            _closeAnsweredAt = pending.ResponseTrace.HeadOffset;
            _closeAnsweredBy = pending.ResponseTrace.HeadEnd.Number;
        }
    }

    private void RememberEnd(PacketRef end, PacketRef sent)
    {
        if (!end.IsNone && end.Number >= _lastEnd.Number)
        {
            _lastEnd = end;
            _lastEndSent = sent;
        }
    }
}
