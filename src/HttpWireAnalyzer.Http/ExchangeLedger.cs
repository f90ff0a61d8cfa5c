using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Gives exchanges on, in order, and keeps the account of the connection: what can only be said of an exchange when
/// all that came before it are over is said here.
/// </summary>
internal struct ExchangeLedger
{
    /// <summary>Kept for the next connection once it was needed.</summary>
    private LedgerDetails? _details;

    /// <summary>The packet that made the latest end of a message contiguous.</summary>
    private PacketRef _lastEnd;

    /// <summary>The packet that brought the end of the latest answer.</summary>
    private long _lastAnswer;

    /// <summary>Where the latest answer ends, the lower half.</summary>
    private uint _lastAnswerEnd;

    /// <summary>Where that response begins, the lower half: acknowledgments near it are within 2^31.</summary>
    private uint _closeAt;
    private int _requests;
    private int _responses;
    private int _unanswered;
    private int _maxDepth;
    private PersistenceVerdict _lastVerdict;
    private PersistenceRule _lastRule;
    private LedgerFlags _flags;

    /// <summary>What is known of all that was given on.</summary>
    [Flags]
    private enum LedgerFlags : byte
    {
        /// <summary>The end of the latest answer is in a hole, or in octets that cannot be read.</summary>
        EndInHole = 1,
        CloseRequested = 2,

        /// <summary>A response had the close option.</summary>
        CloseAnswered = 4,

        /// <summary>The latest answer began, and what would tell its end is in a hole.</summary>
        EndUnknown = 8,

        /// <summary>The connection was open when the capture began.</summary>
        Midstream = 16,

        /// <summary>The latest exchange was whole, so that <see cref="_lastAnswerEnd"/> is where nothing was outstanding.</summary>
        EndKnown = 32,
    }

    /// <summary>Exchanges given on so far: the next one's ordinal is one more.</summary>
    public int Given { get; private set; }

    /// <summary>Of a connection that was open when the capture began: none of its requests is the first.</summary>
    public readonly bool IsMidstream => Has(LedgerFlags.Midstream);

    /// <summary>It was open when the capture began, and requests of before may be unanswered still.</summary>
    public readonly bool WasNeverIdle => IsMidstream && (_requests == 0 || Given <= Math.Max(1, _maxDepth));

    public void BeginMidstream() => _flags |= LedgerFlags.Midstream;

    /// <summary>What it allocated, to serve again; afterwards it is used up.</summary>
    public readonly LedgerDetails? Retire()
    {
        _details?.Clear();
        return _details;
    }

    /// <summary>Of an empty one: what an earlier one retired with.</summary>
    public void Keep(LedgerDetails? details) => _details = details;

    /// <summary>Requests that were not kept, for the limit.</summary>
    public void CountDropped() => _requests++;

    /// <summary>The responder sent octets that nobody can read: behind an answer without a known end, they may be its own.</summary>
    public void PassOver(in PacketRef packet)
    {
        if (Has(LedgerFlags.EndUnknown))
        {
            RememberEnd(packet, packet);
        }
    }

    public void Note(HttpAnomalies kind)
    {
        if (kind != HttpAnomalies.None)
        {
            Details().Anomalies |= kind;
        }
    }

    private readonly bool Has(LedgerFlags flag) => (_flags & flag) != 0;

    private LedgerDetails Details() => _details ??= new LedgerDetails();

    /// <param name="outstanding">Exchanges of the connection that are under way besides this one.</param>
    public void Give(
        ref PendingExchange pending, ConnectionId connection, Side requester, int outstanding, HttpStage stage)
    {
        ref var exchange = ref pending.Exchange;
        exchange.End = ExchangeOutcome.Decide(pending);

        // RFC 9112 §9.6: what a whole response announces holds, also where its request is not known, or never became whole.
        var isDecided = exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched
            || exchange is { End: ExchangeEnd.RequestNotCaptured, ResponseTrace.Complete: true }
            || exchange.IsClosedEarly;
        exchange.Persistence = isDecided || exchange.Response is null
            ? PersistenceRules.Decide(exchange.Request, exchange.Response, exchange.ResponseTrace.Rule)
            : default;
        GiveDecided(ref pending, connection, requester, outstanding, stage);
    }

