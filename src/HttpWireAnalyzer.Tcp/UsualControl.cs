using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The short way for the segments that open and close nearly every connection: SYN, SYN-ACK, the third step, a FIN and
/// what acknowledges it; each in its place, without octets, and with nothing else to say. What it does is what
/// <see cref="SegmentProcessor"/> would do.
/// </summary>
internal sealed class UsualControl(
    SegmentExaminer examiner, StateClassifier states, Opening opening, Closing closing)
{
    private const EndFlags BehindSyn = EndFlags.BaseKnown | EndFlags.SynSeen | EndFlags.SynSent;

    private const EndFlags Eventful = EndFlags.ProbeSent | EndFlags.RstSeen;

    /// <summary>False, with nothing changed, if the segment has to go the whole way.</summary>
    public bool TryTake(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        if (segment.PayloadLengthOnWire != 0 || segment.IsChecksumWrong)
        {
            return false;
        }

        return (segment.Header.Flags & UsualSegments.Deciding) switch
        {
            TcpFlags.Syn => TryTakeSyn(ref connection, seen, segment),
            TcpFlags.Syn | TcpFlags.Ack => TryTakeSynAck(ref connection, seen, segment),
            TcpFlags.Ack => TryTakeStep(ref connection, seen, segment, fin: 0),
            TcpFlags.Fin | TcpFlags.Ack => TryTakeStep(ref connection, seen, segment, fin: 1),
            _ => false,
        };
    }

    private bool TryTakeSyn(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref readonly var peer = ref connection.Ends[(int)seen.Sender.Other()];
        if (seen.Sender != Side.Client || me.State != TcpState.Unknown || peer.State != TcpState.Unknown
            || me.Flags != EndFlags.None || peer.Flags != EndFlags.None)
        {
            return false;
        }

        me.Flags = connection.Incarnation > 1 ? BehindSyn | EndFlags.PortsReused : BehindSyn;
        SegmentExaminer.Open(ref me, seen, segment.Header);
        opening.Begin(ref connection, ref me, seen, segment, TcpOptions.Read(segment.Header.Options));
        states.OnSyn(ref connection, seen, withAck: false);
        connection.History.Add(ref me.Letters, HistoryLetters.Syn, seen.Sender);
        return true;
    }

    private bool TryTakeSynAck(ref TcpConnection connection, in Sighting seen, in TcpSegment segment)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var options = TcpOptions.Read(header.Options);
        if (seen.Sender != Side.Server || me.State != TcpState.SynReceived || peer.State != TcpState.SynSent
            || me.Flags != EndFlags.None || (peer.Flags & ~EndFlags.PortsReused) != BehindSyn
            || peer.Next != 0 || peer.Diagnosis.Detail is not null
            || header.Acknowledgment.Value != peer.Base
            || peer.Diagnosis.Next != peer.Base
            || options.SackBlocks > 0)
        {
            return false;
        }

        me.Flags = EndFlags.BaseKnown | EndFlags.SynSeen | EndFlags.SynAckSent;
        peer.Acked = 0;
        examiner.OpenBack(ref me, ref peer, seen, header);
        opening.Begin(ref connection, ref me, seen, segment, options);
        states.OnSyn(ref connection, seen, withAck: true);
        connection.History.Add(ref me.Letters, HistoryLetters.SynAck, seen.Sender);
        return true;
    }

    /// <param name="fin">1 for a FIN.</param>
    private bool TryTakeStep(ref TcpConnection connection, in Sighting seen, in TcpSegment segment, int fin)
    {
        ref var me = ref connection.Ends[(int)seen.Sender];
        ref var peer = ref connection.Ends[(int)seen.Sender.Other()];
        var header = segment.Header;
        var acknowledgment = header.Acknowledgment.Value;
        var acknowledged = peer.OffsetOf(acknowledgment);
        // Where nothing is to open or to close, what the other short way did not take is unusual.
        if ((fin == 0 && StateClassifier.IsTransfer(me, peer))
            || !IsInOrder(me, fin == 1 ? EndFlags.FinSeen : EndFlags.None)
            || !IsInOrder(peer, EndFlags.None)
            || me.OffsetOf(header.Sequence.Value) != me.EndOfSequence
            || acknowledged < 0
            || acknowledged > peer.EndOfSequence
            || !UsualDiagnosis.IsUsual(me, peer, header, length: 0, fin))
        {
            return false;
        }

        me.Packets++;
        peer.Acked = long.Max(peer.Acked, acknowledged);
        examiner.Advance(ref me, ref peer, seen, acknowledgment, header.Window, length: 0, fin);
        me.Last = seen.Packet;
        states.OnProof(ref connection, seen, acknowledged);
        opening.NoticeHandshakeAck(ref connection, me, peer, seen, acknowledged);
        states.OnAcknowledgment(ref connection, seen, acknowledged);
        if (fin == 1)
        {
            closing.OnFin(ref connection, ref me, peer, seen, HeaderPrint.Of(segment), me.Next, acknowledged);
        }

        closing.AfterFin(ref connection, ref me, seen);
        connection.History.Add(ref me.Letters, fin == 1 ? HistoryLetters.Fin : HistoryLetters.Ack, seen.Sender);
        UsualSegments.Settle(ref me);
        UsualSegments.Settle(ref peer);
        return true;
    }

    /// <summary>An end whose stream has no hole, up to its FIN if that was seen, and of which nothing is going on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsInOrder(in TcpEndpoint end, EndFlags unwanted) =>
        (end.Flags & (EndFlags.BaseKnown | Eventful | unwanted)) == EndFlags.BaseKnown
        && end.State != TcpState.Unknown
        && end.Diagnosis.Detail is null
        && end.Acked <= end.EndOfSequence
        && (!end.Has(EndFlags.FinSeen) || end.Has(EndFlags.FinInOrder));
}
