using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>What a segment says as the answer of a receiver: duplicate acknowledgments, SACK, its window.</summary>
internal sealed class ReceiverNotes(IStreamSink sink, StreamPool pool)
{
    /// <summary>Reads the acknowledgment; returns its place among duplicate ones, 0 where it is none.</summary>
    public int Take(
        ref TcpEndpoint me, ref EndDiagnosis theirs, in Sighting seen, in ExaminedSegment segment, ref SegmentMarks marks)
    {
        marks |= Beyond(ref theirs, segment);
        var isDuplicate = (marks & SegmentMarks.DuplicateAck) != 0;
        if (isDuplicate || segment.SackBlocks > 0)
        {
            _ = pool.DiagnosisOf(ref theirs);
        }

        if (theirs.Detail is not { } detail)
        {
            return 0;
        }

        var isNews = ReadSack(detail, seen, segment);
        Recover(ref theirs, detail, seen, segment);
        detail.Holes.DropBefore(segment.Acknowledgment);
        detail.IsFlightUnknown = false;
        // RFC 6675 §2: SACK that tells of more octets reports a hole, whatever the window does beside it.
        if (isDuplicate || (isNews && segment.Acknowledgment == me.Diagnosis.Acked))
        {
            NoteReport(detail, segment);
        }
        else
        {
            detail.Reports = 0;
        }

        detail.DuplicateAcks = isDuplicate ? detail.DuplicateAcks + 1 : 0;
        if (detail.DuplicateAcks == 1)
        {
            detail.DuplicateOf = me.Last;
        }

        return detail.DuplicateAcks;
    }

    private static void NoteReport(StreamDiagnosis detail, in ExaminedSegment segment)
    {
        if (detail.Reports++ == 0)
        {
            detail.FirstReport = segment.Packet;
            var options = segment.Options;
            detail.HasReportClock = options.HasTimestamps;
            detail.ReportClock = options.TimestampValue;
        }

        detail.LastReportAt = segment.Now;
    }

    public void NoteWindow(ref EndDiagnosis mine, in Sighting seen, in ExaminedSegment segment)
    {
        mine.Window = segment.Window;
        mine.Flags |= DiagnosisFlags.HasAcked;
        mine.Flags = segment.IsSyn ? mine.Flags | DiagnosisFlags.WindowOfSyn : mine.Flags & ~DiagnosisFlags.WindowOfSyn;
        if (segment.Window == 0 && segment.IsPlain)
        {
            var watched = pool.DiagnosisOf(ref mine);
            if (watched.WindowClosedBy.IsNone)
            {
                watched.WindowClosedBy = segment.Packet;
            }
        }
        else if (segment.Window > 0 && mine.Detail is { WindowClosedBy.IsNone: false } detail)
        {
            var closed = long.Max(0, segment.Packet.Time.Since(detail.WindowClosedBy.Time));
            detail.WindowClosedTime += closed;
            sink.Remark(seen, TcpRemarkKind.WindowReopened, detail.WindowClosedBy, closed);
            detail.WindowClosedBy = default;
            detail.WindowOpenedAt = segment.Now;
        }
    }

    /// <summary>Acknowledges what the tap missed: once for each such octet.</summary>
    private SegmentMarks Beyond(ref EndDiagnosis theirs, in ExaminedSegment segment)
    {
        if (!theirs.Has(DiagnosisFlags.Placed) || (segment.Flags & TcpFlags.Rst) != 0)
        {
            return SegmentMarks.None;
        }

        var detail = theirs.Detail;
        var known = detail is { Holes.IsEmpty: false } ? detail.Holes.First.Start : theirs.Next;
        if (detail is { HasAckedBeyond: true })
        {
            if (SequenceNumber.Distance(theirs.Next, detail.AckedBeyond) >= 0)
            {
                detail.HasAckedBeyond = false;
            }
            else
            {
                known = detail.AckedBeyond;
            }
        }

        if (SequenceNumber.Distance(segment.Acknowledgment, known) <= 0)
        {
            return SegmentMarks.None;
        }

        if (SequenceNumber.Distance(segment.Acknowledgment, theirs.Next) > 0)
        {
            detail = pool.DiagnosisOf(ref theirs);
            detail.HasAckedBeyond = true;
            detail.AckedBeyond = segment.Acknowledgment;
        }

        return SegmentMarks.AckLostSegment;
    }

    /// <summary>True where SACK tells of octets that it had not told of.</summary>
    private bool ReadSack(StreamDiagnosis detail, in Sighting seen, in ExaminedSegment segment)
    {
        var options = segment.Options;
        if (options.SackBlocks == 0)
        {
            detail.Sacked.Clear();
            return false;
        }

        var isDuplicate = detail.Sacked.Read(
            options, segment.OptionOctets, segment.Acknowledgment, segment.Now, out var block, out var isNews);
        // RFC 2883: the receiver had these octets when they came again. One repeat is taken once.
        var repeat = detail.LastRepeat;
        if (isDuplicate && SequenceNumber.Distance(block.Left, repeat.End) < 0 && SequenceNumber.Distance(block.Right, repeat.Start) > 0)
        {
            Disprove(detail, seen, segment);
        }

        return isNews;
    }

    /// <summary>The last repeat was not needed; nothing more is to be learned of it.</summary>
    private void Disprove(StreamDiagnosis detail, in Sighting seen, in ExaminedSegment segment)
    {
        var repeat = detail.LastRepeat;
        detail.LastRepeat = default;
        if (repeat.Packet.IsNone || (repeat.Marks & (SegmentMarks.SpuriousRetransmission | SegmentMarks.OutOfOrder)) != 0)
        {
            return;
        }

        detail.ProvenSpurious++;
        sink.OnRemark(new TcpRemark(
            seen.Connection, seen.Sender.Other(), TcpRemarkKind.SpuriousRetransmission, segment.Packet, repeat.Packet,
            SequenceNumber.Distance(repeat.End, repeat.Start)));
    }

    private void Recover(ref EndDiagnosis theirs, StreamDiagnosis detail, in Sighting seen, in ExaminedSegment segment)
    {
        var repeat = detail.LastRepeat;
        if (repeat.HasClock && SequenceNumber.Distance(segment.Acknowledgment, repeat.End) >= 0
            && segment.Options is { HasTimestamps: true, TimestampEcho: not 0 } options)
        {
            // An echo of 0 is none: some senders leave it so, and some middleboxes make it so.
            var difference = unchecked((int)(options.TimestampEcho - repeat.Clock));
            if (difference == 0)
            {
                // RFC 7323 §4: the echo tells which copy is acknowledged, so that Karn's rule is not needed.
                AddRoundTrip(ref theirs, segment.Now - repeat.Packet.Time.Nanoseconds);
                detail.LastRepeat = default;
            }
            else if (difference < 0)
            {
                // RFC 3522 §3.2 (Eifel): this acknowledges the first copy, so that the second was not needed.
                Disprove(detail, seen, segment);
            }
        }

        if (detail.IsRecovering && SequenceNumber.Distance(segment.Acknowledgment, detail.RecoveryPoint) >= 0)
        {
            detail.IsRecovering = false;
        }
    }

    private void AddRoundTrip(ref EndDiagnosis end, long nanoseconds)
    {
        if (nanoseconds >= 0 && RoundTrips.UnitsOf(nanoseconds) is var sample and < RoundTrips.Longest)
        {
            RoundTrips.Add(ref end, sample, pool);
        }
    }
}
