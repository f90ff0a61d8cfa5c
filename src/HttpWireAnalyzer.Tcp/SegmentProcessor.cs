using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Takes one segment of a connection that is known through everything that it means, in the order of RFC 9293
/// §3.10.7.4: sequence number, SYN, ACK, RST, octets, FIN.
/// </summary>
internal sealed class SegmentProcessor
{
    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Urg;

    /// <summary>RFC 894; where the other end has not said what it takes.</summary>
    private const int EthernetMtu = 1500;

    private readonly IStreamSink _sink;
    private readonly TrackerLimits _limits;
    private readonly ITrackedSegmentSink? _observer;
    private readonly StateClassifier _states;
    private readonly Reassembler _reassembler;
    private readonly HoleJudge _holes;
    private readonly SegmentNotes _notes;
    private readonly SegmentExaminer _examiner;
    private readonly UsualSegments _usual;
    private readonly UsualControl _control;
    private readonly Opening _opening;
    private readonly StreamPool _pool;

    public SegmentProcessor(
        IStreamSink sink, TrackerLimits limits, DetailsPool details, StreamPool pool, ITrackedSegmentSink? observer)
    {
        _sink = sink;
        _limits = limits;
        _pool = pool;
        _observer = observer;
        _states = new StateClassifier(sink, details);
        var journal = new SegmentJournal();
        var delivery = new StreamDelivery(sink, pool);
        _reassembler = new Reassembler(sink, limits, journal, pool, delivery);
        _holes = new HoleJudge(sink, limits, pool, delivery);
        _notes = new SegmentNotes(sink, details, pool);
        _examiner = new SegmentExaminer(sink, journal, pool, isListenedTo: observer is not null);
        _usual = new UsualSegments(sink, journal, _examiner, _states);
        _opening = new Opening(sink, _states, details);
        Closing = new Closing(sink, _states, _holes, details, pool);
        _control = new UsualControl(_examiner, _states, _opening, Closing);
    }

    public Closing Closing { get; }

