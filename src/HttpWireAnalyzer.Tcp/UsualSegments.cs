using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The short way for nearly every segment: between two ends in ESTABLISHED, the next octets expected or a new
/// acknowledgment, and nothing else to say. What it does is what <see cref="SegmentProcessor"/> would do.
/// </summary>
/// <remarks>
/// What must be so of the two ends is found out once, by <see cref="Settle"/>, behind a segment that went the whole way,
/// and stands in <see cref="EndFlags.Quiet"/>: a segment that goes the short way changes nothing of it.
/// </remarks>
internal sealed class UsualSegments(
    IStreamSink sink, SegmentJournal journal, SegmentExaminer examiner, StateClassifier states)
{
    /// <summary>The control bits that decide which way a segment goes.</summary>
    public const TcpFlags Deciding = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Urg | TcpFlags.Ack;

    private const EndFlags Eventful = EndFlags.FinSeen | EndFlags.Ended | EndFlags.ProbeSent | EndFlags.RstSeen;

    /// <summary>Finds out whether segments from and to this end may go the short way, as it stands now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Settle(ref TcpEndpoint end) =>
        end.Flags = end.State == TcpState.Established && IsQuiet(end) ? end.Flags | EndFlags.Quiet : end.Flags & ~EndFlags.Quiet;

    /// <summary>
    /// An end of which nothing is going on; whose stream has no hole, or none any more, and stands where
    /// diagnosis has it.
    /// </summary>
    private static bool IsQuiet(in TcpEndpoint end) =>
        (end.Flags & (EndFlags.BaseKnown | Eventful)) == EndFlags.BaseKnown
        && end.Acked <= end.Next
        && UsualDiagnosis.IsQuiet(end.Diagnosis)
        && end.Diagnosis.Next == unchecked(end.Base + (uint)end.Next)
        && (end.Trouble is not { } trouble
            || (trouble.IsOver(end.Next) && SegmentNotes.HasNoticed(trouble, end.Letters)));

    /// <summary>Both ends are such that <see cref="TryTake"/> can succeed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayTake(in TcpConnection connection) =>
        (connection.Ends[0].Flags & connection.Ends[1].Flags & EndFlags.Quiet) != 0;

    /// <summary>
    /// False, with nothing changed, if the segment has to go the whole way. Asked only where it <see cref="MayTake"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        // The first segment of a server proves that it is in ESTABLISHED; that of a client may be the third step too.
        if (me.Basis == StateBasis.Assumed && peer.Has(EndFlags.SynAckSent))
        {
            return false;
        }

        var header = segment.Header;
        var acknowledgment = header.Acknowledgment.Value;
        var window = header.Window;
        var length = segment.PayloadLengthOnWire;
        var unacknowledged = SequenceNumber.Distance(peer.Diagnosis.Next, acknowledgment);
        var acknowledged = peer.Next - unacknowledged;
        if ((header.Flags & Deciding) != TcpFlags.Ack
            || segment.IsChecksumWrong
            || segment.Payload.Length != length
            || header.Sequence.Value != me.Diagnosis.Next
            || unacknowledged < 0
            || acknowledged < 0
            || !UsualDiagnosis.IsNew(me, peer, acknowledgment, window, length))
        {
            return false;
        }

        // Before octets are handed on: what held them up is known when a message ends with them.
        examiner.Advance(ref me, ref peer, seen, acknowledgment, window, length, fin: 0);
        me.Packets++;
        me.Last = seen.Packet;
        peer.Acked = long.Max(peer.Acked, acknowledged);
        if (me.Basis == StateBasis.Assumed)
        {
            states.OnProof(ref connection, seen, acknowledged);
        }

        var letter = HistoryLetters.Ack;
        if (length > 0)
        {
            letter = HistoryLetters.Data;
            Deliver(ref me, peer, seen, segment, acknowledged);
        }

        connection.History.Add(ref me.Letters, letter, seen.Sender);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(
        ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, in TcpSegment segment, long acknowledged)
    {
        var offset = me.Next;
        var octets = segment.Payload;
        me.LastJournal = journal.Enter(
            me.LastJournal, seen.Connection.Number, seen.Sender, offset, octets.Length, segment.PayloadSum, seen.Packet,
            HeaderPrint.Of(segment));
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
