using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What tracking remarks of a connection that matters when it closes. Most connections have none of it.</summary>
internal sealed class CloseRemarks
{
    private const uint Kinds = 1u << (int)TcpRemarkKind.ZeroWindow | 1u << (int)TcpRemarkKind.WindowReopened
        | 1u << (int)TcpRemarkKind.AckedUnseen | 1u << (int)TcpRemarkKind.SpuriousRetransmission
        | 1u << (int)TcpRemarkKind.Retransmission | 1u << (int)TcpRemarkKind.KeepAliveProbe
        | 1u << (int)TcpRemarkKind.KeepAliveAnswer;

    private WindowsClosed _windows;
    private WindowsClosed _windowsAtClose;
    private long _needlessCopy;
    private long _clientHole;
    private long _serverHole;
    private Probes _clientProbes;
    private Probes _serverProbes;

    /// <summary>The last copy, before the close, of octets that had been lost behind the tap; none without one.</summary>
    public PacketRef SentAgain { get; private set; }

    /// <summary>The packet with which the client first acknowledged octets that the capture lacks.</summary>
    public PacketRef ClientHadMissing { get; private set; }

    /// <summary>The capture lacks octets behind the last message of either end.</summary>
    public bool HasHole => _clientHole > 0 || _serverHole > 0;

    public static bool Concern(TcpRemarkKind kind) => (Kinds >> (int)kind & 1) != 0;

    public void Add(in StreamGap gap) => HoleOf(gap.Sender) = gap.Offset + gap.Length;

    /// <summary>Holes before its messages, and in them, are not behind them: nor is one that an answer says was a request.</summary>
    public void Add(in HttpExchange exchange)
    {
        Pass(exchange.Requester, exchange.End == ExchangeEnd.RequestNotCaptured ? long.MaxValue : exchange.RequestTrace.EndOffset);
        Pass(exchange.Requester.Other(), exchange.ResponseTrace.EndOffset);
    }

    public void Add(in TcpRemark remark, bool isBeforeClose)
    {
        _windows.Add(remark);
        if (isBeforeClose)
        {
            _windowsAtClose.Add(remark);
        }

        if (remark is { Kind: TcpRemarkKind.AckedUnseen, Sender: Side.Client } && ClientHadMissing.IsNone)
        {
            ClientHadMissing = remark.Packet;
        }

        AddSentAgain(remark, isBeforeClose);
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
        else if (remark.Kind == TcpRemarkKind.KeepAliveAnswer && isBeforeClose)
        {
            (remark.Sender == Side.Client ? ref _serverProbes : ref _clientProbes) = default;
        }
    }

    /// <summary>The prober's probes without an answer between them, if all came after the packet.</summary>
    public int ProbesSince(PacketRef packet, Side prober)
    {
        ref readonly var probes = ref prober == Side.Client ? ref _clientProbes : ref _serverProbes;
        return packet.Number < probes.First.Number ? probes.Count : 0;
    }

    /// <summary>The last time before the close that the window of <paramref name="receiver"/> was closed.</summary>
    public ClosedWindow WindowOf(Side receiver) => _windowsAtClose.Last(receiver);

    private ref long HoleOf(Side side) => ref side == Side.Client ? ref _clientHole : ref _serverHole;

    private void Pass(Side sender, long end)
    {
        ref var hole = ref HoleOf(sender);
        hole = end >= hole ? 0 : hole;
    }

    /// <summary>Octets that were lost behind the tap are not there before their copy is; a needless copy says nothing.</summary>
    private void AddSentAgain(in TcpRemark remark, bool isBeforeClose)
    {
        if (remark.Kind == TcpRemarkKind.SpuriousRetransmission)
        {
            SentAgain = remark.Earlier == SentAgain ? default : SentAgain;
            _needlessCopy = remark.Packet.Number;
        }
        else if (remark is { Kind: TcpRemarkKind.Retransmission, Value: > 0 } && isBeforeClose
            && remark.Packet.Number != _needlessCopy)
        {
            SentAgain = remark.Packet;
        }
    }

    private readonly record struct Probes(PacketRef First, int Count);
}