    public void Process(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        // Who lists segments wants them examined one by one.
        if (_observer is not null || !TryShortWay(ref connection, seen, segment))
        {
            ProcessWhole(ref connection, seen, segment);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryShortWay(ref TcpConnection connection, in Sighting seen, in TcpSegment segment) =>
        (UsualSegments.MayTake(connection) && _usual.TryTake(ref connection, seen, segment))
        || _control.TryTake(ref connection, seen, segment);

    private void ProcessWhole(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var flags = header.Flags;
        me.Packets++;

        var sequence = header.Sequence.Value;
        if (!me.Has(EndFlags.BaseKnown))
        {
            StreamPlace.Begin(ref me, peer, segment);
        }

        var offset = me.OffsetOf(sequence);
        if (offset == 1 && StreamPlace.BeganWithProbe(me))
        {
            me.Rebase(sequence);
            me.Diagnosis.PlaceAt(sequence);
            offset = 0;
        }

        if ((flags & Control) == TcpFlags.Fin && segment.PayloadLengthOnWire == 0 && StateClassifier.IsBeyondWindow(me, peer, offset))
        {
            Drop(ref connection, ref me, seen, segment, offset);
            return;
        }

        var acknowledged = (flags & TcpFlags.Ack) == 0 ? -1 : StreamPlace.Acknowledge(ref peer, header, flags);
        if (acknowledged > 0 && StreamPlace.MayMove(peer, me) && seen.Packet.Time.Since(connection.First.Time) <= _limits.HolePatience)
        {
            StreamPlace.MoveTo(ref peer, header.Acknowledgment.Value);
            acknowledged = 0;
        }

        if (peer.Trouble is { DroppedFin.Packet.IsNone: false } trouble && peer.Acked > trouble.DroppedFin.Offset)
        {
            // It was taken all the same: what lies between is what the capture lacks.
            Closing.OnDroppedFin(ref connection, ref peer, me, seen);
        }

        // Before octets are handed on: what held them up is known when a message ends with them.
        _examiner.Take(ref connection, seen, segment, acknowledged >= 0);
        var before = me.Last;
        me.Last = seen.Packet;

        if ((flags & Control) == 0 && StateClassifier.IsTransfer(me, peer))
        {
            Transfer(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
        }
        else
        {
            ProcessControl(ref connection, ref me, ref peer, seen, before, segment, offset, acknowledged);
        }

        _notes.Take(ref connection, seen, segment);
        UsualSegments.Settle(ref me);
        UsualSegments.Settle(ref peer);
        if (_observer is { } observer)
        {
            List(observer, connection, seen, segment, offset, acknowledged, _examiner.Latest);
        }
    }

    /// <summary>
    /// A FIN outside the window: it is answered with an ACK, and nothing of it counts (RFC 9293 §3.10.7.4), unless it turns out to
    /// have been taken.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drop(ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen, in TcpSegment segment, long offset)
    {
        me.Last = seen.Packet;
        var acknowledged = (segment.Header.Flags & TcpFlags.Ack) == 0
            ? -1
            : connection.Ends[(int)seen.Sender.Other()].OffsetOf(segment.Header.Acknowledgment.Value);
        Closing.OnFinBeyond(ref connection, ref me, seen, new DroppedFin(seen.Packet, HeaderPrint.Of(segment), offset, acknowledged));
        _notes.Take(ref connection, seen, segment);
        if (_observer is { } observer)
        {
            List(observer, connection, seen, segment, offset, acknowledged: -1, default);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void List(
        ITrackedSegmentSink observer,
        in TcpConnection connection,
        in Sighting seen,
        in TcpSegment segment,
        long offset,
        long acknowledged,
        in SegmentDiagnosis diagnosis) =>
        observer.OnTracked(
            segment,
            Describe(connection, seen, segment.Header, offset, acknowledged) with { Diagnosis = diagnosis });

    /// <param name="before">The sender's last packet before this one.</param>
    private void ProcessControl(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        ref TcpEndpoint peer,
        in Sighting seen,
        PacketRef before,
        in TcpSegment segment,
        long offset,
        long acknowledged)
    {
        var flags = segment.Header.Flags;
        if ((flags & TcpFlags.Syn) != 0)
        {
            _opening.OnSyn(ref connection, ref me, peer, seen, before, segment);
            offset = me.OffsetOf(segment.Header.Sequence.Advance(1).Value);
        }
        else if (me.State == TcpState.Unknown && (flags & TcpFlags.Rst) == 0)
        {
            _states.OnMidstream(ref connection, seen);
        }

        if ((flags & TcpFlags.Rst) != 0)
        {
            OnRst(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
            return;
        }

        if (acknowledged >= 0)
        {
            if ((flags & TcpFlags.Syn) == 0)
            {
                _states.OnProof(ref connection, seen, acknowledged);
                _opening.NoticeHandshakeAck(ref connection, me, peer, seen, acknowledged);
            }

            _states.OnAcknowledgment(ref connection, seen, acknowledged);
        }
        else if (flags == TcpFlags.Ack && segment.PayloadLengthOnWire == 0)
        {
            _opening.NoticeChallenge(connection, me, peer, seen, segment.Header);
        }

        if ((flags & TcpFlags.Urg) != 0 && segment.Header.UrgentPointer != 0)
        {
            _sink.Remark(seen, TcpRemarkKind.Urgent, default, segment.Header.UrgentPointer);
        }

        Transfer(ref connection, ref me, ref peer, seen, segment, offset, acknowledged);
        if ((flags & TcpFlags.Fin) != 0)
        {
            Closing.OnFin(
                ref connection, ref me, peer, seen, HeaderPrint.Of(segment), offset + segment.PayloadLengthOnWire, acknowledged);
        }

        Closing.AfterFin(ref connection, ref me, seen);
    }

    private void OnRst(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        ref TcpEndpoint peer,
        in Sighting seen,
        in TcpSegment segment,
        long offset,
        long acknowledged)
    {
        var octets = segment.PayloadLengthOnWire;
        if (octets > 0)
        {
            // RFC 9293 §3.5.3 allows text for people. It has sequence numbers, so it is part of the stream.
            _sink.Remark(seen, TcpRemarkKind.RstPayload, default, octets);
            if (StateClassifier.IsAcceptable(me, peer, offset, acknowledged))
            {
                Deliver(ref connection, ref me, peer, seen, segment, offset, acknowledged);
            }
            else
            {
                _pool.TroubleOf(ref me).AfterEnd += octets;
            }
        }

        Closing.OnRst(ref connection, ref me, ref peer, seen, offset, acknowledged, segment.TimeToLive);
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
        if (segment.PayloadLengthOnWire > 0 || offset < long.Max(me.EndOfSequence, me.Acked))
        {
            if (segment.PayloadLengthOnWire <= 1 && (segment.Header.Flags & Control) == 0
                && KeepAlive.IsProbe(me, peer, segment.PayloadLengthOnWire, offset, seen.Packet))
            {
                // All was acknowledged, whatever the capture has of that.
                me.Acked = long.Max(me.Acked, offset + 1);
                var trouble = _pool.TroubleOf(ref me);
                trouble.Duplicate += segment.PayloadLengthOnWire;
                if (trouble.IsDoubledProbe(seen.Packet))
                {
                    return;
                }

                trouble.KeepAliveProbes++;
                me.Flags |= EndFlags.ProbeSent;
                var silence = peer.Last.IsNone ? 0 : seen.Packet.Time.Since(peer.Last.Time);
                _sink.Remark(seen, TcpRemarkKind.KeepAliveProbe, default, silence);
                return;
            }

            me.Flags &= ~EndFlags.ProbeSent;
            if (segment.PayloadLengthOnWire > 0)
            {
                Deliver(ref connection, ref me, peer, seen, segment, offset, acknowledged);
            }
        }

        if (me.IsHoleProven)
        {
            _holes.OnAcknowledgedBeyond(ref me, seen.Connection, seen.Sender, seen.Packet);
        }

        if (peer.IsHoleProven)
        {
            _holes.OnAcknowledgedBeyond(ref peer, seen.Connection, seen.Sender.Other(), seen.Packet);
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
        var arrival = new Arrival
        {
            Connection = seen.Connection,
            Sender = seen.Sender,
            Packet = seen.Packet,
            // Wherever that stream will turn out to begin, none of its captured octets had come.
            Acknowledged = StreamPlace.MayMove(peer, me) ? long.Min(acknowledged, 0) : acknowledged,
            Offset = offset,
            Octets = segment.Payload,
            LengthOnWire = segment.PayloadLengthOnWire,
            Sum = segment.PayloadSum,
            Print = HeaderPrint.Of(segment),
        };
        if ((me.Flags & EndFlags.FinSeen) == 0 && ((me.Flags | peer.Flags) & EndFlags.RstSeen) != 0)
        {
            NoteBehindReset(seen, arrival.Offset + arrival.LengthOnWire - Math.Max(arrival.Offset, me.Next));
        }

        if (segment.Checksum == ChecksumVerdict.Bad && IsDamaged(connection, me, peer, seen.Sender, segment))
        {
            _reassembler.Hold(ref me, arrival);
        }
        else
        {
            _reassembler.Accept(ref me, arrival);
        }

        if (me.Max > before)
        {
            me.HeardAtLastData = peer.Next;
            if (peer.Has(EndFlags.FinSeen) && acknowledged > peer.FinOffset && !me.Has(EndFlags.FinSeen))
            {
                ref var details = ref connection.Details!.Value;
                // Not those that it jumped over, which may never have been.
                details.HalfCloseOctets += long.Min(me.Max - before, segment.PayloadLengthOnWire);
                details.HalfCloseUntil = seen.Packet.Time;
            }
        }
    }

    private void NoteBehindReset(in Sighting seen, long octets)
    {
        if (octets > 0)
        {
            _sink.Remark(seen, TcpRemarkKind.OctetsAfterEnd, default, octets);
        }
    }

    // Where nobody fills checksums in before the tap, all of the sender's are wrong; and where a card joins segments, or has
    // yet to cut them, those that are longer than any of the wire.
    private static bool IsDamaged(
        in TcpConnection connection, in TcpEndpoint me, in TcpEndpoint peer, Side sender, in TcpSegment segment) =>
        me.Packets - 1 > connection.DetailsOrNone.Ends[(int)sender].BadChecksums
        && segment.PayloadLengthOnWire <= int.Max(peer.MaximumSegmentSize, EthernetMtu);

    private static TrackedSegment Describe(
        in TcpConnection connection, in Sighting seen, in TcpHeader header, long offset, long acknowledged)
    {
        ref readonly var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];

        // RFC 7323 §2.2: never scaled in a SYN. 0 is 0 by any scale.
        var scale = (header.Flags & TcpFlags.Syn) != 0 || header.Window == 0 ? 0 : me.WindowScaleToward(peer);
        return new TrackedSegment(
            seen.Connection, seen.Sender, offset, acknowledged, scale < 0 ? -1 : (long)header.Window << scale,
            connection.Ends[0].State, connection.Ends[1].State)
        {
            IsClientAssumed = connection.Ends[0].Basis == StateBasis.Assumed,
            IsServerAssumed = connection.Ends[1].Basis == StateBasis.Assumed,
        };
    }
}
