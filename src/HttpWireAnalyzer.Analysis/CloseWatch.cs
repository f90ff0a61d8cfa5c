using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Watches for the first FIN or RST of a connection, and for the exchanges and probes before it.</summary>
internal struct CloseWatch
{
    private PacketRef _close;
    private PacketRef _lastEnd;
    private long _maxIdle;
    private bool _seenIdle;
    private bool _outstanding;
    private bool _leftHttp;
    private Persistence _persistence;
    private PacketRef _announcement;
    private PacketRef _sentAgain;
    private PacketRef _clientHadMissing;
    private long _needlessCopy;
    private bool _keepAliveGranted;
    private WindowsClosed _windows;
    private long _requestBodyOctets;
    private int _requestsAfter;
    private Probes _clientProbes;
    private Probes _serverProbes;

    public void Add(in TcpStateChange change)
    {
        if (_close.IsNone && change.Input is TcpInput.SendFin or TcpInput.SendRst)
        {
            _close = change.Packet;
        }
    }

    public void Add(in TcpRemark remark)
    {
        _windows.Add(remark);
        if (remark is { Kind: TcpRemarkKind.AckedUnseen, Sender: Side.Client } && _clientHadMissing.IsNone)
        {
            _clientHadMissing = remark.Packet;
        }

        AddSentAgain(remark);
        if (remark.Kind == TcpRemarkKind.KeepAliveProbe)
        {
            if (_windows.Of(remark.Sender.Other()))
            {
                // RFC 9293 §3.8.6.1: it asks for the window, not for life.
                return;
            }

            ref var probes = ref remark.Sender == Side.Client ? ref _clientProbes : ref _serverProbes;
            probes = new Probes(probes.Count == 0 ? remark.Packet : probes.First, probes.Count + 1);
        }
        else if (remark.Kind == TcpRemarkKind.KeepAliveAnswer)
        {
            (remark.Sender == Side.Client ? ref _serverProbes : ref _clientProbes) = default;
        }
    }

    /// <summary>Octets that were lost behind the tap are not there before their copy is; a needless copy says nothing.</summary>
    private void AddSentAgain(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.SpuriousRetransmission)
        {
            _sentAgain = remark.Earlier == _sentAgain ? default : _sentAgain;
            _needlessCopy = remark.Packet.Number;
        }
        else if (remark is { Kind: TcpRemarkKind.Retransmission, Value: > 0 }
            && (_close.IsNone || remark.Packet.Number < _close.Number)
            && remark.Packet.Number != _needlessCopy)
        {
            _sentAgain = remark.Packet;
        }
    }

    public void Add(in HttpExchange exchange)
    {
        var request = exchange.RequestTrace;
        var response = exchange.ResponseTrace;
        var start = request.Start.IsNone ? response.Start : request.Start;
        if (!_close.IsNone && start.Number > _close.Number)
        {
            _requestsAfter += request.Start.IsNone ? 0 : 1;
            return;
        }

        var end = response.End.IsNone ? request.End : response.End;
        if (!_close.IsNone && end.Number > _close.Number && HadMissing(exchange))
        {
            end = _clientHadMissing;
        }

        var isWhole = exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched
            or ExchangeEnd.Unsolicited or ExchangeEnd.RequestNotCaptured or ExchangeEnd.ResponseNotCaptured;
        _outstanding |= !isWhole || (!_close.IsNone && end.Number > _close.Number);
        if (exchange.TunnelDepth > 0)
        {
            // RFC 9110 §9.3.6: what a tunnel carries is not a message of this connection.
            return;
        }

        _lastEnd = end.IsNone ? _lastEnd : end;
        _leftHttp |= exchange.End == ExchangeEnd.Switched;
        _requestBodyOctets = request.BodyOctets;
        if (exchange.IdleBefore >= 0)
        {
            _maxIdle = _seenIdle ? long.Max(_maxIdle, exchange.IdleBefore) : exchange.IdleBefore;
            _seenIdle = true;
        }

        Remember(exchange, isWhole);
    }

    /// <summary>
    /// Octets of the response that the capture lacks were acknowledged before the close. That they are missing is
    /// known later, which must not make the response late.
    /// </summary>
    private readonly bool HadMissing(in HttpExchange exchange) =>
        exchange is { Requester: Side.Client, ResponseTrace: { Complete: true, MissingOctets: > 0 } }
        && _clientHadMissing.Number > exchange.ResponseTrace.Start.Number && _clientHadMissing.Number < _close.Number;

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
        var idleFrom = _sentAgain.Number > _lastEnd.Number ? _sentAgain : _lastEnd;
        var probes = isClient != tcp.Swapped ? _clientProbes : _serverProbes;
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
            heard.Number < probes.First.Number ? probes.Count : 0);
    }

    /// <summary>Probes without an answer between them.</summary>
    private readonly record struct Probes(PacketRef First, int Count);
}
