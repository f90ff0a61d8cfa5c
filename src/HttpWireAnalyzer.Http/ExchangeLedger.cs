using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Gives exchanges on, in order, and keeps the account of the connection: what can only be said of an exchange when
/// all that came before it are over is said here.
/// </summary>
internal struct ExchangeLedger()
{
    /// <summary>Kept for the next connection once it was needed.</summary>
    private LedgerDetails? _details;

    /// <summary>The packet that made the latest end of a message contiguous.</summary>
    private PacketRef _lastEnd;

    /// <summary>The packet that brought the end of the latest answer.</summary>
    private long _lastAnswer;
    private long _maxIdle = -1;
    private int _requests;
    private int _responses;
    private int _unanswered;
    private int _maxDepth;
    private PersistenceVerdict _lastVerdict;
    private PersistenceRule _lastRule;
    private bool _endInHole;
    private bool _closeRequested;

    /// <summary>Exchanges given on so far: the next one's ordinal is one more.</summary>
    public int Given { get; private set; }

    /// <summary>Begins anew, for another connection.</summary>
    public void Clear()
    {
        LedgerDetails? details = _details;
        details?.Clear();
        this = new ExchangeLedger { _details = details };
    }

    /// <summary>Requests that were not kept, for the limit.</summary>
    public void CountDropped() => _requests++;

    public void Note(HttpAnomalies kind)
    {
        if (kind != HttpAnomalies.None)
        {
            Details().Anomalies |= kind;
        }
    }

    private LedgerDetails Details() => _details ??= new LedgerDetails();

    /// <param name="outstanding">Exchanges of the connection that are under way besides this one.</param>
    public void Give(
        ref PendingExchange pending, ConnectionId connection, Side requester, int outstanding, HttpStage stage)
    {
        IExchangeSink sink = stage.Sink;
        Given++;
        ExchangeEnd end = ExchangeOutcome.Decide(pending);
        int depth = 1;
        long idle = -1;
        if (pending.Request is not null)
        {
            _requests++;
            depth = Depth(pending, stage.Limits.OutstandingRequests);
            idle = IdleBefore(pending, depth);
            _maxDepth = Math.Max(_maxDepth, depth);
            _maxIdle = Math.Max(_maxIdle, idle);
            Judge(ref pending, depth, connection, requester, sink);
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
        KeepAliveCountdown keepAlive = _details?.KeepAlive ?? KeepAliveCountdown.None;
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
            KeepAliveTimeout = keepAlive.Timeout,
            KeepAliveMax = keepAlive.Max,
            KeepAliveMaxMeaning = keepAlive.Meaning,
            LastPersistence = new Persistence(_lastVerdict, _lastRule),
            LastMessageEnd = _lastEnd,
            Anomalies = _details?.Anomalies ?? HttpAnomalies.None,
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
    private int Depth(in PendingExchange pending, int limit)
    {
        if (_lastAnswer > pending.RequestSent)
        {
            Queue<long> answers = Details().EarlierAnswers ??= new Queue<long>();
            if (answers.Count < limit)
            {
                answers.Enqueue(_lastAnswer);
            }
        }

        Queue<long>? earlier = _details?.EarlierAnswers;
        while (earlier is { Count: > 0 } && earlier.Peek() < pending.RequestSent)
        {
            earlier.Dequeue();
        }

        // What is in a hole was answered: the client went on.
        _lastAnswer = pending.ResponseEnded ? pending.ResponseEndSent.Number
            : pending.ResponseInHole ? 0 : long.MaxValue;
        return 1 + (earlier?.Count ?? 0);
    }

    private readonly long IdleBefore(in PendingExchange pending, int depth)
    {
        if (depth > 1 || _lastEnd.IsNone || _endInHole)
        {
            return -1;
        }

        PacketRef start = pending.RequestTrace.Start;
        PacketRef end = _lastEnd;
        if (end.Number >= start.Number && _details is { LastEndSent.IsNone: false } details)
        {
            end = details.LastEndSent;
        }

        return end.Number < start.Number ? Math.Max(-1, start.Time.Since(end.Time)) : -1;
    }

    private readonly void Judge(
        ref PendingExchange pending, int depth, ConnectionId connection, Side requester, IExchangeSink sink)
    {
        HttpAnomalies found = HttpAnomalies.None;

        // RFC 9112 §9.6: no request after close was sent, nor after it was received: the client had acknowledged it.
        if (_closeRequested || (_details is { } details && details.CloseReceived(pending)))
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

        if (found == HttpAnomalies.None)
        {
            return;
        }

        pending.Anomalies |= found;
        HttpRemark remark = new(
            connection, Given, requester, found & HttpAnomalies.RequestAfterClose, pending.RequestTrace.HeadOffset, depth,
            pending.RequestTrace.Start);
        Tell(remark, sink);
        Tell(remark with { Kind = found & HttpAnomalies.NonIdempotentPipelined }, sink);
        Tell(
            new HttpRemark(
                connection, Given, requester.Other(), found & HttpAnomalies.EarlyResponse,
                pending.ResponseTrace.HeadOffset, 0, pending.ResponseTrace.Start),
            sink);
    }

    private static void Tell(in HttpRemark remark, IExchangeSink sink)
    {
        if (remark.Kind != HttpAnomalies.None)
        {
            sink.OnHttpRemark(remark);
        }
    }

    private void Remember(in PendingExchange pending, ExchangeEnd end, Persistence persistence)
    {
        Note(pending.Anomalies);
        (_lastVerdict, _lastRule) = persistence;
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
        if (response.KeepAliveTimeout >= 0 || response.KeepAliveMax >= 0)
        {
            Details().KeepAlive.Take(response);
        }

        if ((response.Connection & ConnectionOptions.Close) != 0)
        {
            Details().NoteClose(pending);
        }
    }

    private void RememberEnd(PacketRef end, PacketRef sent)
    {
        if (end.IsNone || end.Number < _lastEnd.Number)
        {
            return;
        }

        _lastEnd = end;
        if (sent != end)
        {
            Details().LastEndSent = sent;
        }
        else if (_details is { } details)
        {
            details.LastEndSent = default;
        }
    }
}
