using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Looks at one segment and says what it is to each end: the inputs of <see cref="TcpStateTable"/>, with their basis.
/// All arithmetic that decides about states is here, and no transition is.
/// </summary>
internal sealed class StateClassifier(IStreamSink sink, DetailsPool details)
{
    /// <summary>What may be under way unseen: a large send buffer (Linux tcp_wmem[2], 4 MiB).</summary>
    private const long MostUnseen = 1 << 22;

    private readonly uint _told = sink.StateInputs;

    /// <summary>The connection is open, for all that its ends have shown: what is no control segment changes no state.</summary>
    public static bool IsTransfer(in TcpEndpoint me, in TcpEndpoint peer) =>
        me.State == TcpState.Established && me.Basis != StateBasis.Assumed && peer.State == TcpState.Established;

    /// <summary>A SYN, with or without ACK, whose sequence number was accepted as this end's start.</summary>
    public void OnSyn(ref TcpConnection connection, in Sighting seen, bool withAck)
    {
        var sender = seen.Sender;
        var other = sender.Other();
        if (withAck)
        {
            Apply(ref connection, seen, sender, TcpInput.SendSynAck, StateBasis.Sent);
            Apply(ref connection, seen, other, TcpInput.ReceiveSynAck, StateBasis.Assumed);
            return;
        }

        if (connection.Ends[(int)sender].State == TcpState.SynReceived
            && connection.Ends[(int)other].State == TcpState.SynSent)
        {
            sink.Remark(seen, TcpRemarkKind.SimultaneousOpen, connection.SynOf(other), 0);
        }

        Apply(ref connection, seen, sender, TcpInput.SendSyn, StateBasis.Sent);
        Apply(ref connection, seen, other, TcpInput.ReceiveSyn, StateBasis.Assumed);
    }

    /// <summary>The first segment of a connection whose start was not captured.</summary>
    public void OnMidstream(ref TcpConnection connection, in Sighting seen)
    {
        Apply(ref connection, seen, seen.Sender, TcpInput.Midstream, StateBasis.Assumed);
        Apply(ref connection, seen, seen.Sender.Other(), TcpInput.Midstream, StateBasis.Assumed);
    }

    /// <summary>A segment without SYN and RST: what it proves of its sender.</summary>
    /// <param name="acknowledged">In the stream of the other end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnProof(ref TcpConnection connection, in Sighting seen, long acknowledged)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];
        if (me.Basis == StateBasis.Assumed)
        {
            Confirm(ref connection, ref me, peer, seen, acknowledged);
        }

