using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What SYN, SYN-ACK and the third step tell of a connection.</summary>
internal sealed class Opening(IStreamSink sink, StateClassifier states, DetailsPool details)
{
    /// <summary>
    /// What may have come behind a SYN unseen: a window in a SYN-ACK is never scaled (RFC 7323 §2.2). Where the capture lacks
    /// more, an acknowledgment of it is taken for one of another connection.
    /// </summary>
    private const long FarthestUnseen = 1 << 16;

    /// <summary>The first segment of an end, a SYN that means what it says: where its stream begins and what it offers.</summary>
    public void Begin(
        ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen, in TcpSegment segment, in TcpOptions options)
    {
        me.Packets = 1;
        me.TimeToLive = segment.TimeToLive;
        me.Base = segment.Header.Sequence.Advance(1).Value;
        me.Last = seen.Packet;
        details.Mark(ref connection, TcpConnection.MarkOfSyn(seen.Sender), seen.Packet);
        Offer(ref me, segment, options);
    }

    /// <param name="before">The sender's last packet before this one.</param>
    public void OnSyn(
        ref TcpConnection connection, ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, PacketRef before, in TcpSegment segment)
    {
        var withAck = (segment.Header.Flags & TcpFlags.Ack) != 0;
        var first = segment.Header.Sequence.Advance(1).Value;
        var isDoubled = first == me.Base && IsDoubled(connection, me, seen, before, withAck);
        var isRepeated = Count(ref connection, ref me, seen.Sender, withAck, isDoubled);
        var mark = TcpConnection.MarkOfSyn(seen.Sender);
        if (!connection.Marks.Has(mark))
        {
            details.Mark(ref connection, mark, seen.Packet);
            Orient(ref connection, peer, seen, withAck);
        }
        else if (isRepeated && first == me.Base)
        {
            sink.Remark(seen, TcpRemarkKind.Retransmission, connection.SynOf(seen.Sender), 0, isResent: !isDoubled);
        }

        var isRevived = withAck && IsAnswerBehindRst(me, peer);
        if (isRevived)
        {
            Revive(ref connection, ref me, seen, first);
        }

        Settle(connection, ref me, seen, first);
        me.Flags |= EndFlags.SynSeen;
        // A SYN that was captured late, behind the segments that followed it, changes no state any more.
        var isOpening = isRevived || me.State is TcpState.Unknown or TcpState.SynSent or TcpState.SynReceived
            || (isRepeated && withAck && DisprovesEstablished(connection, me, seen, first));
        if (isOpening || connection.SynOf(seen.Sender) == seen.Packet)
        {
            Offer(ref me, segment, TcpOptions.Read(segment.Header.Options));
        }

        if (isOpening)
        {
            states.OnSyn(ref connection, seen, withAck);
        }
    }

    /// <summary>
    /// An acknowledgment of nothing that the SYN can have: the end still has an earlier connection on this 4-tuple, which
    /// was not captured, and answers for that one (RFC 9293 §3.5.1, RFC 5961 §4.2).
    /// </summary>
    public void NoticeChallenge(
        in TcpConnection connection, in TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, in TcpHeader header)
    {
        var offset = peer.OffsetOf(header.Acknowledgment.Value);
        if (peer.State != TcpState.SynSent || offset is >= 0 and <= FarthestUnseen)
        {
            return;
        }

        var syn = connection.SynOf(seen.Sender.Other());
        if (me.Packets == 1)
        {
            sink.OnRemark(new TcpRemark(
                seen.Connection, seen.Sender.Other(), TcpRemarkKind.SynOnOpenConnection, syn, default, 0));
        }

        sink.Remark(seen, TcpRemarkKind.ChallengeAck, syn, 0);
    }

    /// <summary>The wire or the capture doubled it. A SYN-ACK may also answer a SYN that was sent again.</summary>
    private static bool IsDoubled(in TcpConnection connection, in TcpEndpoint me, in Sighting seen, PacketRef before, bool withAck)
    {
        // In SYN-SENT its last packet was that SYN, too: sent again, it may be doubled as the first.
        var syn = me.State == TcpState.SynSent && !withAck ? before : connection.SynOf(seen.Sender);
        return !syn.IsNone && TcpRemark.IsDoubled(syn, seen.Packet)
            && !(withAck && connection.DetailsOrNone.Ends[(int)seen.Sender.Other()].RepeatedSyns > 0);
    }

    /// <summary>True if this end has sent a SYN of the same kind before.</summary>
    private bool Count(ref TcpConnection connection, ref TcpEndpoint me, Side sender, bool withAck, bool isDoubled)
    {
        var flag = withAck ? EndFlags.SynAckSent : EndFlags.SynSent;
        if (!me.Has(flag))
        {
            me.Flags |= flag;
            return false;
        }

        ref var mine = ref details.Of(ref connection).Ends[(int)sender];
        ref var count = ref withAck
            ? ref isDoubled ? ref mine.DoubledSynAcks : ref mine.RepeatedSynAcks
            : ref isDoubled ? ref mine.DoubledSyns : ref mine.RepeatedSyns;
        count++;
        return true;
    }