    /// <summary>The same, where it is known how the exchange ended and what that means for the connection.</summary>
    public void GiveDecided(
        ref PendingExchange pending, ConnectionId connection, Side requester, int outstanding, HttpStage stage)
    {
        ref var exchange = ref pending.Exchange;
        exchange.Connection = connection;
        exchange.Ordinal = ++Given;
        exchange.Requester = requester;
        exchange.Outstanding = outstanding;
        exchange.EndedBy = EndedBy(pending);
        exchange.IsCold = exchange.Request is not null && _requests == 0 && !IsMidstream;
        exchange.PipelineDepth = 1;
        exchange.IdleBefore = -1;
        if (exchange.Request is not null)
        {
            _requests++;
            var isBehindLost = IsBehindLost(pending);
            exchange.PipelineDepth = Depth(pending, stage.Limits.OutstandingRequests);
            exchange.IdleBefore = isBehindLost ? -1 : IdleBefore(pending);
            _maxDepth = Math.Max(_maxDepth, exchange.PipelineDepth);
            ExchangeJudge.Judge(ref pending, Has(LedgerFlags.CloseRequested) || HadReceivedClose(pending), stage.Sink);
        }

        Remember(pending);
        stage.Sink.OnExchange(exchange);
    }

    /// <summary>Says what it knows of the connection; the rest of the summary stays as it is.</summary>
    public readonly void Summarise(ref HttpSummary summary)
    {
        var keepAlive = _details?.KeepAlive ?? KeepAliveCountdown.None;
        summary.Requests = _requests;
        summary.Responses = _responses;
        summary.Unanswered = _unanswered;
        summary.MaxPipelineDepth = _maxDepth;
        summary.KeepAliveTimeout = keepAlive.Timeout;
        summary.KeepAliveMax = keepAlive.Max;
        summary.KeepAliveMaxMeaning = keepAlive.Meaning;
        summary.LastPersistence = new Persistence(_lastVerdict, _lastRule);
        summary.LastMessageEnd = _lastEnd;
        summary.Anomalies = _details?.Anomalies ?? HttpAnomalies.None;
    }

    /// <summary>The packet that settles it.</summary>
    public static PacketRef EndedBy(in PendingExchange pending) => pending.SettledBy.IsNone
        ? PacketRef.Later(PacketRef.Later(pending.Exchange.ResponseTrace.End, pending.Exchange.RequestTrace.End), pending.CutBy)
        : pending.SettledBy;

    /// <summary>
    /// Requests unanswered when this one was sent. Told by the packets that brought the octets, because a hole delays
    /// the answers on their way to this stage, not on their way to the client; but for answers that the request
    /// acknowledges, and the capture has behind it.
    /// </summary>
    private int Depth(in PendingExchange pending, int limit)
    {
        if (_lastAnswer != long.MaxValue && HadBeyond(pending, _lastAnswerEnd - 1))
        {
            _details?.EarlierAnswers?.Clear();
        }
        else if (_lastAnswer > pending.RequestSent)
        {
            var answers = Details().EarlierAnswers ??= new Queue<long>();
            if (answers.Count < limit)
            {
                answers.Enqueue(_lastAnswer);
            }
        }

        // What is in a hole, or cannot be read, was answered: the client went on. An answer that ended in a hole ended before
        // the packet that gave the hole up: only what was sent before it began was certainly sent without it.
        _lastAnswer = pending.ResponseEndInHole ? pending.ResponseSent
            : pending.ResponseEnded ? pending.ResponseEndSent.Number
            : pending.ResponseUnknown ? 0 : long.MaxValue;
        _lastAnswerEnd = unchecked((uint)pending.Exchange.ResponseTrace.EndOffset);
        if (_details?.EarlierAnswers is not { Count: > 0 } earlier)
        {
            return 1;
        }

        while (earlier.Count > 0 && earlier.Peek() < pending.RequestSent)
        {
            earlier.Dequeue();
        }

        return 1 + earlier.Count;
    }

