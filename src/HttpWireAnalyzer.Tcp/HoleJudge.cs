using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Decides when octets that are missing are no longer waited for, and when damaged ones are believed.</summary>
/// <remarks>
/// A hole becomes a gap when the receiver acknowledged octets beyond it, so that it had what the capture has not,
/// and neither <see cref="TrackerLimits.HolePatienceSegments"/> segments nor
/// <see cref="TrackerLimits.HolePatience"/> nanoseconds later the octets have come; or when the stream ends.
/// </remarks>
internal sealed class HoleJudge(IStreamSink sink, TrackerLimits limits, StreamPool pool, StreamDelivery delivery)
{
    /// <summary>
    /// The other end acknowledged more of this stream than is here. Gives the hole up if it has been patient enough.
    /// </summary>
    public void OnAcknowledgedBeyond(ref TcpEndpoint end, ConnectionId connection, Side sender, PacketRef packet)
    {
        var trouble = pool.TroubleOf(ref end);
        if (trouble.HasDamaged)
        {
            Believe(ref end, trouble, end.Acked, connection, sender);
            if (!end.IsHoleProven)
            {
                return;
            }
        }

        if (trouble.HoleProvedBy.IsNone)
        {
            trouble.HoleProvedBy = packet;
            trouble.ProvedUpTo = end.Has(EndFlags.FinSeen) ? Math.Min(end.Acked, end.FinOffset) : end.Acked;
            trouble.SegmentsSinceProof = 0;
            sink.OnRemark(new TcpRemark(
                connection, sender.Other(), TcpRemarkKind.AckedUnseen, packet, default, end.Acked - end.Next));
        }

        if (++trouble.SegmentsSinceProof > limits.HolePatienceSegments
            || packet.Time.Since(trouble.HoleProvedBy.Time) > limits.HolePatience)
        {
            GiveUpProven(ref end, trouble, connection, sender);
        }
    }

    // Not sent again, and acknowledged or the last: they were not damaged where the receiver is, or what took their place
    // was not captured.
    private void Believe(ref TcpEndpoint end, StreamTrouble trouble, long until, ConnectionId connection, Side sender)
    {
        var held = trouble.Held;
        trouble.Duplicate += trouble.Damaged!.MoveTo(trouble.Queue, until);
        delivery.Held += trouble.Held - held;
        delivery.HandOnWaiting(ref end, connection, sender, contiguous: default);
    }

    // Every hole below the acknowledgment has waited as long as the first. The receiver had what is missing, and could read
    // what is behind it when that came.
    private void GiveUpProven(ref TcpEndpoint end, StreamTrouble trouble, ConnectionId connection, Side sender)
    {
        var (proved, packet) = (trouble.ProvedUpTo, trouble.HoleProvedBy);
        while (end.Next < proved && end.IsHoleProven)
        {
            var to = trouble.Queue.IsEmpty ? proved : Math.Min(trouble.Queue.FirstOffset, proved);
            delivery.GiveUpTo(ref end, connection, sender, to, GapCause.Acknowledged, packet);
            delivery.HandOnWaiting(ref end, connection, sender, contiguous: default);
        }
    }

    /// <summary>Nothing more will come: gives up every hole and hands on what waits.</summary>
    public void Flush(ref TcpEndpoint end, ConnectionId connection, Side sender, PacketRef packet)
    {
        if (end.Trouble is { HasDamaged: true } damaged)
        {
            Believe(ref end, damaged, long.MaxValue, connection, sender);
        }

        while (end.Trouble is { Queue.IsEmpty: false } trouble)
        {
            var to = trouble.Queue.FirstOffset;
            var cause = end.Acked >= to ? GapCause.Acknowledged : GapCause.Ended;
            delivery.GiveUpTo(ref end, connection, sender, to, cause, ProofOf(trouble, to) ?? packet);
            delivery.HandOnWaiting(ref end, connection, sender, cause == GapCause.Acknowledged ? default : packet);
        }

        GiveUpTail(ref end, connection, sender, packet);
    }

    /// <summary>Octets before <paramref name="offset"/> were sent, and nothing more will come: gives up those that are missing.</summary>
    public void FlushBefore(ref TcpEndpoint end, ConnectionId connection, Side sender, long offset, PacketRef packet)
    {
        Flush(ref end, connection, sender, packet);
        if (end.Next < offset)
        {
            _ = pool.TroubleOf(ref end);
            delivery.GiveUpTo(ref end, connection, sender, offset, GapCause.Ended, packet);
        }
    }

    /// <summary>
    /// A FIN, seen at last, where the last octet of a trailing gap was thought to be: the acknowledgment that proved
    /// the gap covered the FIN too. Then the octet is taken back, from the counts, and the FIN may stand there.
    /// </summary>
    public static bool TryTakeBackFin(ref TcpEndpoint end, long finOffset)
    {
        if (end.Next != finOffset + 1 || end.Max != end.Next || end.Trouble is not { } trouble
            || trouble.FillLate(finOffset, end.Next) == 0)
        {
            return false;
        }

        trouble.Gap--;
        trouble.TrailingGap--;
        end.Next = finOffset;
        end.Max = finOffset;
        return true;
    }

    private void GiveUpTail(ref TcpEndpoint end, ConnectionId connection, Side sender, PacketRef packet)
    {
        var known = end.Has(EndFlags.FinSeen) ? end.FinOffset : end.Acked;
        // One octet that was only ever acknowledged is a FIN that the capture missed (RFC 9293 §3.4: it takes one).
        var missing = known - end.Next;
        if (missing > 1 || (missing == 1 && end.Has(EndFlags.FinSeen)))
        {
            var trouble = pool.TroubleOf(ref end);
            var cause = end.Acked >= known ? GapCause.Acknowledged : GapCause.Ended;
            delivery.GiveUpTo(ref end, connection, sender, known, cause, ProofOf(trouble, known) ?? packet);
        }
    }

    /// <summary>The first packet that acknowledged all up to an offset: its receiver had it by then; null where none is known.</summary>
    private static PacketRef? ProofOf(StreamTrouble trouble, long offset) =>
        !trouble.HoleProvedBy.IsNone && offset <= trouble.ProvedUpTo ? trouble.HoleProvedBy : null;
}