    private void Orient(ref TcpConnection connection, in TcpEndpoint peer, in Sighting seen, bool withAck)
    {
        if (seen.Sender == (withAck ? Side.Client : Side.Server) && !peer.Has(EndFlags.SynSeen)
            && !connection.Has(ConnectionFlags.Swapped))
        {
            connection.Flags |= ConnectionFlags.Swapped;
            sink.Remark(seen, TcpRemarkKind.OrientationCorrected, default, 0);
        }
    }

    private static bool IsAnswerBehindRst(in TcpEndpoint me, in TcpEndpoint peer) =>
        me.State == TcpState.Closed && me.Has(EndFlags.RstSeen) && !me.Has(EndFlags.SynSeen) && me.Max <= 0
        && peer.Has(EndFlags.SynSeen) && peer.Max <= 0;

    // RFC 9293 §3.8.1: a SYN is sent again while it is not acknowledged. The ACK that the tap saw never reached this end,
    // or it dropped it; a copy that the wire made comes sooner than any timer.
    private static bool DisprovesEstablished(in TcpConnection connection, in TcpEndpoint me, in Sighting seen, uint first) =>
        me is { State: TcpState.Established, Basis: StateBasis.Assumed } && first == me.Base
        && seen.Packet.Time.Since(connection.SynOf(seen.Sender).Time) >= RoundTrips.LeastTimeout;

    // Whatever "the server" sent before its SYN-ACK was not its own: it is forgotten, but for the counts.
    private void Revive(ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen, uint first)
    {
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        ref var known = ref details.Of(ref connection);
        sink.Remark(seen, TcpRemarkKind.RstDisproved, known.Ends[(int)seen.Sender].Rst.Packet, 0);
        me.Flags = EndFlags.BaseKnown | (me.Flags & (EndFlags.SynSent | EndFlags.SynAckSent | EndFlags.PortsReused | EndFlags.TookOver));
        me.Base = first;
        me.Next = 0;
        me.Max = 0;
        me.Acked = -1;
        peer.Flags &= ~EndFlags.RstSeen;
        known.Ends[(int)Side.Client].Rst = default;
        known.Ends[(int)Side.Server].Rst = default;
        connection.Flags &= ~ConnectionFlags.Closing;
    }

    // A SYN-ACK with another sequence number than the one before: SYN cookies, or two that answer. Which of them
    // holds is for the other end's ACK to say; before that, the latest.
    private void Settle(in TcpConnection connection, ref TcpEndpoint me, in Sighting seen, uint first)
    {
        if (first == me.Base)
        {
            return;
        }

        var isChange = me.Has(EndFlags.SynSeen);
        if (isChange)
        {
            sink.Remark(seen, TcpRemarkKind.SynAckChanged, connection.SynOf(seen.Sender), 0);
        }

        if (me.Next == 0 && me.Max == 0 && (!isChange || me.Acked < 0))
        {
            me.Rebase(first);
            if (isChange)
            {
                me.Flags &= ~(EndFlags.BaseKnown | EndFlags.BaseGuessed);
            }
        }
    }

    private static void Offer(ref TcpEndpoint me, in TcpSegment segment, in TcpOptions options)
    {
        me.MaximumSegmentSize = options.MaximumSegmentSize;
        me.WindowScale = options.WindowScale < 0 && segment.Header.AreOptionsCut ? TcpEndpoint.UnknownScale : options.WindowScale;
        me.Options = (options.SackPermitted ? EndOptions.Sack : 0)
            | (options.HasTimestamps ? EndOptions.Timestamps : 0)
            | (options.Multipath ? EndOptions.Multipath : 0)
            | (options.FastOpen ? EndOptions.FastOpen : 0)
            | (segment.PayloadLengthOnWire > 0 ? EndOptions.SynData : 0);
    }

    /// <summary>
    /// The third step answers the SYN-ACK, which the capture may lack, and acknowledges nothing beyond it, unless a server may
    /// speak at once (RFC 7413 §4.2). A later ACK would tell a round trip that never was.
    /// </summary>
    public void NoticeHandshakeAck(
        ref TcpConnection connection, in TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, long acknowledged)
    {
        var isAnswer = peer.Has(EndFlags.SynAckSent) || (seen.Sender == Side.Client && me.Has(EndFlags.SynSeen) && peer.Packets == 0);
        if (!connection.Marks.Has(PacketMark.HandshakeAck) && isAnswer
            && (acknowledged == 0 || (me.Options & (EndOptions.FastOpen | EndOptions.SynData)) != 0))
        {
            details.Mark(ref connection, PacketMark.HandshakeAck, seen.Packet);
        }
    }
}
