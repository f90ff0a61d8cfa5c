using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>To which connection of its 4-tuple a segment belongs.</summary>
internal enum Belonging : byte
{
    /// <summary>The newest.</summary>
    Newest,

    /// <summary>The one before: the newest has only sent its SYN, and this answers the SYN out of the old state, TIME-WAIT too.</summary>
    Previous,

    /// <summary>One that begins here.</summary>
    New,
}

/// <summary>
/// Where one connection of a 4-tuple ends and the next begins: at a SYN with another initial sequence number
/// (RFC 9293 §3.4.1, RFC 6191). Never by silence.
/// </summary>
internal static class Incarnations
{
    /// <summary>How far before the first segment a SYN that was captured late can stand: an initial window and some.</summary>
    private const int LateSynDistance = 1 << 20;

    public static Belonging Of(in TcpConnection newest, in TcpConnection previous, Side sender, in TcpSegment segment)
    {
        ref readonly var me = ref newest.Ends[(int)sender];
        ref readonly var peer = ref newest.Ends[(int)sender.Other()];
        var flags = segment.Header.Flags;
        if (newest.Previous >= 0 && AnswersFromBefore(newest, previous, sender, segment))
        {
            return Belonging.Previous;
        }

        if ((flags & TcpFlags.Syn) == 0)
        {
            return Belonging.Newest;
        }

        var first = segment.Header.Sequence.Advance(1).Value;
        if ((flags & TcpFlags.Ack) != 0)
        {
            // Another SYN-ACK to the same SYN is the same attempt, by whoever answers it; one that answers nothing,
            // from the end that sent the SYN, is a stray.
            return Answers(peer, segment) || (me.Has(EndFlags.SynSent) && !newest.IsClosed)
                || IsLate(newest, me, segment, first)
                ? Belonging.Newest
                : Belonging.New;
        }

        if (me.Has(EndFlags.SynSeen))
        {
            return first == me.Base ? Belonging.Newest : Belonging.New;
        }

        // The other end's SYN is on its way too: a simultaneous open (RFC 9293 §3.5, figure 8).
        return peer.State == TcpState.SynSent || IsLate(newest, me, segment, first)
            ? Belonging.Newest
            : Belonging.New;
    }

    /// <summary>What <paramref name="side"/> of the newest was in the one before: whoever opens is the client.</summary>
    public static Side SideBefore(in TcpConnection newest, in TcpConnection previous, Side side) =>
        newest.Addresses == previous.Addresses && newest.Ports == previous.Ports ? side : side.Other();

    // The SYN that it acknowledges, perhaps with octets (RFC 7413), is that of the other end, or what an earlier
    // SYN-ACK took for it.
    private static bool Answers(in TcpEndpoint peer, in TcpSegment segment) =>
        peer.Has(EndFlags.SynSeen | EndFlags.BaseGuessed)
        && unchecked(segment.Header.Acknowledgment.Value - peer.Base) <= Math.Max(0, peer.Max);

    private static bool IsLate(in TcpConnection connection, in TcpEndpoint me, in TcpSegment segment, uint first)
    {
        var distance = SequenceNumber.Distance(me.Base, first);
        return me.Has(EndFlags.BaseKnown | EndFlags.BaseGuessed)
            && (distance == 0
                || (distance is > 0 and < LateSynDistance && segment.Packet.Time <= connection.First.Time));
    }

    // RFC 9293 §3.5.1 and RFC 5961 §4: an end that still holds the old connection answers a new SYN with an ACK that
    // states what the old one expects, and the other end answers that with a RST at the place it names.
    private static bool AnswersFromBefore(
        in TcpConnection newest, in TcpConnection previous, Side sender, in TcpSegment segment)
    {
        var before = SideBefore(newest, previous, sender);
        ref readonly var me = ref newest.Ends[(int)sender];
        ref readonly var oldMe = ref previous.Ends[(int)before];
        ref readonly var oldPeer = ref previous.Ends[(int)before.Other()];
        var header = segment.Header;
        if ((header.Flags & TcpFlags.Syn) != 0)
        {
            // The old SYN-ACK, sent once more.
            return (header.Flags & TcpFlags.Ack) != 0 && oldMe.Has(EndFlags.SynAckSent)
                && header.Sequence.Advance(1).Value == oldMe.Base && header.Acknowledgment.Value == oldPeer.Base;
        }

        var offset = oldMe.OffsetOf(header.Sequence.Value);
        var fits = offset >= oldMe.Acked - 1 && offset <= oldMe.EndOfSequence;
        if ((header.Flags & TcpFlags.Ack) == 0)
        {
            return fits && (!me.Has(EndFlags.SynSeen) || header.Sequence.Value != me.Base);
        }

        var acknowledged = oldPeer.OffsetOf(header.Acknowledgment.Value);
        return fits && acknowledged >= oldPeer.Acked && acknowledged <= oldPeer.EndOfSequence;
    }
}
