using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>The state machine of one endpoint, as data.</summary>
/// <remarks>
/// <para>
/// Each end of a connection is a machine of its own; there is no state "of the connection". Both run the same table:
/// it does not know which end is the client. It is RFC 9293 §3.3.2, figure 5, as somebody sees it who stands
/// between the ends. Three things follow from the view from outside:
/// </para>
/// <list type="bullet">
/// <item>LISTEN cannot be seen. An end of which nothing is known is <see cref="TcpState.Unknown"/>; a SYN that goes
/// to it puts it into SYN-RECEIVED, on the assumption that it listens.</item>
/// <item>User calls cannot be seen, only the segments that they cause: CLOSE is <see cref="TcpInput.SendFin"/>.</item>
/// <item>A connection whose start was not captured enters at ESTABLISHED by <see cref="TcpInput.Midstream"/>.</item>
/// </list>
/// <para>
/// Everything that changes a state is a row here. The arithmetic that chooses the input (is this FIN in order, does
/// this ACK cover it, is this RST acceptable) is in <see cref="StateClassifier"/>. An input without a row changes
/// nothing and is reported as <see cref="TcpRemarkKind.OutOfState"/>.
/// </para>
/// </remarks>
public static class TcpStateTable
{
    /// <summary>Room for every <see cref="TcpInput"/> in a row of the index: a power of two.</summary>
    private const int Inputs = 16;

    /// <summary>In the index: no state, the input is an observation.</summary>
    private const byte NoRow = byte.MaxValue;

