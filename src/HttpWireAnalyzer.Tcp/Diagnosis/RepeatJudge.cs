using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// Octets that come behind later ones: sent again, and why, or overtaken on the way. What proves it first, then
/// Wireshark's times.
/// </summary>
internal sealed class RepeatJudge(IStreamSink sink, SegmentJournal journal, StreamPool pool)
{
    /// <summary>RFC 5681 §3.2 wants three; Wireshark, which may have missed one, takes two.</summary>
    private const int DuplicateAcks = 2;

    /// <summary>Wireshark's: a sender answers duplicate acknowledgments at once. The way to it and back is added.</summary>
    private const long FastWithin = 20_000_000;

    /// <summary>Wireshark's, where the handshake does not give the round trip.</summary>
    private const long ReorderedWithin = 3_000_000;

    /// <summary>
    /// Identifications this near each other come from one count: more than the segments of a usual window, and of random
    /// numbers one in 32 pairs.
    /// </summary>
    private const int MostApart = 1024;

    /// <summary>200 ms (Linux TCP_RTO_MIN) less a tick of 10 ms: timers run in ticks, taps see them through queues.</summary>
    private const long LeastSilence = RoundTrips.LeastTimeout - 10_000_000;

    /// <summary>Lost once or twice, a segment may have had bad luck; Linux looks for a smaller MTU from the third on (tcp_retries1).</summary>
    private const int TimeoutsUntilStuck = 3;

    /// <param name="silence">Nanoseconds since the sender last sent octets.</param>
    public SegmentMarks Judge(
        in TcpConnection connection, ref EndDiagnosis mine, in EndDiagnosis theirs, in Sighting seen,
        in ExaminedSegment segment, out long silence)
    {
        var detail = pool.DiagnosisOf(ref mine);
        var lastSent = long.Max(mine.NextAt, detail.RepeatedAt);
        silence = long.Max(0, segment.Now - lastSent);
        var fills = detail.Holes.Fill(segment.Sequence, segment.End, out var hole);
        if (!fills)
        {
            _ = detail.Holes.FillAcknowledged(segment.Sequence, segment.End, out hole);
        }

        var marks = MarksOf(connection, mine, theirs, detail, seen, segment, hole);
        var isTimed = (marks & SegmentMarks.Retransmission) != 0 && !IsFast(marks) && IsTimed(detail, segment, silence);
        if (isTimed && AsksForRoom(theirs, lastSent))
        {
            marks |= SegmentMarks.ZeroWindowRetransmission;
        }
        else if (isTimed)
        {
            marks |= SegmentMarks.RetransmissionTimeout;
            if ((marks & SegmentMarks.SpuriousRetransmission) == 0)
            {
                NoteTimeout(connection, mine, detail, seen, segment);
            }
        }

        if (fills)
        {
            detail.IsFlightUnknown &= !detail.Holes.IsEmpty;
            sink.Remark(seen, TcpRemarkKind.HoleFilled, hole.NoticedBy, segment.Packet.Time.Since(hole.NoticedBy.Time));
        }

        Explain(connection, seen, segment, detail, marks, silence);
        Recover(ref mine, detail, segment, marks);
        return marks;
    }

    private static SegmentMarks MarksOf(
        in TcpConnection connection, in EndDiagnosis mine, in EndDiagnosis theirs, StreamDiagnosis detail,
        in Sighting seen, in ExaminedSegment segment, in SequenceHole hole)
    {
        var departure = hole.NoticedBy.IsNone ? 0 : DepartureBehind(hole, segment);
        if (segment.Length > 0 && theirs.Has(DiagnosisFlags.HasAcked)
            && SequenceNumber.Distance(segment.End, theirs.Acked) <= 0)
        {
            // The receiver had it before the tap showed it. No timer sends again so soon (RFC 6298 §2).
            var isSoon = segment.Packet.Time.Since(hole.NoticedBy.Time) < long.Max(ReorderedWithin, ReorderedWithinOf(connection));
            var isOvertaken = !hole.NoticedBy.IsNone && (departure < 0 || (departure == 0 && isSoon));
            return isOvertaken ? SegmentMarks.OutOfOrder : SegmentMarks.Retransmission | SegmentMarks.SpuriousRetransmission;
        }

        if (departure < 0)
        {
            return SegmentMarks.OutOfOrder;
        }

        ref readonly var receiver = ref connection.Ends[(int)seen.Sender.Other()];
        var wayBack = RoundTrips.WayTo(receiver.Diagnosis);
        var isReported = MayHaveReport(receiver, detail, segment, wayBack);
        if (isReported && HasEnough(detail, segment) && segment.Now - detail.LastReportAt < FastWithin + wayBack
            && IsAskedFor(detail, theirs, segment))
        {
            return SegmentMarks.Retransmission | SegmentMarks.FastRetransmission;
        }

        // Octets that the tap has seen before cannot be out of order; those before the first that it saw, it has not.
        ref readonly var me = ref connection.Ends[(int)seen.Sender];
        var isSeen = hole.NoticedBy.IsNone && !(me.OffsetOf(segment.End) <= 0 && !me.Has(EndFlags.SynSeen));
        var isRepeat = isSeen || departure > 0 || (isReported && IsAnswered(detail, segment, wayBack));
        return isRepeat || segment.Now - mine.NextAt >= ReorderedWithinOf(connection)
            ? SegmentMarks.Retransmission
            : SegmentMarks.OutOfOrder;
    }

