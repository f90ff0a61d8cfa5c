namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>What a sender waited for that goes on after a pause.</summary>
internal sealed class PauseNotes(IStreamSink sink, SegmentJournal journal, StreamPool pool)
{
    /// <summary>
    /// Nanoseconds without new octets before a sender that goes on is asked what it waited for: half of the least
    /// delay of an acknowledgment that systems use (Linux 40 ms; RFC 9293 §3.8.6.3 allows 500 ms).
    /// </summary>
    public const long Shortest = 20_000_000;

    /// <summary>Octets that timestamps take of each segment, with two of padding (RFC 7323 §3.2, appendix A).</summary>
    private const int Timestamps = 12;

    /// <summary>All that was sent is acknowledged, and the other end has said nothing since: what did the sender wait for?</summary>
    /// <param name="length">New octets, with which it goes on.</param>
    public SegmentMarks Take(ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, int length)
    {
        ref var mine = ref me.Diagnosis;
        ref readonly var theirs = ref peer.Diagnosis;
        if (theirs.Acked != mine.Next || (mine.Initial == 0 && !mine.Has(DiagnosisFlags.InitialOver)))
        {
            return SegmentMarks.None;
        }

        var pause = seen.Packet.Time.Nanoseconds - mine.NextAt;
        // One segment alone, as Nagle's algorithm lets out: of a flight of several the first is timed, not the last. One behind a hole
        // was not alone.
        if (mine.Detail?.HoleShownAt != mine.NextAt && mine.TimedEnd == mine.Next
            && theirs.NextAt < mine.NextAt && peer.Last.Time.Nanoseconds > mine.NextAt
            && !HadNoRoom(me, peer, seen, length))
        {
            sink.Remark(seen, TcpRemarkKind.AckAwaited, peer.Last, pause);
        }

        var timeout = RoundTrips.TimeoutOf(mine);
        if (timeout == 0 || pause <= timeout)
        {
            return SegmentMarks.None;
        }

        if (SlowRestarts.Concerns(mine, peer.MaximumSegmentSize))
        {
            (pool.DiagnosisOf(ref mine).Restarts ??= new SlowRestarts()).Begin(mine, seen.Packet);
            // What follows is examined, also where this segment goes the short way.
            mine.Flags |= DiagnosisFlags.Alert;
            me.Flags &= ~EndFlags.Quiet;
        }

        return SegmentMarks.RestartAfterIdle;
    }

    // RFC 9293 §3.7.4: Nagle's algorithm holds back less than a segment. What is a whole one, or takes all that the window has,
    // waited for that.
    private bool HadNoRoom(in TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, int length) =>
        (peer.MaximumSegmentSize > 0 && length >= peer.MaximumSegmentSize - OptionsOf(me, peer))
        || MarkRules.FillsWindow(me, peer, me.Diagnosis.Next, length)
        // Beside the segment that was not acknowledged yet it had no place.
        || journal.LengthOf(me.LastJournal, seen.Connection.Number, seen.Sender) + (long)length > MarkRules.WindowOf(me, peer)
        || peer.Diagnosis.Detail?.WindowOpenedAt > me.Diagnosis.NextAt;

    private static int OptionsOf(in TcpEndpoint me, in TcpEndpoint peer) =>
        (me.Options & peer.Options & EndOptions.Timestamps) != 0 ? Timestamps : 0;
}
