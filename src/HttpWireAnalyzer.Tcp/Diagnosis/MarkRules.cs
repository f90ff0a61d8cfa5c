using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>Marks that follow from a segment and from what both ends sent last: Wireshark's conditions.</summary>
internal static class MarkRules
{
    /// <summary>What the segment shows by itself and the last ones of both ends; in Wireshark's order.</summary>
    public static SegmentMarks Of(in TcpEndpoint me, in TcpEndpoint peer, in ExaminedSegment segment)
    {
        ref readonly var mine = ref me.Diagnosis;
        ref readonly var theirs = ref peer.Diagnosis;
        var ahead = SequenceNumber.Distance(segment.Sequence, mine.Next);
        if (segment.Length == 1 && ahead == 0 && theirs.Has(DiagnosisFlags.HasAcked) && theirs.Window == 0)
        {
            return SegmentMarks.ZeroWindowProbe;
        }

        var marks = SegmentMarks.None;
        if (segment.Window == 0 && segment.IsPlain && !HasAllOf(peer, segment))
        {
            marks |= SegmentMarks.ZeroWindow;
        }

        if (ahead > 0 && (segment.Flags & TcpFlags.Rst) == 0)
        {
            marks |= SegmentMarks.LostSegment;
        }

        if (ahead == -1 && segment.Length <= 1 && segment.IsPlain && (segment.Length == 0 || IsAcknowledged(theirs, mine.Next)))
        {
            marks |= SegmentMarks.KeepAlive;
        }

        if (segment.Length > 0)
        {
            return segment.IsPlain && FillsWindow(me, peer, segment.Sequence, segment.Length)
                ? marks | SegmentMarks.WindowFull
                : marks;
        }

        var isRepeated = ahead == 0 && segment.IsPlain && segment.HasAck && mine.Has(DiagnosisFlags.HasAcked)
            && segment.Acknowledgment == mine.Acked;
        return isRepeated ? marks | RepeatedAck(mine, theirs, segment.Window) : marks;
    }

    /// <summary>It comes behind later octets of its end, and is no probe.</summary>
    /// <param name="marks">As <see cref="Of"/> has them.</param>
    public static bool IsBehind(in TcpEndpoint me, in EndDiagnosis theirs, in ExaminedSegment segment, SegmentMarks marks)
    {
        var next = me.Diagnosis.Next;
        var ahead = SequenceNumber.Distance(segment.Sequence, next);
        return segment.IsCounted && ahead < 0 && (marks & SegmentMarks.KeepAlive) == 0
            // More than one octet from just before the next: a keep-alive probe's garbage with new octets behind it.
            && !(segment.Length > 1 && ahead == -1 && IsAcknowledged(theirs, next))
            && !IsFirstSynAck(me, segment);
    }

    // RFC 9293 §3.5, figure 8: of a simultaneous open each end answers the other's SYN by its own, with an ACK.
    private static bool IsFirstSynAck(in TcpEndpoint me, in ExaminedSegment segment) =>
        (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack)
        && me.Has(EndFlags.SynSent) && !me.Has(EndFlags.SynAckSent);

    /// <summary>
    /// RFC 9293 §3.8.4: the octet of a probe was acknowledged before. One that was not is sent again because it may be lost.
    /// </summary>
    private static bool IsAcknowledged(in EndDiagnosis theirs, uint next) =>
        !theirs.Has(DiagnosisFlags.HasAcked) || SequenceNumber.Distance(theirs.Acked, next) >= 0;

    /// <summary>It acknowledges the other end's FIN: nothing more comes from there, and the window says nothing.</summary>
    private static bool HasAllOf(in TcpEndpoint peer, in ExaminedSegment segment) => segment.HasAck
        && peer.Has(EndFlags.FinSeen) && peer.OffsetOf(segment.Acknowledgment) > peer.FinOffset;

    private static SegmentMarks RepeatedAck(in EndDiagnosis mine, in EndDiagnosis theirs, ushort window)
    {
        if (window != mine.Window)
        {
            return window == 0 ? SegmentMarks.None : SegmentMarks.WindowUpdate;
        }

        if (window == 0)
        {
            return theirs.Has(DiagnosisFlags.ProbedWindow) ? SegmentMarks.ZeroWindowProbeAck : SegmentMarks.None;
        }

        return theirs.Has(DiagnosisFlags.KeptAlive) ? SegmentMarks.KeepAliveAck : SegmentMarks.DuplicateAck;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FillsWindow(in TcpEndpoint me, in TcpEndpoint peer, uint sequence, int length)
    {
        ref readonly var theirs = ref peer.Diagnosis;
        var inFlight = unchecked(sequence + (uint)length - theirs.Acked);
        // A scale only makes the window larger: nearly every segment is done here.
        return inFlight >= theirs.Window && inFlight == WindowOf(me, peer);
    }

    /// <summary>What the other end offers, in octets; none where its scale is not known.</summary>
    public static uint? WindowOf(in TcpEndpoint me, in TcpEndpoint peer)
    {
        ref readonly var theirs = ref peer.Diagnosis;
        var scale = peer.WindowScaleToward(me);
        if (scale < 0 || !theirs.Has(DiagnosisFlags.HasAcked))
        {
            return null;
        }

        // RFC 7323 §2.2: never scaled in a SYN.
        return (uint)theirs.Window << (theirs.Has(DiagnosisFlags.WindowOfSyn) ? 0 : scale);
    }
}