    /// <summary>Negative for a segment sent before the one that overtook it, positive behind it; 0 where nothing proves either.</summary>
    private static int DepartureBehind(in SequenceHole hole, in ExaminedSegment segment)
    {
        // RFC 7323 §3.2: TSval never goes back, but within a tick it stands still.
        var clock = hole.HasClock && segment.Options is { HasTimestamps: true } options
            ? unchecked((int)(options.TimestampValue - hole.Clock))
            : 0;
        if (clock != 0)
        {
            return clock;
        }

        // RFC 6864 §4.1 leaves the number free where nothing is fragmented. Linux counts the packets of a connection with
        // it, Windows those of the host; others leave it 0.
        var count = unchecked((short)(segment.Identification - hole.Identification));
        return count is >= -MostApart and <= MostApart ? count : 0;
    }

    private static bool MayHaveReport(
        in TcpEndpoint receiver, StreamDiagnosis detail, in ExaminedSegment segment, long wayBack)
    {
        // The way to the sender and back, of which few round trips tell: half of it is too soon for an answer. Where the
        // receiver's SYN was not captured, only delayed acknowledgments may have measured it.
        if (receiver.Has(EndFlags.SynSeen) && segment.Now - detail.FirstReport.Time.Nanoseconds < wayBack / 2)
        {
            return false;
        }

        // RFC 7323 §4.3: a sender echoes the last TSval that it got. One from before the first report had not seen it.
        return !detail.HasReportClock || segment.Options is not { HasTimestamps: true, TimestampEcho: not 0 } options
            || unchecked((int)(options.TimestampEcho - detail.ReportClock)) >= 0;
    }

    // RFC 6675 §4, IsLost: as many acknowledgments, or one that tells of as many segments behind the hole.
    private static bool HasEnough(StreamDiagnosis detail, in ExaminedSegment segment) =>
        detail.Reports >= DuplicateAcks
        || (detail.Reports > 0 && detail.Sacked.OctetsBeyond(segment.End) > (long)DuplicateAcks * segment.Length);

    // RFC 6675 §2: what is lost is what the acknowledgment or the SACK blocks leave out, with later octets received.
    private static bool IsAskedFor(StreamDiagnosis detail, in EndDiagnosis theirs, in ExaminedSegment segment) =>
        segment.Sequence == theirs.Acked
        || (!detail.Sacked.Covers(segment.Sequence, segment.End) && detail.Sacked.ReachesBeyond(segment.End));

    // The receiver has reported later octets for longer than its report takes to the sender and the answer back:
    // reordering this deep is not seen, and the sender had reason to send again.
    private static bool IsAnswered(StreamDiagnosis detail, in ExaminedSegment segment, long wayBack) =>
        detail.Sacked.Since != 0 && detail.Sacked.ReachesBeyond(segment.End)
        && wayBack > 0 && segment.Now - detail.Sacked.Since >= wayBack;

    private static long ReorderedWithinOf(in TcpConnection connection)
    {
        ref readonly var details = ref connection.DetailsOrNone;
        if (WasSentAgain(details.Ends[0]) || WasSentAgain(details.Ends[1]))
        {
            // The handshake took as long as its timer, not a round trip.
            return long.Max(
                ReorderedWithin,
                RoundTrips.WayTo(connection.Ends[0].Diagnosis) + RoundTrips.WayTo(connection.Ends[1].Diagnosis));
        }

        var syn = connection.SynOf(connection.Client);
        return syn.IsNone || connection.HandshakeAck.IsNone
            ? ReorderedWithin
            : connection.HandshakeAck.Time.Since(syn.Time);
    }

    private static bool WasSentAgain(in EndDetails end) => end.RepeatedSyns + end.RepeatedSynAcks > 0;

    private static bool IsFast(SegmentMarks marks) =>
        (marks & (SegmentMarks.FastRetransmission | SegmentMarks.SpuriousRetransmission)) == SegmentMarks.FastRetransmission;

