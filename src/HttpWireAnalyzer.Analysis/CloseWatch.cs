using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Watches for the first FIN or RST of a connection, and for the exchanges and probes before it.</summary>
internal struct CloseWatch
{
    /// <summary>The changes that it looks at.</summary>
    public const uint Inputs = 1u << (int)TcpInput.SendFin | 1u << (int)TcpInput.SendRst;

    private PacketRef _close;
    private PacketRef _lastEnd;
    private long _maxIdle;
    private bool _seenIdle;
    private bool _outstanding;
    private bool _leftHttp;
    private Persistence _persistence;
    private PacketRef _announcement;
    private bool _keepAliveGranted;
    private long _requestBodyOctets;
    private int _requestsAfter;

    /// <summary>Null while there was no remark that matters here, as with nearly all connections.</summary>
    private CloseRemarks? _remarks;

    public void Add(in TcpStateChange change)
    {
        if (_close.IsNone && change.Input is TcpInput.SendFin or TcpInput.SendRst)
        {
            _close = change.Packet;
        }
    }

    public void Add(in TcpRemark remark)
    {
        if (CloseRemarks.Concern(remark.Kind))
        {
            _remarks ??= new CloseRemarks();
            _remarks.Add(remark, isBeforeClose: _close.IsNone || remark.Packet.Number < _close.Number);
        }
    }

    public void Add(in HttpExchange exchange)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        var start = request.Start.IsNone ? response.Start : request.Start;
        if (!_close.IsNone && start.Number > _close.Number)
        {
            _requestsAfter += request.Start.IsNone ? 0 : 1;
            return;
        }

        var end = response.End.IsNone ? request.End : response.End;
        if (!_close.IsNone && end.Number > _close.Number && HadMissing(exchange))
        {
            end = _remarks!.ClientHadMissing;
        }

        var isWhole = exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched
            or ExchangeEnd.Unsolicited or ExchangeEnd.RequestNotCaptured or ExchangeEnd.ResponseNotCaptured
            or ExchangeEnd.Refused or ExchangeEnd.StreamReset;
        _outstanding |= !isWhole || (!_close.IsNone && end.Number > _close.Number);
        if (exchange.TunnelDepth > 0)
        {
            // RFC 9110 §9.3.6: what a tunnel carries is not a message of this connection.
            return;
        }

        if (exchange.Stream > 0)
        {
            Remember(exchange);
            return;
        }

        _lastEnd = end.IsNone ? _lastEnd : end;
        _leftHttp |= exchange.End == ExchangeEnd.Switched;
        _requestBodyOctets = request.BodyOctets;
        RememberIdle(exchange);
        Remember(exchange, isWhole);
    }

    /// <summary>A stream: they end in any order, and one that was reset leaves the connection as it was.</summary>
    private void Remember(in HttpExchange exchange)
    {
        // RFC 7540 §3.2: the switch to h2c was none to another protocol than HTTP.
        _leftHttp = false;
        _lastEnd = exchange.EndedBy.Number > _lastEnd.Number ? exchange.EndedBy : _lastEnd;
        _requestBodyOctets = exchange.RequestTrace.BodyOctets;
        RememberIdle(exchange);
        if (exchange.End == ExchangeEnd.Complete)
        {
            _persistence = exchange.Persistence;
            _announcement = exchange.ResponseTrace.HeadEnd;
            _keepAliveGranted = false;
        }
    }

    private void RememberIdle(in HttpExchange exchange)
    {
        if (exchange.IdleBefore >= 0)
        {
            _maxIdle = _seenIdle ? long.Max(_maxIdle, exchange.IdleBefore) : exchange.IdleBefore;
            _seenIdle = true;
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
        && remarks.ClientHadMissing.Number < _close.Number;

    private void Remember(in HttpExchange exchange, bool isWhole)
    {
        if (exchange is { End: ExchangeEnd.RequestTruncated, ResponseTrace.Complete: true, Response: { } early }
            && (early.Connection & ConnectionOptions.Close) != 0)
        {
            // RFC 9112 §9.6: a close is announced also by an answer that did not wait for the whole request.
            _persistence = new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
            _announcement = exchange.ResponseTrace.HeadEnd;
        }
        else if (isWhole)
        {
            _keepAliveGranted = exchange.Response is { } head && (head.Connection & ConnectionOptions.KeepAlive) != 0;
            _persistence = exchange.Persistence;
            _announcement = _persistence.Rule == PersistenceRule.CloseInRequest
                ? exchange.RequestTrace.HeadEnd
                : exchange.ResponseTrace.HeadEnd;
        }
        else if (_persistence.Verdict != PersistenceVerdict.Closes)
        {
            // A cut message decides nothing; but RFC 9112 §9.6: a close that was announced stands for what follows it.
            _persistence = default;
            _announcement = default;
        }
    }

    /// <param name="tcp">As finally known.</param>
    public readonly AtClose At(in TcpSummary tcp)
    {
        var close = tcp.Close;
        var isIdle = !_outstanding && !_leftHttp && !_lastEnd.IsNone && !close.Packet.IsNone && _lastEnd != close.Packet;
        var isClient = close.First == Side.Client;
        var idleFrom = _remarks is { } remarks && remarks.SentAgain.Number > _lastEnd.Number ? remarks.SentAgain : _lastEnd;
        var heard = isClient ? tcp.ServerEnd.Last : tcp.ClientEnd.Last;
        return new AtClose(
            isIdle ? close.Packet.Time.Since(idleFrom.Time) : -1,
            idleFrom,
            _seenIdle ? _maxIdle : -1,
            _outstanding,
            _persistence,
            _announcement,
            _keepAliveGranted,
            _requestBodyOctets,
            _requestsAfter,
            _remarks?.ProbesSince(heard, isClient != tcp.Swapped ? Side.Client : Side.Server) ?? 0);
    }
}
