using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The short way for nearly every segment: between two ends in ESTABLISHED, the next octets expected or a new
/// acknowledgment, and nothing else to say. What it does is what <see cref="SegmentProcessor"/> would do.
/// </summary>
internal sealed class UsualSegments(IStreamSink sink, SegmentJournal journal, SegmentExaminer examiner)
{
    private const TcpFlags Deciding = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Urg | TcpFlags.Ack;

    private const EndFlags Eventful = EndFlags.FinSeen | EndFlags.Ended | EndFlags.ProbeSent | EndFlags.RstSeen;

    /// <summary>False, with nothing changed, if the segment has to go the whole way.</summary>
    public bool TryTake(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var sequence = header.Sequence.Value;
        var acknowledgment = header.Acknowledgment.Value;
        var window = header.Window;
        var length = segment.PayloadLengthOnWire;
        if ((header.Flags & Deciding) != TcpFlags.Ack
            || segment.Checksum == ChecksumVerdict.Bad
            || segment.Payload.Length != length
            || me.Basis == StateBasis.Assumed
            || !IsInOrder(me) || !IsInOrder(peer)
            || sequence != unchecked(me.Base + (uint)me.Next)
            || !SegmentExaminer.IsUsual(me, peer, sequence, acknowledgment, window, length))
        {
            return false;
        }

        var acknowledged = peer.OffsetOf(acknowledgment);
        if (acknowledged < 0 || acknowledged > peer.Next)
        {
            return false;
        }

        me.Packets++;
        me.Last = seen.Packet;
        peer.Acked = long.Max(peer.Acked, acknowledged);

        // Before octets are handed on: what held them up is known when a message ends with them.
        examiner.Advance(ref me.Diagnosis, ref peer, seen, acknowledgment, window, length);
        var letter = HistoryLetters.Ack;
        if (length > 0)
        {
            letter = HistoryLetters.Data;
            Deliver(ref me, peer, seen, segment, acknowledged);
        }

        if ((me.Letters & letter) == 0)
        {
            connection.History.Add(ref me.Letters, letter, seen.Sender);
        }

        return true;
    }

    /// <summary>An end in ESTABLISHED whose stream has no hole, and of which nothing is going on.</summary>
    private static bool IsInOrder(in TcpEndpoint end) =>
        end.State == TcpState.Established
        && (end.Flags & (EndFlags.BaseKnown | Eventful)) == EndFlags.BaseKnown
        && end.Trouble is null
        && end.Acked <= end.Next;

    private void Deliver(
        ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, in TcpSegment segment, long acknowledged)
    {
        var offset = me.Next;
        var octets = segment.Payload;
        me.LastJournal = journal.Enter(
            me.LastJournal, seen.Connection.Number, seen.Sender, offset, octets.Length, segment.PayloadSum, seen.Packet);
        me.Next = offset + octets.Length;
        me.HeardAtLastData = peer.Next;
        sink.OnChunk(new StreamChunk
        {
            Connection = seen.Connection,
            Sender = seen.Sender,
            Offset = offset,
            Packet = seen.Packet,
            Contiguous = seen.Packet,
            Acknowledged = acknowledged,
            Octets = octets,
        });
    }
}