        if (me.State == TcpState.SynSent)
        {
            // The capture missed the SYN-ACK: only a SYN-ACK is ever acknowledged in SYN-SENT.
            Apply(ref connection, seen, seen.Sender, TcpInput.ReceiveSynAck, StateBasis.Acked);
        }
        else if (me.State == TcpState.SynReceived && acknowledged > 0 && (peer.Options & EndOptions.SynData) == 0)
        {
            // The capture missed the third step: octets that it acknowledges came with it or after it.
            Apply(ref connection, seen, seen.Sender, TcpInput.SynAcknowledged, StateBasis.Acked);
        }
    }

    /// <summary>Any segment but a RST: what it acknowledges.</summary>
    /// <param name="acknowledged">In the stream of the other end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAcknowledgment(ref TcpConnection connection, in Sighting seen, long acknowledged)
    {
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        if (peer.State == TcpState.SynReceived)
        {
            Apply(ref connection, seen, seen.Sender.Other(), TcpInput.SynAcknowledged, StateBasis.Assumed);
        }

        if (peer.Has(EndFlags.FinSeen) && !peer.Has(EndFlags.FinAcked) && acknowledged > peer.FinOffset)
        {
            peer.Flags |= EndFlags.FinAcked;
            ref var theirs = ref details.Of(ref connection).Ends[(int)seen.Sender.Other()];
            if (theirs.FinAcknowledged.IsNone)
            {
                ref readonly var me = ref connection.Ends[(int)seen.Sender];
                theirs.FinAcknowledged = new KeptPacket(seen.Packet);
                theirs.IsFinAcknowledgedAhead = me.Diagnosis.Detail is { Holes.IsEmpty: false };
            }

            Apply(ref connection, seen, seen.Sender.Other(), TcpInput.FinAcknowledged, StateBasis.Assumed);
            if (!peer.Has(EndFlags.FinInOrder))
            {
                // It acknowledges the FIN, so it had all octets before it: the capture missed them.
                ReceiveFin(ref connection, seen, seen.Sender, StateBasis.Acked);
            }
        }
    }

    /// <summary>The FIN of <see cref="Sighting.Sender"/>, the first time that it is seen.</summary>
    /// <param name="acknowledged">In the stream of the other end; -1 without ACK.</param>
    /// <param name="isAnswered">The other end's FIN, which the capture has before this one, acknowledges it.</param>
    public void OnFinSent(ref TcpConnection connection, in Sighting seen, long acknowledged, bool isAnswered)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];
        if (me.State == TcpState.CloseWait && me.Basis == StateBasis.Assumed
            && acknowledged >= 0 && acknowledged <= peer.FinOffset)
        {
            if (isAnswered && peer.State == TcpState.FinWait1)
            {
                me.Flags |= EndFlags.FinInOrder;
                Apply(ref connection, seen, seen.Sender, TcpInput.SendCrossingFin, StateBasis.Sent);
                Apply(ref connection, seen, seen.Sender.Other(), TcpInput.AnswerFin, StateBasis.Sent);
                OnAcknowledgment(ref connection, seen with { Sender = seen.Sender.Other() }, me.Acked);
                Apply(ref connection, seen, seen.Sender, TcpInput.ReceiveFin, StateBasis.Assumed);
                return;
            }

            // RFC 9293 §3.6, figure 13: the FINs crossed. The other's is still on its way.
            Apply(ref connection, seen, seen.Sender, TcpInput.SendCrossingFin, StateBasis.Sent);
            Apply(ref connection, seen, seen.Sender, TcpInput.ReceiveFin, StateBasis.Assumed);
            return;
        }

        Apply(ref connection, seen, seen.Sender, TcpInput.SendFin, StateBasis.Sent);
        if (me.Acked > me.FinOffset)
        {
            // The tap has put the acknowledgment of it before it.
            OnAcknowledgment(ref connection, seen with { Sender = seen.Sender.Other() }, me.Acked);
        }
    }

    /// <summary>Its FIN again, by its timer, so long behind the acknowledgment of it that this ought to have arrived.</summary>
    public void OnFinRepeated(ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen)
    {
        me.Flags &= ~(EndFlags.FinAcked | EndFlags.HeldTimeWait);
        Apply(ref connection, seen, seen.Sender, TcpInput.RepeatFin, StateBasis.Sent);
    }

    /// <summary>All octets before the FIN of <paramref name="finSender"/> have reached the other end.</summary>
    public void OnFinInOrder(ref TcpConnection connection, in Sighting seen, Side finSender)
    {
        ref var end = ref connection.Ends[(int)finSender];
        if (!end.Has(EndFlags.FinInOrder))
        {
            ReceiveFin(ref connection, seen, finSender.Other(), StateBasis.Assumed);
        }
    }

    /// <summary>A RST. False if its receiver ought not to obey it; then nothing changes but a remark.</summary>
    /// <param name="offset">Of its sequence number in the sender's stream.</param>
    /// <param name="acknowledged">In the other stream, negative where it covers nothing; ignored outside SYN-SENT.</param>
    public bool OnRst(ref TcpConnection connection, in Sighting seen, long offset, long acknowledged)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];
        if (!IsAcceptable(me, peer, offset, acknowledged))
        {
            var refused = me.State == TcpState.SynSent ? connection.SynOf(seen.Sender) : default;
            sink.Remark(seen, TcpRemarkKind.UnacceptableRst, refused, offset);
            return false;
        }

        if (me.State == TcpState.TimeWait && !peer.Has(EndFlags.FinAcked))
        {
            // §3.10.7.1: it meets the FIN as a closed end does. It had given up FIN-WAIT-2 before the FIN came.
            me.Flags &= ~EndFlags.HeldTimeWait;
        }

        Apply(ref connection, seen, seen.Sender, TcpInput.SendRst, StateBasis.Sent);
        Apply(ref connection, seen, seen.Sender.Other(), TcpInput.ReceiveRst, StateBasis.Assumed);
        return true;
    }

    /// <summary>2 MSL after <paramref name="side"/> entered TIME-WAIT.</summary>
    public void OnTwoMsl(ref TcpConnection connection, ConnectionId id, Side side, Timestamp expiry) =>
        Apply(ref connection, new Sighting(id, side, new PacketRef(0, expiry)), side, TcpInput.TwoMslTimeout,
            StateBasis.Timer);

    private void ReceiveFin(ref TcpConnection connection, in Sighting seen, Side receiver, StateBasis basis)
    {
        connection.Ends[(int)receiver.Other()].Flags |= EndFlags.FinInOrder;
        Apply(ref connection, seen, receiver, TcpInput.ReceiveFin, basis);
    }

    // A state that was assumed is certain once its owner sends what it can only send in that state.
    private void Confirm(
        ref TcpConnection connection, ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, long acknowledged)
    {
        var proven = me.State switch
        {
            // After a handshake, any segment without SYN; in midstream, one that acknowledges octets of this capture.
            TcpState.Established => acknowledged > 0 || me.Has(EndFlags.SynSeen) || peer.Has(EndFlags.SynSeen),
            TcpState.CloseWait or TcpState.Closing or TcpState.TimeWait =>
                peer.Has(EndFlags.FinSeen) && acknowledged > peer.FinOffset,
            // FIN-WAIT-2 and CLOSED came from a pure ACK or a RST, which are never acknowledged.
            _ => false,
        };
        if (proven)
        {
            me.Basis = StateBasis.Acked;
            if (me.State == TcpState.TimeWait)
            {
                // §3.4.2: 2 MSL are counted from the last ACK.
                details.Of(ref connection).TimeWaitFrom = seen.Packet.Time;
            }

            if ((_told & TcpStateChange.Proofs) != 0)
            {
                Tell(seen, seen.Sender, me.State, me.State, InputThatLedTo(me), StateBasis.Acked);
            }
        }
    }

    private static TcpInput InputThatLedTo(in TcpEndpoint end) => end.State switch
    {
        TcpState.Established => end.Has(EndFlags.SynAckSent) ? TcpInput.SynAcknowledged
            : end.Has(EndFlags.SynSeen) ? TcpInput.ReceiveSynAck
            : TcpInput.Midstream,
        _ => TcpInput.ReceiveFin,
    };

    /// <summary>Whether the end that a RST goes to ought to obey it.</summary>
    /// <remarks>
    /// RFC 9293 §3.10.7.3 for SYN-SENT; §3.10.7.4 with RFC 5961 §3.2 else: exactly at RCV.NXT. What the receiver's
    /// RCV.NXT is, the tap knows within bounds: at least what it has acknowledged, at most what has been sent to it.
    /// </remarks>
    public static bool IsAcceptable(in TcpEndpoint me, in TcpEndpoint peer, long offset, long acknowledged)
    {
        if (peer.State == TcpState.SynSent)
        {
            return acknowledged >= 0 && acknowledged <= peer.EndOfSequence;
        }

        if (!me.Has(EndFlags.BaseKnown))
        {
            // Nothing of its stream was captured: what it has sent is not known, what was acknowledged may be.
            return offset >= me.Acked;
        }

        var most = Math.Max(me.EndOfSequence, Math.Max(me.Next, me.Acked));
        // Behind a FIN many stacks send a RST that stands where the FIN did, and Linux takes it, but in TIME-WAIT (tcp_reset_check).
        var least = Math.Min(me.Acked, me.EndOfSequence)
            - (me.Has(EndFlags.FinAcked) && peer.State != TcpState.TimeWait ? 1 : 0);
        // What the capture is known to lack of this end's octets may be more than was acknowledged.
        return offset >= least
            && (offset <= most || (offset - most <= MostUnseen && (me.Trouble is { Gap: > 0 } || IsWhereItStood(me, offset))));
    }

    /// <summary>By its own segments, empty ones too: the capture may lack octets before that.</summary>
    public static bool IsWhereItStood(in TcpEndpoint me, long offset) =>
        me.Diagnosis.Has(DiagnosisFlags.Placed) && offset == me.OffsetOf(me.Diagnosis.Next);

    /// <summary>
    /// What a RST acknowledges is more than the capture has, and not so much that it cannot be: one octet may be a FIN.
    /// </summary>
    public static bool ShowsMissing(in TcpEndpoint sender, long acknowledged)
    {
        var missing = acknowledged - Math.Max(sender.EndOfSequence, sender.Acked);
        return sender.Has(EndFlags.BaseKnown) && !sender.Has(EndFlags.FinSeen) && missing is > 1 and <= MostUnseen;
    }

    /// <summary>
    /// The segment begins behind a hole and far beyond what the other end has room for (RFC 9293 §3.10.7.4). Not so where the
    /// capture may lack what made that room.
    /// </summary>
    public static bool IsBeyondWindow(in TcpEndpoint me, in TcpEndpoint peer, long offset)
    {
        var beyond = offset - Math.Max(me.EndOfSequence, me.Acked) - MostUnseen;
        if (beyond <= 0)
        {
            return false;
        }

        // RFC 7323 §2.2: never scaled in a SYN.
        var scale = !peer.Diagnosis.Has(DiagnosisFlags.HasAcked) ? -1
            : peer.Diagnosis.Has(DiagnosisFlags.WindowOfSyn) ? 0
            : peer.WindowScaleToward(me);
        return beyond > (scale < 0 ? StreamPlace.LargestWindow : (long)peer.Diagnosis.Window << scale);
    }

    private void Apply(ref TcpConnection connection, in Sighting seen, Side side, TcpInput input, StateBasis basis)
    {
        ref var end = ref connection.Ends[(int)side];
        var from = end.State;
        if (!TcpStateTable.TryNext(from, input, out var next))
        {
            RemarkOutOfState(seen, from, input);
            return;
        }

        // A FIN that still reaches a closed end says nothing of why it is closed.
        if (next == from && (basis <= end.Basis || input == TcpInput.ReceiveFin))
        {
            return;
        }

        end.State = next;
        end.Basis = basis;
        if (next != from)
        {
            details.Mark(ref connection, TcpConnection.MarkOfState(side), seen.Packet);
        }

        if (next == TcpState.TimeWait)
        {
            end.Flags |= EndFlags.HeldTimeWait;
            details.Of(ref connection).TimeWaitFrom = seen.Packet.Time;
        }

        Tell(seen, side, from, next, input, basis);
    }

    private void Tell(in Sighting seen, Side side, TcpState from, TcpState to, TcpInput input, StateBasis basis)
    {
        if ((_told >> (int)input & 1) != 0)
        {
            sink.OnStateChange(new TcpStateChange(seen.Connection, side, from, to, input, basis, seen.Packet));
        }
    }

    /// <summary>An input for which that state has no transition, or that an end in it ought to drop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RemarkOutOfState(in Sighting seen, TcpState state, TcpInput input) =>
        sink.Remark(seen, TcpRemarkKind.OutOfState, default, ((int)state * 256) + (int)input);
}
