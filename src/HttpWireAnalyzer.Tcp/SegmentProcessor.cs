using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Takes one segment of a connection that is known through everything that it means, in the order of RFC 9293
/// §3.10.7.4: sequence number, SYN, ACK, RST, octets, FIN.
/// </summary>
internal sealed class SegmentProcessor
{
    /// <summary>The largest window that can be offered, 65,535 × 2^14 octets (RFC 7323 §2.3): nothing valid is farther off.</summary>
    private const long LargestWindow = 1L << 30;

    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Urg;

    private readonly IStreamSink _sink;
    private readonly ITrackedSegmentSink? _observer;
    private readonly StateClassifier _states;
    private readonly Reassembler _reassembler;
    private readonly SegmentNotes _notes;

    public SegmentProcessor(IStreamSink sink, TrackerLimits limits, ITrackedSegmentSink? observer)
    {
        _sink = sink;
        _observer = observer;
        _states = new StateClassifier(sink);
        _reassembler = new Reassembler(sink, limits);
        _notes = new SegmentNotes(sink);
        Closing = new Closing(sink, _states, _reassembler);
    }

    public Closing Closing { get; }

    public void Process(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var flags = header.Flags;
        me.Packets++;
        me.Octets += segment.PayloadLengthOnWire;
        me.Last = seen.Packet;

        var sequence = header.Sequence.Value;
        if (!me.Has(EndFlags.BaseKnown))
        {
            Begin(ref me, segment, sequence);
        }

        var offset = me.OffsetOf(sequence);
        var acknowledged = (flags & TcpFlags.Ack) == 0 ? -1 : Acknowledge(ref peer, header, flags);

        // Nearly every segment: an open connection, and nothing to open or close.
        if ((flags & Control) == 0
            && me.State == TcpState.Established && me.Basis != StateBasis.Assumed && peer.State == TcpState.Established)
        {
            Transfer(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
        }
        else
        {
            ProcessControl(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
        }

        _notes.Take(ref connection, seen, segment);
        _observer?.OnTracked(segment, Describe(connection, seen, header, offset, acknowledged));
    }

    private static void Begin(ref TcpEndpoint me, in TcpSegment segment, uint sequence)
    {
        // A first SYN takes offset -1, so that the stream's first octet is 0.
        var isSyn = (segment.Header.Flags & TcpFlags.Syn) != 0;
        if (!me.Has(EndFlags.BaseGuessed) || !me.Has(EndFlags.SynSeen))
        {
            me.Rebase(unchecked(sequence + (isSyn ? 1u : 0u)));
        }

        me.Flags |= EndFlags.BaseKnown;
        me.TimeToLive = segment.TimeToLive;
    }

    // How far the segment acknowledges the other stream; -1 where it acknowledges nothing that can be.
    private static long Acknowledge(ref TcpEndpoint peer, in TcpHeader header, TcpFlags flags)
    {
        var number = header.Acknowledgment.Value;
        if ((flags & TcpFlags.Rst) != 0)
        {
            // Read for what a RST covers, never believed: a forged one acknowledges anything.
            return peer.Has(EndFlags.BaseKnown) ? peer.OffsetOf(number) : -1;
        }

        if (!peer.Has(EndFlags.BaseKnown | EndFlags.BaseGuessed))
        {
            peer.Base = number;
            peer.Flags |= EndFlags.BaseGuessed;
        }

        var offset = peer.OffsetOf(number);
        if (offset > peer.Acked && offset <= peer.EndOfSequence + LargestWindow)
        {
            peer.Acked = offset;
        }

        return offset > peer.EndOfSequence + LargestWindow ? -1 : Math.Max(offset, -1);
    }

    private void ProcessControl(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        ref TcpEndpoint peer,
        in Sighting seen,
        in TcpSegment segment,
        long offset,
        long acknowledged)
    {
        var flags = segment.Header.Flags;
        if ((flags & TcpFlags.Syn) != 0)
        {
            OnSyn(ref connection, ref me, peer, seen, segment);
            offset++;
        }
        else if (me.State == TcpState.Unknown && (flags & TcpFlags.Rst) == 0)
        {
            _states.OnMidstream(ref connection, seen);
        }

        if ((flags & TcpFlags.Rst) != 0)
        {
            if (segment.PayloadLengthOnWire > 0)
            {
                // RFC 9293 §3.5.3 allows text for people. It has sequence numbers, so it is part of the stream.
                Remark(seen, TcpRemarkKind.RstPayload, default, segment.PayloadLengthOnWire);
                Deliver(ref connection, ref me, peer, seen, segment, offset, acknowledged);
            }

            Closing.OnRst(ref connection, ref me, peer, seen, offset, acknowledged);
            return;
        }

        if (acknowledged >= 0)
        {
            _states.OnAcknowledgment(ref connection, seen, acknowledged);
            if (connection.HandshakeAck.IsNone && (flags & TcpFlags.Syn) == 0 && peer.Has(EndFlags.SynSeen)
                && me.Has(EndFlags.SynSeen) && peer.SynAcks > 0)
            {
                connection.HandshakeAck = seen.Packet;
            }
        }

        if ((flags & TcpFlags.Urg) != 0 && segment.Header.UrgentPointer != 0)
        {
            Remark(seen, TcpRemarkKind.Urgent, default, segment.Header.UrgentPointer);
        }

        Transfer(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
        if ((flags & TcpFlags.Fin) != 0)
        {
            Closing.OnFin(ref connection, ref me, peer, seen, offset + segment.PayloadLengthOnWire, acknowledged);
        }

        Closing.AfterFin(ref connection, ref me, seen);
    }

    private void Transfer(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        ref TcpEndpoint peer,
        in Sighting seen,
        in TcpSegment segment,
        long offset,
        long acknowledged)
    {
        if (segment.PayloadLengthOnWire > 0 || offset < me.Max)
        {
            if (IsProbe(me, peer, segment, offset))
            {
                var trouble = me.Trouble ??= new StreamTrouble();
                trouble.KeepAliveProbes++;
                trouble.Duplicate += segment.PayloadLengthOnWire;
                me.Flags |= EndFlags.ProbeSent;
                Remark(seen, TcpRemarkKind.KeepAliveProbe, default, 0);
                return;
            }

            if (segment.PayloadLengthOnWire > 0)
            {
                Deliver(ref connection, ref me, peer, seen, segment, offset, acknowledged);
            }
        }

        if (IsHoleProven(me))
        {
            _reassembler.OnAcknowledgedBeyond(ref me, seen.Connection, seen.Sender, seen.Packet);
        }

        if (IsHoleProven(peer))
        {
            _reassembler.OnAcknowledgedBeyond(ref peer, seen.Connection, seen.Sender.Other(), seen.Packet);
            Closing.AfterFin(ref connection, ref peer, seen with { Sender = seen.Sender.Other() });
        }
    }

    private void Deliver(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        in TcpEndpoint peer,
        in Sighting seen,
        in TcpSegment segment,
        long offset,
        long acknowledged)
    {
        var before = me.Max;
        _reassembler.Accept(ref me, new Arrival
        {
            Connection = seen.Connection,
            Sender = seen.Sender,
            Packet = seen.Packet,
            Acknowledged = acknowledged,
            Offset = offset,
            Octets = segment.Payload,
            LengthOnWire = segment.PayloadLengthOnWire,
            Sum = segment.PayloadSum,
        });
        if (me.Max > before)
        {
            me.HeardAtLastData = peer.Next;
            if (peer.Has(EndFlags.FinSeen) && acknowledged > peer.FinOffset)
            {
                connection.HalfCloseOctets += me.Max - before;
                connection.HalfCloseUntil = seen.Packet.Time;
            }
        }
    }

    private void OnSyn(
        ref TcpConnection connection, ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, in TcpSegment segment)
    {
        var withAck = (segment.Header.Flags & TcpFlags.Ack) != 0;
        me.Syns += withAck ? 0 : 1;
        me.SynAcks += withAck ? 1 : 0;
        if (me.Has(EndFlags.SynSeen) && me.Syns + me.SynAcks > 1)
        {
            Remark(seen, TcpRemarkKind.Retransmission, me.Syn, 0);
        }

        if (me.Syn.IsNone)
        {
            me.Syn = seen.Packet;
        }

        me.Flags |= EndFlags.SynSeen;
        var options = TcpOptions.Read(segment.Header.Options);
        me.MaximumSegmentSize = options.MaximumSegmentSize;
        me.WindowScale = options.WindowScale;
        me.Options = (options.SackPermitted ? EndOptions.Sack : 0)
            | (options.HasTimestamps ? EndOptions.Timestamps : 0)
            | (options.Multipath ? EndOptions.Multipath : 0)
            | (options.FastOpen ? EndOptions.FastOpen : 0)
            | (segment.PayloadLengthOnWire > 0 ? EndOptions.SynData : 0);
        if (!withAck && seen.Sender == Side.Server && !peer.Has(EndFlags.SynSeen)
            && !connection.Has(ConnectionFlags.Swapped))
        {
            connection.Flags |= ConnectionFlags.Swapped;
            Remark(seen, TcpRemarkKind.OrientationCorrected, default, 0);
        }

        // A SYN that was captured late, behind the segments that followed it, changes no state any more.
        if (me.State is TcpState.Unknown or TcpState.SynSent or TcpState.SynReceived)
        {
            _states.OnSyn(ref connection, seen, withAck);
        }
    }

    // RFC 9293 §3.8.4: a segment at SND.NXT-1, empty or with one octet of garbage, of which all was acknowledged.
    private static bool IsProbe(in TcpEndpoint me, in TcpEndpoint peer, in TcpSegment segment, long offset) =>
        segment.PayloadLengthOnWire <= 1
        && offset == me.EndOfSequence - 1
        && me.Acked >= me.EndOfSequence
        && (segment.Header.Flags & Control) == 0
        && peer.State != TcpState.SynSent
        && !me.Has(EndFlags.FinSeen);

    private static bool IsHoleProven(in TcpEndpoint end)
    {
        if (end.Acked <= end.Next)
        {
            return false;
        }

        if (end.Has(EndFlags.FinSeen))
        {
            return end.Next < end.FinOffset;
        }

        // One octet more than there is, and nothing behind it, may be a FIN that the capture missed.
        return end.Acked > end.Next + 1 || end.Trouble is { Queue.IsEmpty: false };
    }

    private static TrackedSegment Describe(
        in TcpConnection connection, in Sighting seen, in TcpHeader header, long offset, long acknowledged)
    {
        ref readonly var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];

        // RFC 7323 §2.2: scaled only if both SYNs offered it, and never in a SYN.
        var scale = (header.Flags & TcpFlags.Syn) != 0 ? 0
            : !me.Has(EndFlags.SynSeen) || !peer.Has(EndFlags.SynSeen) ? -1
            : me.WindowScale >= 0 && peer.WindowScale >= 0 ? me.WindowScale
            : 0;
        return new TrackedSegment(
            seen.Connection, seen.Sender, offset, acknowledged, scale < 0 ? -1 : (long)header.Window << scale,
            connection.Ends[0].State, connection.Ends[1].State);
    }

    private void Remark(in Sighting seen, TcpRemarkKind kind, PacketRef earlier, long value) =>
        _sink.OnRemark(new TcpRemark(seen.Connection, seen.Sender, kind, seen.Packet, earlier, value));
}
