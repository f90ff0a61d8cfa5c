using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Timing;

/// <summary>Says of each exchange of one connection where its time went. Costs nothing while nothing stands still.</summary>
internal struct ExchangeClock
{
    /// <summary>The changes that it looks at.</summary>
    public const uint Inputs =
        1u << (int)TcpInput.SendSyn | 1u << (int)TcpInput.SendSynAck | 1u << (int)TcpInput.SynAcknowledged;

    private const long Microsecond = 1000;

    private Timestamp _syn;
    private Timestamp _synAck;
    private Timestamp _opened;
    private long _responseEnd;

    /// <summary>When the opener sent its SYN for the last time, from the first on; microseconds.</summary>
    private uint _synAgain;
    private Side _opener;
    private Opening _seen;
    private StallLog _stalls;

    /// <summary>Steps of the handshake.</summary>
    [Flags]
    private enum Opening : byte
    {
        Syn = 1,
        SynAck = 2,
        Ack = 4,

        /// <summary>A SYN-ACK came twice: the handshake does not tell the way to the client and back.</summary>
        Repeated = 8,
    }

    /// <summary>From the tap to the server and back, nanoseconds; 0 where unknown. From the last SYN on: the way is no shorter.</summary>
    private readonly long ToServer =>
        (_seen & Opening.SynAck) != 0 ? Handshake.Between(_syn.Plus(_synAgain * Microsecond), _synAck) : 0;

    private readonly long ToClient =>
        (_seen & (Opening.SynAck | Opening.Ack | Opening.Repeated)) == (Opening.SynAck | Opening.Ack)
            ? Handshake.Between(_synAck, _opened)
            : 0;

    /// <summary>As <see cref="Handshake.Total"/>.</summary>
    private readonly long Connect =>
        (_seen & (Opening.SynAck | Opening.Ack)) == (Opening.SynAck | Opening.Ack) ? Handshake.Between(_syn, _opened) : -1;

    /// <summary>Apart from its caller, which has most changes pass.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(in TcpStateChange change)
    {
        var time = change.Packet.Time;
        switch (change.Input)
        {
            case TcpInput.SendSyn when (_seen & Opening.Syn) == 0:
                _syn = time;
                _opener = change.Side;
                _seen |= Opening.Syn;
                break;
            case TcpInput.SendSynAck when (_seen & (Opening.Syn | Opening.SynAck | Opening.Ack)) == Opening.Syn:
                _synAck = time;
                _seen |= Opening.SynAck;
                break;
            case TcpInput.SendSynAck when (_seen & (Opening.SynAck | Opening.Ack)) == Opening.Ack:
                // The capture lacks the first one: the way to the server took no longer than all of it.
                _synAck = _opened;
                _seen |= Opening.SynAck | Opening.Repeated;
                break;
            case TcpInput.SynAcknowledged when (_seen & (Opening.Syn | Opening.Ack)) == Opening.Syn && change.Side != _opener:
                _opened = time;
                _seen |= Opening.Ack;
                break;
            default:
                break;
        }
    }

    public void Add(in TcpRemark remark)
    {
        var now = remark.Packet.Time.Nanoseconds;
        switch (remark.Kind)
        {
            case TcpRemarkKind.Retransmission when remark is { Value: 0, IsResent: true } && (_seen & Opening.Ack) == 0:
                NoteRepeat(remark);
                break;
            case TcpRemarkKind.RetransmissionTimeout when (_seen & Opening.Ack) == 0 || remark.Earlier.Time != _synAck:
                Add(now - remark.Value, now, StallKind.Timeout);
                break;
            case TcpRemarkKind.HoleFilled or TcpRemarkKind.FastRetransmission when !remark.Earlier.IsNone:
                Add(remark.Earlier.Time.Nanoseconds, now, StallKind.Loss);
                break;
            case TcpRemarkKind.WindowReopened or TcpRemarkKind.ZeroWindowRetransmission:
                Add(now - remark.Value, now, StallKind.ZeroWindow);
                break;
            case TcpRemarkKind.AckAwaited when IsDelayedAck(remark):
                Add(now - remark.Value, now, StallKind.AckWait);
                break;
            default:
                break;
        }
    }

    private void NoteRepeat(in TcpRemark remark)
    {
        if ((_seen & Opening.SynAck) != 0)
        {
            _seen |= Opening.Repeated;
        }
        else if ((_seen & Opening.Syn) != 0)
        {
            _synAgain = (uint)long.Clamp(remark.Packet.Time.Since(_syn) / Microsecond, 0, uint.MaxValue);
        }
    }

    public ExchangeTiming Of(in HttpExchange exchange)
    {
        var connect = exchange.IsCold ? ConnectBefore(exchange.RequestTrace.Start) : -1;
        var retry = connect > 0 ? Within(_syn, _opened, StallKind.Timeout) : 0;
        if (exchange.RequestTrace.Start.IsNone)
        {
            return new ExchangeTiming(connect, retry, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        // Exchanges come in the order of their requests: none that is still to come began before this one, and what
        // ended before it is no part of it either.
        var start = exchange.RequestTrace.Start.Time.Nanoseconds;
        if (exchange.Stream == 0)
        {
            _stalls.ForgetBefore(start);
        }

        return IsWhole(exchange, start)
            ? Divide(exchange, connect, retry)
            : new ExchangeTiming(connect, retry, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>What the request waited of it: one in the SYN waited for nothing (RFC 7413).</summary>
    private readonly long ConnectBefore(PacketRef request) =>
        Connect < 0 || request.IsNone ? Connect : long.Min(Connect, Handshake.Between(_syn, request.Time));

    private static bool IsWhole(in HttpExchange exchange, long start) =>
        !exchange.RequestTrace.End.IsNone && !exchange.ResponseTrace.End.IsNone
        && exchange.ResponseTrace.End.Time.Nanoseconds >= start;

    private ExchangeTiming Divide(in HttpExchange exchange, long connect, long retry)
    {
        var toResponder = exchange.Requester == _opener ? ToServer : ToClient;

        // Streams do not wait for their turn (RFC 9113 §5).
        var phases = new ExchangePhases(exchange, exchange.Stream > 0 ? 0 : _responseEnd);
        _responseEnd = exchange.ResponseTrace.End.Time.Nanoseconds;
        return phases.Divide(connect, retry, toResponder, _stalls.Noted);
    }

    private readonly long Within(Timestamp from, Timestamp to, StallKind kind)
    {
        var sum = 0L;
        foreach (ref readonly var stall in _stalls.Noted)
        {
            sum += stall.Kind == kind
                ? long.Max(0, long.Min(stall.To, to.Nanoseconds) - long.Max(stall.From, from.Nanoseconds))
                : 0;
        }

        return sum;
    }

    private void Add(long from, long to, StallKind kind) => _stalls.Add(from, to, kind);

    private readonly bool IsDelayedAck(in TcpRemark remark)
    {
        var reaction = remark.Packet.Time.Since(remark.Earlier.Time);
        return AckWaitRule.IsPrompt(reaction, remark.Sender == _opener ? ToClient : ToServer)
            && AckWaitRule.IsDelayed(remark.Value - reaction);
    }
}