    /// <summary>Behind a hole, who acknowledges more than the latest answer and a FIN had another between, which the capture lacks.</summary>
    private readonly bool IsBehindLost(in PendingExchange pending) =>
        pending.Exchange.Pairing != PairingConfidence.Certain && Has(LedgerFlags.EndKnown) && HadBeyond(pending, unchecked(_lastAnswerEnd + 1));

    private readonly long IdleBefore(in PendingExchange pending)
    {
        if (pending.Exchange.PipelineDepth > 1 || _lastEnd.IsNone || Has(LedgerFlags.EndInHole))
        {
            return -1;
        }

        var start = pending.Exchange.RequestTrace.Start;
        var end = _lastEnd;
        if (_details is { } details)
        {
            // An answer to nothing ends no exchange.
            end = !details.EndBeforeUnsolicited.IsNone ? details.EndBeforeUnsolicited
                : end.Number >= start.Number && !details.LastEndSent.IsNone ? details.LastEndSent
                : end;
        }

        return end.Number < start.Number ? Math.Max(-1, start.Time.Since(end.Time)) : -1;
    }

    private void Remember(in PendingExchange pending)
    {
        ref readonly var exchange = ref pending.Exchange;
        Note(exchange.Anomalies);
        (_lastVerdict, _lastRule) = exchange.Persistence;
        _flags &= ~(LedgerFlags.EndInHole | LedgerFlags.EndUnknown | LedgerFlags.EndKnown);
        _flags |= pending.ResponseUnknown ? LedgerFlags.EndInHole
            : exchange.End == ExchangeEnd.ResponseNotCaptured ? LedgerFlags.EndUnknown
            : exchange.End == ExchangeEnd.Complete ? LedgerFlags.EndKnown : 0;
        if (exchange.Request is { } request)
        {
            _flags |= request.HasClose ? LedgerFlags.CloseRequested : 0;
            _unanswered += exchange.End.IsUnfinished() ? 1 : 0;
        }

        NoteUnsolicited(exchange);

        // Of two ends the later one is what remains; nearly always it is the response's.
        if (exchange.ResponseTrace.End.Number < exchange.RequestTrace.End.Number)
        {
            RememberEnd(exchange.RequestTrace.End, exchange.RequestTrace.End);
        }

        RememberEnd(exchange.ResponseTrace.End, pending.ResponseEndSent);
        if (exchange.Response is not { } response)
        {
            return;
        }

        _responses++;
        if (response.KeepAliveTimeout >= 0 || response.KeepAliveMax >= 0)
        {
            Details().KeepAlive.Take(response);
        }

        if (response.HasClose && !Has(LedgerFlags.CloseAnswered))
        {
            _flags |= LedgerFlags.CloseAnswered;
            _closeAt = unchecked((uint)exchange.ResponseTrace.HeadOffset);
        }
    }

    /// <summary>Of several answers to nothing in a row the first counts; what comes behind an exchange cannot have crossed one.</summary>
    private void NoteUnsolicited(in HttpExchange exchange)
    {
        if (exchange.End != ExchangeEnd.Unsolicited)
        {
            if (_details is { } known)
            {
                known.EndBeforeUnsolicited = default;
            }
        }
        else if (Details() is { EndBeforeUnsolicited.IsNone: true } details)
        {
            details.EndBeforeUnsolicited = _lastEnd;
        }
    }

    /// <summary>The client had that response when it sent this request, as its acknowledgment says.</summary>
    private readonly bool HadReceivedClose(in PendingExchange pending) =>
        Has(LedgerFlags.CloseAnswered) && HadBeyond(pending, _closeAt);

    /// <summary>The client had octets of the responses behind this place when it sent the request.</summary>
    private static bool HadBeyond(in PendingExchange pending, uint offset) =>
        pending.RequesterHad >= 0 && unchecked((int)((uint)pending.RequesterHad - offset)) > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RememberEnd(in PacketRef end, in PacketRef sent)
    {
        if (end.IsNone || end.Number < _lastEnd.Number)
        {
            return;
        }

        _lastEnd = end;
        if (sent.Number != end.Number || sent.Time != end.Time)
        {
            Details().LastEndSent = sent;
        }
        else if (_details is { } details)
        {
            details.LastEndSent = default;
        }
    }
}
