using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Watches for the first FIN or RST of a connection, and for the exchanges and probes before it.</summary>
internal struct CloseWatch
{
    /// <summary>The changes that it looks at.</summary>
    public const uint Inputs = 1u << (int)TcpInput.SendFin | 1u << (int)TcpInput.SendRst;

    private Notes _notes;

    /// <summary>Null while there was no remark that matters here, as with nearly all connections.</summary>
    private CloseRemarks? _remarks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TcpStateChange change)
    {
        if (_notes.Close.IsNone && change.Input is TcpInput.SendFin or TcpInput.SendRst)
        {
            _notes.Close = new KeptPacket(change.Packet);
        }
    }

    public void Add(in TcpRemark remark)
    {
        if (CloseRemarks.Concern(remark.Kind))
        {
            _remarks ??= new CloseRemarks();
            _remarks.Add(remark, isBeforeClose: _notes.Close.IsNone || remark.Packet.Number < _notes.Close.Number);
        }
    }

    /// <summary>Octets that the capture lacks, and not for its snap length: those it has a packet of.</summary>
    public void Add(in StreamGap gap)
    {
        if (gap.Cause == GapCause.SnapLength)
        {
            return;
        }

        _remarks ??= new CloseRemarks();
        _remarks.Add(gap);
    }

    public void Add(in HttpExchange exchange)
    {
        _remarks?.Add(exchange);
        var close = _notes.Close.IsNone ? long.MaxValue : _notes.Close.Number;
        ref readonly var request = ref exchange.RequestTrace;
        var start = request.Start.IsNone ? exchange.ResponseTrace.Start : request.Start;
        if (start.Number > close)
        {
            _notes.RequestsAfter += request.Start.IsNone ? 0 : 1;
            return;
        }

        var end = EndOf(exchange, close);
        var isWhole = exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched
            or ExchangeEnd.Refused or ExchangeEnd.StreamReset
            || exchange is { End: ExchangeEnd.RequestNotCaptured, ResponseTrace.Complete: true };
        var isUnknown = IsUnknown(exchange, close);
        var isOver = isUnknown || (isWhole && end.Number <= close);
        var wasOutstanding = _notes.Outstanding;
        RememberOutstanding(exchange, isOver);
        if (exchange.TunnelDepth > 0)
        {
            // RFC 9110 §9.3.6: what a tunnel carries is not a message of this connection.
            return;
        }

        if (exchange.Stream > 0)
        {
            RememberStream(exchange);
            return;
        }

        if (exchange.End == ExchangeEnd.Unsolicited)
        {
            // No exchange: it ends no idle time. What it announces holds (RFC 9112 §9.6).
            RememberUnsolicited(exchange);
            return;
        }

        if (!isOver)
        {
            RememberAsked(exchange, close, wasOutstanding);
        }
        else
        {
            RememberEnd(exchange, end, close, isUnknown);
        }

        _notes.EndUnknown = exchange is { End: ExchangeEnd.ResponseNotCaptured, Response: not null };
        _notes.LeftHttp |= exchange.End == ExchangeEnd.Switched;
        _notes.RequestBodyOctets = request.BodyOctets;
        _notes.AnswerEnd = unchecked((uint)exchange.ResponseTrace.EndOffset);
        RememberIdle(exchange);
        RememberPersistence(exchange, isWhole || isUnknown);
    }

    /// <summary>The last packet of its response, or else of its request.</summary>
    private readonly PacketRef EndOf(in HttpExchange exchange, long close)
    {
        var end = exchange.ResponseTrace.End.IsNone ? exchange.RequestTrace.End : exchange.ResponseTrace.End;
        return end.Number > close && HadMissing(exchange) ? _remarks!.ClientHadMissing : end;
    }

    /// <summary>
    /// Nobody can say whether it was under way at the close: its answer is no message, or in a hole, or the end of one that
    /// had begun is.
    /// </summary>
    private static bool IsUnknown(in HttpExchange exchange, long close) =>
        exchange.End is ExchangeEnd.ResponseNotCaptured or ExchangeEnd.ResponseUnreadable && exchange.ResponseTrace.Start.Number < close;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RememberOutstanding(in HttpExchange exchange, bool isOver)
    {
        // Who asked nothing waits for nothing.
        var isOutstanding = !isOver && exchange.End != ExchangeEnd.Unsolicited;

        // RFC 9112 §9.3.2: answers come in order, so that a whole one tells of those before it that they are over, read or not.
        var isAnswered = exchange is { Stream: 0, End: ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched };
        _notes.Outstanding = isOutstanding || (_notes.Outstanding && !isAnswered);
    }

    /// <summary>Since when nothing is outstanding, by this exchange.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RememberEnd(in HttpExchange exchange, PacketRef end, long close, bool isUnknown)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;

        // A response may be out before the rest of its request: nothing is outstanding after the later of the two.
        if (request.End.Number > end.Number && request.End.Number < close)
        {
            end = request.End;
        }

        // Without its answer, or with what tells the answer's end behind the close, nothing tells since when nothing is outstanding.
        _notes.LastEnd = isUnknown && (response.End.IsNone || end.Number > close) ? default
            : end.IsNone ? _notes.LastEnd
            : new KeptPacket(end);
    }

    /// <summary>Since when the oldest of what is outstanding is: by order its answer is the next one (RFC 9112 §9.3.2).</summary>
    private void RememberAsked(in HttpExchange exchange, long close, bool wasOutstanding)
    {
        var hasBegun = !exchange.ResponseTrace.Start.IsNone && exchange.ResponseTrace.Start.Number < close;
        _notes.RequestCut = exchange.End == ExchangeEnd.RequestTruncated && !hasBegun;
        if (wasOutstanding)
        {
            return;
        }

        var asked = exchange.RequestTrace.End.IsNone ? exchange.ResponseTrace.Start : exchange.RequestTrace.End;
        _notes.LastEnd = new KeptPacket(asked);
        _notes.AnswerBegun = hasBegun;
    }

    /// <summary>A stream: they end in any order, and one that was reset leaves the connection as it was.</summary>
    private void RememberStream(in HttpExchange exchange)
    {
        // RFC 7540 §3.2: the switch to h2c was none to another protocol than HTTP.
        _notes.LeftHttp = false;
        _notes.LastEnd = exchange.EndedBy.Number > _notes.LastEnd.Number ? new KeptPacket(exchange.EndedBy) : _notes.LastEnd;
        _notes.RequestBodyOctets = exchange.RequestTrace.BodyOctets;
        RememberIdle(exchange);
        if (exchange.End == ExchangeEnd.Complete)
        {
            _notes.Persistence = exchange.Persistence;
            _notes.Announcement = new KeptPacket(exchange.ResponseTrace.HeadEnd);
            _notes.KeepAliveGranted = false;
        }
    }

    private void RememberIdle(in HttpExchange exchange)
    {
        if (exchange.IdleBefore >= 0)
        {
            _notes.BeyondIdle = long.Max(_notes.BeyondIdle, exchange.IdleBefore + 1);
        }
    }

    /// <summary>
    /// Octets of the response that the capture lacks were acknowledged before the close. That they are missing is
    /// known later, which must not make the response late.
    /// </summary>
    private readonly bool HadMissing(in HttpExchange exchange) =>
        exchange is { Requester: Side.Client, ResponseTrace: { Complete: true, MissingOctets: > 0 } }
        && _remarks is { } remarks
        && remarks.ClientHadMissing.Number > exchange.ResponseTrace.Start.Number
        && remarks.ClientHadMissing.Number < _notes.Close.Number;

    private void RememberUnsolicited(in HttpExchange exchange)
    {
        if (exchange.Response is { HasClose: true })
        {
            _notes.Persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
            _notes.Announcement = new KeptPacket(exchange.ResponseTrace.HeadEnd);
        }
    }

    /// <summary>RFC 9112 §9.6: a close that either end has announced stands, whatever exchange follows it all the same.</summary>
    private readonly bool IsCloseAnnounced =>
        _notes.Persistence.Rule is PersistenceRule.CloseInRequest or PersistenceRule.CloseInResponse;

    private void RememberPersistence(in HttpExchange exchange, bool isWhole)
    {
        if (exchange.IsClosedEarly)
        {
            // RFC 9112 §9.6: a close is announced also by an answer that did not wait for the whole request.
            _notes.Persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
            _notes.Announcement = new KeptPacket(exchange.ResponseTrace.HeadEnd);
        }
        else if (isWhole && (!IsCloseAnnounced || exchange.Persistence.Verdict == PersistenceVerdict.Tunnel))
        {
            _notes.KeepAliveGranted = exchange.Response is { HasKeepAlive: true };
            _notes.Persistence = exchange.Persistence;
            _notes.Announcement = new KeptPacket(_notes.Persistence.Rule == PersistenceRule.CloseInRequest
                ? exchange.RequestTrace.HeadEnd
                : exchange.ResponseTrace.HeadEnd);
        }
        else if (_notes.Persistence.Verdict != PersistenceVerdict.Closes)
        {
            // A cut message decides nothing.
            _notes.Persistence = default;
            _notes.Announcement = default;
        }
    }

    /// <param name="tcp">As finally known.</param>
    public readonly AtClose At(in TcpSummary tcp, in HttpSummary http)
    {
        ref readonly var close = ref tcp.Close;
        var lastEnd = _notes.LastEnd.Packet;
        if (_notes.EndUnknown && http.LastMessageEnd.Number > lastEnd.Number && http.LastMessageEnd.Number <= close.Packet.Number)
        {
            lastEnd = http.LastMessageEnd;
        }

        var undelivered = Undelivered(tcp, http);
        var hadAll = HadAll(tcp, http);
        var isOutstanding = _notes.Outstanding && !hadAll;
        var hasHole = _remarks is { HasHole: true } && !_notes.LeftHttp;
        var isIdle = !isOutstanding && !hasHole && undelivered == 0 && !_notes.LeftHttp && !lastEnd.IsNone && !close.Packet.IsNone
            && lastEnd != close.Packet;
        lastEnd = hadAll ? close.Packet : lastEnd;
        var idleFrom = _remarks is { } remarks && !_notes.Outstanding ? PacketRef.Later(lastEnd, remarks.SentAgain) : lastEnd;

        // What was heard behind the close answered no probe before it.
        var heard = tcp.EndOf(close.First.Other()).Last;
        heard = heard.Number < close.Packet.Number ? heard : default;
        return new AtClose(
            isIdle ? close.Packet.Time.Since(idleFrom.Time) : -1,
            idleFrom,
            _notes.BeyondIdle - 1,
            isOutstanding,
            isOutstanding && _notes.AnswerBegun,
            isOutstanding && _notes.RequestCut,
            undelivered,
            _notes.EndUnknown,
            hasHole,
            _notes.Persistence,
            _notes.Announcement.Packet,
            _notes.KeepAliveGranted,
            _notes.RequestBodyOctets,
            _notes.RequestsAfter,
            _remarks?.ProbesSince(heard, tcp.Actual(close.First)) ?? 0,
            Unread(tcp));
    }

    /// <summary>
    /// The FIN acknowledges all that the other end ever sent, the last answer too: the tap put that behind it, or its receiver's
    /// card has another clock (RFC 9293 §3.4: what is acknowledged has arrived).
    /// </summary>
    private readonly bool HadAll(in TcpSummary tcp, in HttpSummary http)
    {
        ref readonly var closer = ref tcp.EndOf(tcp.Close.First);
        ref readonly var other = ref tcp.EndOf(tcp.Close.First.Other()).Counters;
        return _notes is { Outstanding: true, AnswerBegun: false, RequestCut: false }
            && http is { Unanswered: 0, Protocol: ApplicationProtocol.Http1, Successor: null }
            && !closer.Fin.IsNone && closer.Fin == tcp.Close.Packet && closer.HeardAtFin >= other.Delivered + other.Gap;
    }

    private readonly ClosedWindow Unread(in TcpSummary tcp)
    {
        var window = _notes.Outstanding && _remarks is { } remarks ? remarks.WindowOf(tcp.Actual(tcp.Close.First.Other())) : default;
        return window.IsWhy(tcp.Close.Packet) ? window : default;
    }

    private readonly long Undelivered(in TcpSummary tcp, in HttpSummary http)
    {
        ref readonly var close = ref tcp.Close;
        var isOfClient = close.How != CloseManner.Open && (close.First == Side.Client || !tcp.ClientEnd.Rst.IsNone);
        return isOfClient && !_notes.Outstanding && !_notes.LeftHttp && !_notes.LastEnd.IsNone
            && http is { Protocol: ApplicationProtocol.Http1, Successor: null, Responses: > 0 }
            ? long.Max(0, unchecked((int)(_notes.AnswerEnd - (uint)tcp.ServerEnd.AcknowledgedUpTo)))
            : 0;
    }

    /// <summary>Apart from the reference, and without gaps: half of it is packets of 13 octets.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Notes
    {
        public KeptPacket Close;
        public KeptPacket LastEnd;
        public KeptPacket Announcement;
        public Persistence Persistence;
        public bool Outstanding;
        public bool AnswerBegun;
        public bool RequestCut;
        public bool EndUnknown;
        public bool LeftHttp;
        public bool KeepAliveGranted;
        public int RequestsAfter;

        /// <summary>Where the last answer ends in its stream, the lower half.</summary>
        public uint AnswerEnd;

        /// <summary>One more than the longest idle time; 0 without one.</summary>
        public long BeyondIdle;
        public long RequestBodyOctets;
    }
}