    private static readonly (TcpState From, TcpInput Input, TcpState To)[] Rows =
    [
        // Nothing known yet.
        (TcpState.Unknown, TcpInput.SendSyn, TcpState.SynSent),
        (TcpState.Unknown, TcpInput.ReceiveSyn, TcpState.SynReceived),
        (TcpState.Unknown, TcpInput.SendSynAck, TcpState.SynReceived),
        (TcpState.Unknown, TcpInput.ReceiveSynAck, TcpState.Established),
        (TcpState.Unknown, TcpInput.Midstream, TcpState.Established),
        (TcpState.Unknown, TcpInput.SendRst, TcpState.Closed),
        (TcpState.Unknown, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.SynSent, TcpInput.SendSyn, TcpState.SynSent),
        (TcpState.SynSent, TcpInput.ReceiveSynAck, TcpState.Established),
        // Both opened at once: figure 8. A split handshake (SYN, then SYN, then SYN-ACK) looks the same.
        (TcpState.SynSent, TcpInput.ReceiveSyn, TcpState.SynReceived),
        (TcpState.SynSent, TcpInput.SendSynAck, TcpState.SynReceived),
        (TcpState.SynSent, TcpInput.SendRst, TcpState.Closed),
        (TcpState.SynSent, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.SynReceived, TcpInput.ReceiveSyn, TcpState.SynReceived),
        (TcpState.SynReceived, TcpInput.SendSyn, TcpState.SynReceived),
        (TcpState.SynReceived, TcpInput.SendSynAck, TcpState.SynReceived),
        (TcpState.SynReceived, TcpInput.ReceiveSynAck, TcpState.Established),
        (TcpState.SynReceived, TcpInput.SynAcknowledged, TcpState.Established),
        (TcpState.SynReceived, TcpInput.SendFin, TcpState.FinWait1),
        // §3.10.7.4, eighth: a FIN in SYN-RECEIVED also leads to CLOSE-WAIT.
        (TcpState.SynReceived, TcpInput.ReceiveFin, TcpState.CloseWait),
        (TcpState.SynReceived, TcpInput.SendRst, TcpState.Closed),
        (TcpState.SynReceived, TcpInput.ReceiveRst, TcpState.Closed),

        // The SYN-ACK again: the ACK of it was lost, or is still on its way.
        (TcpState.Established, TcpInput.ReceiveSynAck, TcpState.Established),
        // ESTABLISHED was assumed too early: what is sent again was not acknowledged.
        (TcpState.Established, TcpInput.SendSynAck, TcpState.SynReceived),
        (TcpState.Established, TcpInput.SendFin, TcpState.FinWait1),
        (TcpState.Established, TcpInput.ReceiveFin, TcpState.CloseWait),
        (TcpState.Established, TcpInput.SendRst, TcpState.Closed),
        (TcpState.Established, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.FinWait1, TcpInput.FinAcknowledged, TcpState.FinWait2),
        (TcpState.FinWait1, TcpInput.ReceiveFin, TcpState.Closing),
        // FIN-WAIT-1 was wrong: the tap has put two FINs in the wrong order.
        (TcpState.FinWait1, TcpInput.AnswerFin, TcpState.LastAck),
        (TcpState.FinWait1, TcpInput.SendRst, TcpState.Closed),
        (TcpState.FinWait1, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.FinWait2, TcpInput.ReceiveFin, TcpState.TimeWait),
        // FIN-WAIT-2 was assumed too early: what is sent again was not acknowledged (§3.8.1). So in TIME-WAIT and CLOSED.
        (TcpState.FinWait2, TcpInput.RepeatFin, TcpState.FinWait1),
        (TcpState.FinWait2, TcpInput.SendRst, TcpState.Closed),
        (TcpState.FinWait2, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.CloseWait, TcpInput.SendFin, TcpState.LastAck),
        // CLOSE-WAIT was assumed too early: its own FIN shows that the other's had not arrived, or the other's that this came first.
        (TcpState.CloseWait, TcpInput.SendCrossingFin, TcpState.FinWait1),
        (TcpState.CloseWait, TcpInput.SendRst, TcpState.Closed),
        (TcpState.CloseWait, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.Closing, TcpInput.FinAcknowledged, TcpState.TimeWait),
        (TcpState.Closing, TcpInput.SendRst, TcpState.Closed),
        (TcpState.Closing, TcpInput.ReceiveRst, TcpState.Closed),

        (TcpState.LastAck, TcpInput.FinAcknowledged, TcpState.Closed),
        (TcpState.LastAck, TcpInput.SendRst, TcpState.Closed),
        (TcpState.LastAck, TcpInput.ReceiveRst, TcpState.Closed),

        // §3.10.7.4: a RST ends TIME-WAIT (RFC 1337 warns of it; most stacks do it).
        (TcpState.TimeWait, TcpInput.TwoMslTimeout, TcpState.Closed),
        (TcpState.TimeWait, TcpInput.RepeatFin, TcpState.Closing),
        (TcpState.TimeWait, TcpInput.SendRst, TcpState.Closed),
        (TcpState.TimeWait, TcpInput.ReceiveRst, TcpState.Closed),

        // §3.10.7.1: a closed end answers what still reaches it with RST, and stays closed.
        (TcpState.Closed, TcpInput.ReceiveFin, TcpState.Closed),
        (TcpState.Closed, TcpInput.FinAcknowledged, TcpState.Closed),
        (TcpState.Closed, TcpInput.RepeatFin, TcpState.LastAck),
        (TcpState.Closed, TcpInput.SendRst, TcpState.Closed),
        (TcpState.Closed, TcpInput.ReceiveRst, TcpState.Closed),
        // A SYN-ACK behind a RST that had answered the SYN: the RST was not the server's own.
        (TcpState.Closed, TcpInput.SendSynAck, TcpState.SynReceived),
        (TcpState.Closed, TcpInput.ReceiveSynAck, TcpState.Established),
    ];

    private static readonly byte[] Next = Index();

    /// <summary>All rows, for the generated page docs/states/tcp.md and for tests.</summary>
    public static IReadOnlyList<(TcpState From, TcpInput Input, TcpState To)> Transitions => Rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNext(TcpState state, TcpInput input, out TcpState next)
    {
        var found = Next[((int)state * Inputs) + (int)input];
        next = (TcpState)found;
        return found != NoRow;
    }

    private static byte[] Index()
    {
        var next = new byte[((int)TcpState.Closed + 1) * Inputs];
        next.AsSpan().Fill(NoRow);
        foreach (var (from, input, to) in Rows)
        {
            next[((int)from * Inputs) + (int)input] = (byte)to;
        }

        return next;
    }
}
