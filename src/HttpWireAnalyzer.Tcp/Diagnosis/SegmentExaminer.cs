using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// Says of each segment what it shows of how well TCP does: after Wireshark's conditions (User's Guide §7.5), and
/// by SACK, DSACK and timestamps where they decide what Wireshark guesses (docs/decisions/0013).
/// </summary>
/// <param name="journal">Where the segments seen before are found.</param>
/// <param name="pool">Where what an end needs comes from.</param>
/// <param name="isListenedTo">Segments are listed one by one: figures that only a list shows are made as well.</param>
internal sealed class SegmentExaminer(IStreamSink sink, SegmentJournal journal, StreamPool pool, bool isListenedTo)
{
    private readonly RepeatJudge _repeats = new(sink, journal, pool);
    private readonly ReceiverNotes _receiver = new(sink, pool);
    private readonly PauseNotes _pauses = new(sink, journal, pool);

    /// <summary>Of the segment taken last; kept up to date only for listeners, whose segments are all examined.</summary>
    public SegmentDiagnosis Latest { get; private set; }

    /// <summary>A segment whose sender's <see cref="TcpEndpoint.Last"/> is still the one before it.</summary>
    /// <param name="hasAck">It acknowledges something that can be.</param>
    public void Take(ref TcpConnection connection, in Sighting seen, in TcpSegment segment, bool hasAck)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var length = segment.PayloadLengthOnWire;
        var control = header.Flags & ExaminedSegment.Control;
        var fin = control == TcpFlags.Fin ? 1 : 0;
        if (!isListenedTo
            && hasAck
            && (control == TcpFlags.None || fin == 1)
            && !(length > 0 && me.Has(EndFlags.FinSeen))
            && UsualDiagnosis.IsUsual(me, peer, header, length, fin))
        {
            Advance(ref me, ref peer, seen, header.Acknowledgment.Value, header.Window, length, fin);
        }
        else
        {
            Examine(ref connection, seen, segment, hasAck);
        }
    }

    /// <summary>What the first SYN of a connection changes, without octets and ACK.</summary>
    public static void Open(ref TcpEndpoint me, in Sighting seen, in TcpHeader header)
    {
        ref var mine = ref me.Diagnosis;
        mine.Flags |= DiagnosisFlags.Placed;
        mine.Next = header.Sequence.Advance(1).Value;
        mine.NextAt = seen.Packet.Time.Nanoseconds;
        RoundTrips.Start(ref mine, mine.NextAt);
    }

    /// <summary>The same of the SYN-ACK that answers it.</summary>
    public void OpenBack(ref TcpEndpoint me, ref TcpEndpoint peer, in Sighting seen, in TcpHeader header)
    {
        Open(ref me, seen, header);
        Acknowledge(ref me.Diagnosis, ref peer, header.Acknowledgment.Value, seen.Packet);
        me.Diagnosis.Window = header.Window;
        me.Diagnosis.Flags |= DiagnosisFlags.HasAcked | DiagnosisFlags.WindowOfSyn;
    }

    /// <summary>What a usual segment changes (<see cref="UsualDiagnosis"/>).</summary>
    /// <param name="fin">1 for a FIN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(
        ref TcpEndpoint me, ref TcpEndpoint peer, in Sighting seen, uint acknowledgment, ushort window, int length, int fin)
    {
        ref var mine = ref me.Diagnosis;
        ref var theirs = ref peer.Diagnosis;
        var now = seen.Packet.Time.Nanoseconds;
        if (length > 0 && now - mine.NextAt >= PauseNotes.Shortest)
        {
            // What it is marked with shows only in a list of segments.
            _ = _pauses.Take(ref me, peer, seen, length);
        }

        if (length + fin > 0)
        {
            // RFC 9293 §3.4: the FIN takes a place, and is no octet in flight.
            var end = unchecked(mine.Next + (uint)length);
            if (length > 0 && theirs.Has(DiagnosisFlags.HasAcked))
            {
                mine.MostInFlight = uint.Max(mine.MostInFlight, Flight.Of(end, theirs));
            }

            SendNew(ref mine, theirs, unchecked(end + (uint)fin), length, now);
        }

        Acknowledge(ref mine, ref peer, acknowledgment, seen.Packet);
        mine.Window = window;
        mine.Flags = (mine.Flags & ~DiagnosisFlags.WindowOfSyn) | DiagnosisFlags.HasAcked;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SendNew(ref EndDiagnosis mine, in EndDiagnosis theirs, uint end, int octets, long now)
    {
        mine.Next = end;
        mine.NextAt = now;
        // A tap may put the acknowledgment before it: then the next one would tell a round trip that never was.
        if (!mine.Has(DiagnosisFlags.Timed)
            && !(theirs.Has(DiagnosisFlags.HasAcked) && SequenceNumber.Distance(end, theirs.Acked) <= 0))
        {
            RoundTrips.Start(ref mine, now);
        }

        if (octets > 0 && !mine.Has(DiagnosisFlags.InitialOver))
        {
            mine.AddInitial(octets);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Acknowledge(ref EndDiagnosis mine, ref TcpEndpoint peer, uint acknowledgment, PacketRef packet)
    {
        ref var theirs = ref peer.Diagnosis;
        if (acknowledgment == mine.Acked && mine.Has(DiagnosisFlags.HasAcked))
        {
            return;
        }

        mine.Acked = acknowledgment;
        if (theirs.Has(DiagnosisFlags.Timed) && SequenceNumber.Distance(acknowledgment, theirs.TimedEnd) >= 0)
        {
            // The third step of the handshake was not captured where its SYN-ACK is acknowledged with more.
            var isOfHandshake = theirs.TimedEnd != peer.Base || acknowledgment == peer.Base || !peer.Has(EndFlags.SynAckSent);
            RoundTrips.Finish(ref theirs, acknowledgment, packet.Time.Nanoseconds, pool, isOfHandshake);
            if (theirs.Detail is { RoundTrips: not null } detail)
            {
                NoteSmall(detail, peer, mine.Next, packet);
            }
        }

        if (theirs.Initial != 0)
        {
            theirs.Flags |= DiagnosisFlags.InitialOver;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteSmall(StreamDiagnosis detail, in TcpEndpoint sender, uint otherNext, PacketRef acknowledgment) =>
        (detail.Small ??= new SmallSegments()).Note(sender.Diagnosis.Next, sender.Packets, otherNext, acknowledgment);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Examine(ref TcpConnection connection, in Sighting seen, in TcpSegment captured, bool hasAck)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        ref var mine = ref me.Diagnosis;
        ref var theirs = ref peer.Diagnosis;
        var segment = new ExaminedSegment(captured, hasAck);
        if (IsStraySyn(me, segment))
        {
            Latest = new SegmentDiagnosis { InFlight = -1 };
            return;
        }

        var marks = Place(ref mine, ref me, connection, segment);
        TakeProof(ref mine, me, peer, segment);
        marks |= MarkRules.Of(me, peer, segment);
        var silence = 0L;
        var number = 0;
        if (marks.HasFlag(SegmentMarks.LostSegment))
        {
            OpenHole(ref mine, segment);
        }
        else if (MarkRules.IsBehind(me, theirs, segment, marks))
        {
            marks |= _repeats.Judge(connection, ref mine, theirs, seen, segment, out silence);
        }

        if (segment.HasAck)
        {
            TakeProbe(ref theirs, segment);
            number = _receiver.Take(ref me, ref theirs, seen, segment, ref marks);
        }

        marks = Conclude(ref me, ref peer, seen, segment, marks, out var roundTrip);
        var inFlight = Flight.Of(me, theirs, segment);
        mine.MostInFlight = uint.Max(mine.MostInFlight, (uint)long.Max(0, inFlight));
        if (isListenedTo)
        {
            Latest = new SegmentDiagnosis
            {
                Marks = marks,
                AckRoundTrip = roundTrip,
                InFlight = inFlight,
                Silence = silence,
                DuplicateAckNumber = number,
                DuplicateOf = number > 0 ? theirs.Detail!.DuplicateOf : default,
            };
        }
    }

    // RFC 9293 §3.8.4: a keep-alive probe stands behind all that its sender had acknowledged, also where the capture lacks that.
    private static void TakeProof(ref EndDiagnosis mine, in TcpEndpoint me, in TcpEndpoint peer, in ExaminedSegment segment)
    {
        if (segment is { Length: 0, IsPlain: true } && SequenceNumber.Distance(segment.Sequence, mine.Next) > 0
            && KeepAlive.IsProbe(me, peer, segment.Length, me.OffsetOf(segment.Sequence), segment.Packet))
        {
            mine.PlaceAt(unchecked(segment.Sequence + 1));
        }
    }

    // RFC 9293 §3.8.6.1: the octet that asked for room was taken, so that the stream goes on behind it.
    private static void TakeProbe(ref EndDiagnosis theirs, in ExaminedSegment segment)
    {
        if (theirs.Has(DiagnosisFlags.ProbedWindow) && segment.Acknowledgment == unchecked(theirs.Next + 1))
        {
            theirs.Next = segment.Acknowledgment;
        }
    }

    // A SYN-ACK with another number behind the one that the other end has answered, or a SYN: no part of the stream.
    private static bool IsStraySyn(in TcpEndpoint me, in ExaminedSegment segment) =>
        segment.IsSyn && me.Has(EndFlags.SynSeen) && me.Acked >= 0 && unchecked(segment.Sequence + 1) != me.Base;

    private static SegmentMarks Place(
        ref EndDiagnosis mine, ref TcpEndpoint me, in TcpConnection connection, in ExaminedSegment segment)
    {
        if (mine.Has(DiagnosisFlags.Placed) && !(segment.IsSyn && me.Max <= 0 && segment.End != mine.Next))
        {
            return SegmentMarks.None;
        }

        var marks = connection.Incarnation > 1 && !mine.Has(DiagnosisFlags.Placed)
            && (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn
            ? SegmentMarks.ReusedPorts
            : SegmentMarks.None;
        me.Flags |= marks == SegmentMarks.ReusedPorts ? EndFlags.PortsReused : 0;
        mine.PlaceAt(segment.Sequence);
        mine.NextAt = segment.Now;
        mine.Flags |= DiagnosisFlags.Placed | (segment.IsSyn ? 0 : DiagnosisFlags.InitialOver);
        return marks;
    }

    private void OpenHole(ref EndDiagnosis mine, in ExaminedSegment segment)
    {
        var options = segment.Options;
        var detail = pool.DiagnosisOf(ref mine);
        detail.IsFlightUnknown = true;
        detail.HoleShownAt = segment.Now;
        detail.Holes.Open(new SequenceHole(
            mine.Next, segment.Sequence, segment.Packet, options.HasTimestamps, options.TimestampValue, segment.Identification));
    }

    /// <summary>What the segment changes; returns its marks, all of them.</summary>
    private SegmentMarks Conclude(
        ref TcpEndpoint me, ref TcpEndpoint peer, in Sighting seen, in ExaminedSegment segment, SegmentMarks marks,
        out long roundTrip)
    {
        ref var mine = ref me.Diagnosis;
        ref var theirs = ref peer.Diagnosis;
        if ((marks & (SegmentMarks.Retransmission | SegmentMarks.OutOfOrder | SegmentMarks.LostSegment)) != 0)
        {
            mine.Detail!.Restarts?.OnTrouble();
        }

        if (segment.IsCounted && (marks & SegmentMarks.ZeroWindowProbe) == 0
            && SequenceNumber.Distance(segment.End, mine.Next) > 0)
        {
            if (segment.Length > 0 && segment.Now - mine.NextAt >= PauseNotes.Shortest && segment.Sequence == mine.Next)
            {
                marks |= _pauses.Take(ref me, peer, seen, segment.Length);
            }

            mine.Detail?.Restarts?.OnSent(segment.Packet, RoundTrips.WayTo(theirs));
            SendNew(ref mine, theirs, segment.End, segment.Length, segment.Now);
        }
        else if ((marks & SegmentMarks.LostSegment) != 0)
        {
            // Nothing in it, but it shows how far its sender is.
            mine.Next = segment.Sequence;
            mine.NextAt = segment.Now;
        }

        roundTrip = isListenedTo ? Listen(ref mine, ref theirs, segment, marks) : 0;
        if (segment.HasAck && (segment.Flags & TcpFlags.Rst) == 0)
        {
            Acknowledge(ref mine, ref peer, segment.Acknowledgment, segment.Packet);
            Inform(theirs, me, peer, segment);
            _receiver.NoteWindow(ref mine, seen, segment);
        }

        Remember(ref mine, marks, segment);
        Settle(ref mine);
        Settle(ref theirs);
        return marks;
    }

    /// <summary>Of an acknowledgment those who wait for it, with the end whose octets it acknowledges.</summary>
    private static void Inform(in EndDiagnosis theirs, in TcpEndpoint me, in TcpEndpoint peer, in ExaminedSegment segment)
    {
        if (theirs.Detail is not { } detail)
        {
            return;
        }

        detail.Restarts?.OnAcknowledged(
            theirs, segment.Acknowledgment, segment.Now, me.MaximumSegmentSize, MarkRules.WindowOf(peer, me), segment.Length == 0);
        detail.NotePassed(segment.Acknowledgment);
    }

    private long Listen(
        ref EndDiagnosis mine, ref EndDiagnosis theirs, in ExaminedSegment segment, SegmentMarks marks)
    {
        if (segment.IsCounted)
        {
            var sent = pool.DiagnosisOf(ref mine).Sent ??= new SentSegments();
            if ((marks & (SegmentMarks.Retransmission | SegmentMarks.OutOfOrder | SegmentMarks.KeepAlive)) != 0)
            {
                sent.NoteRepeat(segment.End);
            }
            else
            {
                sent.Add(segment.End, segment.Now);
            }
        }

        return segment.HasAck ? theirs.Detail?.Sent?.Acknowledge(segment.Acknowledgment, segment.Now) ?? 0 : 0;
    }

    private void Remember(ref EndDiagnosis mine, SegmentMarks marks, in ExaminedSegment segment)
    {
        // An end may answer the other's probe before its own is answered.
        var over = DiagnosisFlags.ProbedWindow | ((marks & SegmentMarks.KeepAliveAck) == 0 ? DiagnosisFlags.KeptAlive : 0);
        mine.Flags &= ~over;
        mine.Flags |= (marks & SegmentMarks.KeepAlive) != 0 ? DiagnosisFlags.KeptAlive : 0;
        mine.Flags |= (marks & SegmentMarks.ZeroWindowProbe) != 0 ? DiagnosisFlags.ProbedWindow : 0;
        // What a restart after idle costs shows in the list of packets; on an idle connection it is no trouble. Reused
        // ports are a flag, for a load generator has them on every connection.
        var counted = marks & ~(SegmentMarks.RestartAfterIdle | SegmentMarks.ReusedPorts);
        if (counted != SegmentMarks.None)
        {
            var detail = pool.DiagnosisOf(ref mine);
            detail.Counts.Add(counted);
            detail.Firsts.Note(IsLoss(marks, segment) ? counted : counted & ~SegmentMarks.Retransmission, segment.Packet);
        }
    }

    private static bool IsLoss(SegmentMarks marks, in ExaminedSegment segment) => !segment.IsSyn
        && (marks & (SegmentMarks.SpuriousRetransmission | SegmentMarks.ZeroWindowRetransmission)) == SegmentMarks.None;

    private static void Settle(ref EndDiagnosis end)
    {
        if (end.Detail is { } detail)
        {
            end.Flags = detail.IsQuiet ? end.Flags & ~DiagnosisFlags.Alert : end.Flags | DiagnosisFlags.Alert;
        }
    }
}
