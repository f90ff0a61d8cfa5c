using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Where a stream's offset 0 stands in sequence space: behind its SYN, if that was captured; else where the other
/// end's acknowledgments or its own first segment put it.
/// </summary>
internal static class StreamPlace
{
    /// <summary>The largest window that can be offered, 65,535 × 2^14 octets (RFC 7323 §2.3): nothing valid is farther off.</summary>
    public const long LargestWindow = 1L << 30;

    /// <summary>The sender's own first segments.</summary>
    public static void Begin(ref TcpEndpoint me, in TcpEndpoint peer, in TcpSegment segment)
    {
        if (me.Packets == 1)
        {
            me.TimeToLive = segment.TimeToLive;
        }

        var flags = segment.Header.Flags;
        var isSyn = (flags & TcpFlags.Syn) != 0;
        // A first SYN takes offset -1, so that the stream's first octet is 0.
        var first = segment.Header.Sequence.Advance(isSyn ? 1u : 0u);
        if (!me.Has(EndFlags.BaseGuessed) || Corrects(me, peer, segment, first))
        {
            if (first.Value != me.Base)
            {
                me.Diagnosis.PlaceAt(segment.Header.Sequence.Value);
            }

            me.Rebase(first.Value);
        }

        // A RST may be forged: it gives a stream of which nothing is known a place, and fixes none.
        me.Flags |= isSyn || (flags & TcpFlags.Rst) == 0 ? EndFlags.BaseKnown : EndFlags.BaseGuessed;
    }

    // Whether the sender's own first segment overrules what the other end's acknowledgments made of its stream.
    private static bool Corrects(
        in TcpEndpoint me, in TcpEndpoint peer, in TcpSegment segment, SequenceNumber first)
    {
        var flags = segment.Header.Flags;
        if (me.Next != 0 || me.Max != 0 || (flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.Rst)
        {
            return false;
        }

        var distance = first.DistanceFrom(new SequenceNumber(me.Base));
        if (distance <= 0)
        {
            var isProbe = distance == -1 && segment.PayloadLengthOnWire <= 1 && (flags & (TcpFlags.Syn | TcpFlags.Fin)) == 0;
            return !isProbe;
        }

        // Beyond a handshake the guess is exact: octets between were missed. In midstream the stream begins here.
        return (flags & TcpFlags.Syn) != 0 || !peer.Has(EndFlags.SynSeen) || distance > LargestWindow;
    }

    /// <summary>
    /// In midstream the first segment may be an empty keep-alive probe, one octet short (RFC 9293 §3.8.4): then an
    /// acknowledgment of one octet that never came is where the stream stands. Where the tap has not heard the answer, the
    /// sender's own next octet is.
    /// </summary>
    public static bool BeganWithProbe(in TcpEndpoint me) =>
        me.Next == 0 && me.Max == 0 && me.Acked is 1 or -1 && me.Trouble is (null or { Refused: 0 })
        && !me.Has(EndFlags.SynSeen | EndFlags.FinSeen);

    /// <summary>
    /// In midstream nothing of this end's own was captured yet, nor given up: its first segment will say where its stream stands.
    /// Behind octets of the other end, what that acknowledges anew may be the answer, which the capture lacks.
    /// </summary>
    public static bool MayMove(in TcpEndpoint end, in TcpEndpoint other) =>
        (end.Flags & (EndFlags.BaseGuessed | EndFlags.BaseKnown)) == EndFlags.BaseGuessed
        && !other.Has(EndFlags.SynSeen) && end.Next == 0 && end.Max == 0 && other.Max == 0;

    /// <summary>
    /// What is acknowledged soon after the capture began passed before it, most likely: the capture lacks none of its own.
    /// </summary>
    public static void MoveTo(ref TcpEndpoint end, uint acknowledged)
    {
        end.Rebase(acknowledged);
        end.Diagnosis.PlaceAt(acknowledged);
    }

    /// <summary>How far the segment acknowledges the other stream; -1 where it acknowledges nothing that can be.</summary>
    public static long Acknowledge(ref TcpEndpoint peer, in TcpHeader header, TcpFlags flags)
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
            peer.Diagnosis.PlaceAt(number);
            peer.Flags |= EndFlags.BaseGuessed;
        }

        var offset = peer.OffsetOf(number);
        // RFC 9293 §3.10.7.3: in SYN-SENT nothing beyond the SYN can be acknowledged; this answers an old connection.
        var farthest = peer.EndOfSequence + (peer.State == TcpState.SynSent ? 0 : LargestWindow);
        if (offset > farthest)
        {
            return -1;
        }

        peer.Acked = Math.Max(peer.Acked, offset);
        return Math.Max(offset, -1);
    }
}