    // RFC 6298 §5: what comes again although nothing was heard of it waits for the timer. What follows in the same
    // recovery does not.
    private static bool IsTimed(StreamDiagnosis detail, in ExaminedSegment segment, long silence)
    {
        if (segment.IsSyn)
        {
            return silence >= LeastSilence;
        }

        var sinceReport = detail.Reports > 0 ? segment.Now - detail.LastReportAt : silence;
        return long.Min(silence, sinceReport) >= LeastSilence;
    }

    // RFC 9293 §3.8.6.1. Nothing was lost: there was no room for it, or the timer had run since there was none.
    private static bool AsksForRoom(in EndDiagnosis receiver, long lastSent) =>
        receiver.Detail is { } detail && (!detail.WindowClosedBy.IsNone || detail.WindowOpenedAt > lastSent);

    private void NoteTimeout(
        in TcpConnection connection, in EndDiagnosis mine, StreamDiagnosis detail, in Sighting seen, in ExaminedSegment segment)
    {
        var isSame = detail.TimeoutsInRow > 0 && detail.LastRepeat.Start == segment.Sequence;
        detail.TimeoutsInRow = isSame ? detail.TimeoutsInRow + 1 : 1;
        detail.FirstTimeout = isSame ? detail.FirstTimeout : segment.Packet;
        if (detail.TimeoutsInRow == TimeoutsUntilStuck && segment.Length > 0 && detail.Stuck is null)
        {
            detail.Stuck = StuckOf(connection, mine, detail, seen, segment);
        }

        if (detail.Stuck is { } stuck && stuck.Start == segment.Sequence)
        {
            stuck.Timeouts = detail.TimeoutsInRow;
            stuck.Last = segment.Packet;
            stuck.LastOctets = segment.Length;
        }
    }

    /// <summary>Null where segments as long have passed: then it is loss, not length.</summary>
    private StuckSegment? StuckOf(
        in TcpConnection connection, in EndDiagnosis mine, StreamDiagnosis detail, in Sighting seen, in ExaminedSegment segment)
    {
        ref readonly var me = ref connection.Ends[(int)seen.Sender];
        var offset = me.OffsetOf(segment.Sequence);
        var passed = journal.LongestBefore(me.LastJournal, seen.Connection.Number, seen.Sender, offset);
        // What left the journal long ago is known by its mean.
        var hasPassed = passed >= segment.Length || offset / int.Max(1, me.Packets) >= segment.Length / 2
            || detail.Sacked.OctetsBeyond(segment.End) >= segment.Length;
        return hasPassed || SequenceNumber.Distance(mine.Next, segment.End) < 0
            ? null
            : new StuckSegment(segment.Length, passed, detail.FirstTimeout) { Start = segment.Sequence };
    }

    private void Explain(
        in TcpConnection connection, in Sighting seen, in ExaminedSegment segment, StreamDiagnosis detail,
        SegmentMarks marks, long silence)
    {
        if ((marks & SegmentMarks.SpuriousRetransmission) != 0)
        {
            sink.Remark(seen, TcpRemarkKind.SpuriousRetransmission, default, segment.Length);
        }
        else if ((marks & SegmentMarks.FastRetransmission) != 0)
        {
            sink.Remark(seen, TcpRemarkKind.FastRetransmission, detail.FirstReport, detail.Reports);
        }

        if ((marks & SegmentMarks.RetransmissionTimeout) != 0)
        {
            var first = segment.IsSyn ? connection.SynOf(seen.Sender)
                : segment.Length == 0 ? connection.FinOf(seen.Sender)
                : default;
            sink.Remark(seen, TcpRemarkKind.RetransmissionTimeout, first, silence);
        }
        else if ((marks & SegmentMarks.ZeroWindowRetransmission) != 0)
        {
            sink.Remark(seen, TcpRemarkKind.ZeroWindowRetransmission, default, silence);
        }
    }

    private static void Recover(
        ref EndDiagnosis mine, StreamDiagnosis detail, in ExaminedSegment segment, SegmentMarks marks)
    {
        if ((marks & SegmentMarks.Retransmission) == 0)
        {
            return;
        }

        detail.RepeatedSyns += segment.IsSyn ? 1 : 0;
        var options = segment.Options;
        detail.RepeatedAt = segment.Now;
        detail.LastRepeat = new Repeat(
            segment.Packet, segment.Sequence, segment.End, options.HasTimestamps, options.TimestampValue, marks);
        if ((marks & SegmentMarks.SpuriousRetransmission) == 0)
        {
            detail.RecoveryPoint = mine.Next;
            detail.IsRecovering = true;
        }

        // Karn's rule (RFC 6298 §3): no round trip of octets that were sent twice.
        if (mine.Has(DiagnosisFlags.Timed) && SequenceNumber.Distance(mine.TimedEnd, segment.Sequence) > 0)
        {
            mine.Flags &= ~DiagnosisFlags.Timed;
        }
    }
}
