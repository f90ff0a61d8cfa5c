using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// How the messages stood when the first FIN or RST passed. What was sent after it does not count: a request on a
/// connection that is closing is not why it closes.
/// </summary>
/// <param name="Idle">From the end of the last exchange, nanoseconds; -1 where something was outstanding, or nothing had been exchanged.</param>
/// <param name="Outstanding">A message was under way, or a request unanswered.</param>
/// <param name="Persistence">Verdict of the last exchange before it.</param>
/// <param name="Announcement">The head that carries that verdict; none without one.</param>
/// <param name="RequestBodyOctets">Of the last request before it.</param>
public readonly record struct AtClose(
    long Idle, bool Outstanding, Persistence Persistence, PacketRef Announcement, long RequestBodyOctets);

/// <summary>Watches for the first FIN or RST of a connection, and for the exchanges before it.</summary>
internal struct CloseWatch
{
    private PacketRef _close;
    private PacketRef _lastEnd;
    private bool _outstanding;
    private Persistence _persistence;
    private PacketRef _announcement;
    private long _requestBodyOctets;

    public void Add(in TcpStateChange change)
    {
        if (_close.IsNone && change.Input is TcpInput.SendFin or TcpInput.SendRst)
        {
            _close = change.Packet;
        }
    }

    public void Add(in HttpExchange exchange)
    {
        var request = exchange.RequestTrace;
        var response = exchange.ResponseTrace;
        var start = request.Start.IsNone ? response.Start : request.Start;
        if (!_close.IsNone && start.Number > _close.Number)
        {
            return;
        }

        var end = response.End.IsNone ? request.End : response.End;
        var isWhole = exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose or ExchangeEnd.Switched
            or ExchangeEnd.Unsolicited or ExchangeEnd.RequestNotCaptured or ExchangeEnd.ResponseNotCaptured;
        _outstanding |= !isWhole || (!_close.IsNone && end.Number > _close.Number);
        _lastEnd = end.IsNone ? _lastEnd : end;
        _persistence = exchange.Persistence;
        _requestBodyOctets = request.BodyOctets;
        _announcement = exchange.Persistence.Rule == PersistenceRule.CloseInRequest ? request.HeadEnd : response.HeadEnd;
    }

    /// <param name="close">As the connection's summary finally has it.</param>
    public readonly AtClose At(in CloseAnatomy close) => new(
        _outstanding || _lastEnd.IsNone || close.Packet.IsNone ? -1 : close.Packet.Time.Since(_lastEnd.Time),
        _outstanding,
        _persistence,
        _announcement,
        _requestBodyOctets);
}
