using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What FIN, RST and the end of the capture do to a connection and its streams.</summary>
internal sealed class Closing(
    IStreamSink sink, StateClassifier states, HoleJudge holes, DetailsPool pool, StreamPool streams)
{
    /// <summary>Nothing more will come for this connection: gives up holes and ends both streams.</summary>
    public void End(ref TcpConnection connection, ConnectionId id)
    {
        var reset = ResetOf(connection);
        var (cause, packet) = reset.IsNone
            ? (StreamEndCause.CaptureEnd, connection.Last)
            : (StreamEndCause.Reset, reset);
        EndStream(ref connection, id, Side.Client, packet, cause);
        EndStream(ref connection, id, Side.Server, packet, cause);
    }

    /// <summary>2 MSL after <paramref name="side"/> entered TIME-WAIT.</summary>
    public void OnTwoMsl(ref TcpConnection connection, ConnectionId id, Side side, Timestamp expiry) =>
        states.OnTwoMsl(ref connection, id, side, expiry);

    /// <param name="acknowledged">In the other stream, as the RST says; -1 without ACK.</param>
    public void OnRst(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        ref TcpEndpoint peer,
        in Sighting seen,
        long offset,
        long acknowledged,
        byte timeToLive)
    {
        ref var details = ref pool.Of(ref connection);
        details.Ends[(int)seen.Sender].Rsts++;
        if (!states.OnRst(ref connection, seen, offset, acknowledged) || me.Has(EndFlags.RstSeen))
        {
            return;
        }

        me.Flags |= EndFlags.RstSeen;
        details.Ends[(int)seen.Sender].Rst = new KeptPacket(seen.Packet);
        details.Ends[(int)seen.Sender].RstTimeToLive = timeToLive;
        details.Ends[(int)seen.Sender].RstAcknowledged = unchecked((uint)long.Max(acknowledged, long.Max(0, peer.Acked)));
        var isOwn = ForeignResets.IsOwn(timeToLive, me);
        if (isOwn && acknowledged < 0 && me.Has(EndFlags.FinSeen) && offset > me.Acked && offset <= me.EndOfSequence)
        {
            // A closed end answers with the number that the other end acknowledges (RFC 9293 §3.10.7.1), which the capture lacks.
            me.Acked = offset;
        }

        // RFC 9293 §3.10.7.1: <SEQ=SEG.ACK><CTL=RST>.
        details.Ends[(int)seen.Sender].IsRstOfClosed = acknowledged < 0 && offset == me.Acked;
        var isBehindMissing = !me.Has(EndFlags.FinSeen) && offset > me.Max && StateClassifier.IsWhereItStood(me, offset);
        if (!me.Has(EndFlags.FinSeen) && !isBehindMissing && acknowledged > me.HeardAtLastData && peer.Max > me.HeardAtLastData)
        {
            // The RST may acknowledge a FIN as well, which nobody reads.
            details.UnreadAtReset = Math.Min(acknowledged, peer.Max) - me.HeardAtLastData;
        }

        BeginClose(ref connection, seen.Sender, peer);
        if (isBehindMissing)
        {
            holes.FlushBefore(ref me, seen.Connection, seen.Sender, offset, seen.Packet);
        }

        if (isOwn && StateClassifier.ShowsMissing(peer, acknowledged))
        {
            // Its sender had octets that the capture lacks. Who forges a RST has seen them, or knows nothing of them.
            peer.Acked = acknowledged;
        }

        if (me.Max > 0 || peer.Max > 0 || peer.Acked > peer.Max)
        {
            // Without octets there is no stream to end, and a RST that answered a SYN may still be disproved.
            EndByRst(ref connection, me, peer, seen, offset);
        }
    }

    /// <param name="print">Of the segment.</param>
    /// <param name="finOffset">Where the FIN stands, behind the octets of its own segment.</param>
    public void OnFin(
        ref TcpConnection connection,
        ref TcpEndpoint me,
        in TcpEndpoint peer,
        in Sighting seen,
        HeaderPrint print,
        long finOffset,
        long acknowledged)
    {
        ref var details = ref pool.Of(ref connection);
        if (me.Has(EndFlags.FinSeen))
        {
            OnRepeatedFin(ref connection, ref me, peer, seen, print);
            return;
        }

        ref var mine = ref details.Ends[(int)seen.Sender];
        mine.Fins++;
        if (me.Has(EndFlags.RstSeen))
        {
            // Nothing is left to close behind its own RST.
            sink.Remark(seen, TcpRemarkKind.OutOfState, mine.Rst.Packet, ((int)me.State * 256) + (int)TcpInput.SendFin);
            return;
        }

        if (finOffset < me.Max && !HoleJudge.TryTakeBackFin(ref me, finOffset))
        {
            // Octets beyond this FIN are known, or it stands before the first: it is not where the stream ends.
            if (finOffset >= 0)
            {
                sink.Remark(seen, TcpRemarkKind.OctetsAfterEnd, default, me.Max - finOffset);
            }

            return;
        }

        me.Flags |= EndFlags.FinSeen;
        me.FinOffset = finOffset;
        mine.Fin = new KeptPacket(seen.Packet);
        mine.FinPrint = print;
        mine.HeardAtFin = acknowledged;
        var isAnswered = peer.Has(EndFlags.FinSeen) && details.Ends[(int)seen.Sender.Other()].HeardAtFin > finOffset;
        if (peer.Has(EndFlags.FinSeen))
        {
            details.HalfCloseUntil = seen.Packet.Time;
            if (isAnswered)
            {
                connection.FirstCloser = seen.Sender;
            }
            else if (acknowledged >= 0 && acknowledged <= peer.FinOffset)
            {
                connection.Flags |= ConnectionFlags.SimultaneousFin;
            }
        }

        BeginClose(ref connection, seen.Sender, peer);
        states.OnFinSent(ref connection, seen, acknowledged, isAnswered);
    }

    /// <summary>A FIN that its receiver ought to drop.</summary>
    public void OnFinBeyond(ref TcpConnection connection, ref TcpEndpoint me, in Sighting seen, in DroppedFin fin)
    {
        pool.Of(ref connection).Ends[(int)seen.Sender].Fins++;
        states.RemarkOutOfState(seen, me.State, TcpInput.SendFin);
        if (!me.Has(EndFlags.FinSeen))
        {
            streams.TroubleOf(ref me).DroppedFin = fin;
        }
    }

    /// <summary>The other end acknowledged a FIN that it ought to have dropped, and all before it.</summary>
    /// <param name="seen">The acknowledgment.</param>
    public void OnDroppedFin(ref TcpConnection connection, ref TcpEndpoint end, in TcpEndpoint other, in Sighting seen)
    {
        var fin = end.Trouble!.DroppedFin;
        end.Trouble.DroppedFin = default;
        pool.Of(ref connection).Ends[(int)seen.Sender.Other()].Fins--;
        end.Diagnosis.PlaceAt(unchecked(end.Base + (uint)fin.Offset + 1));
        OnFin(
            ref connection, ref end, other, new Sighting(seen.Connection, seen.Sender.Other(), fin.Packet), fin.Print, fin.Offset,
            fin.Acknowledged);
    }

    /// <summary>The same packet seen twice, or a FIN that was sent again.</summary>
    private void OnRepeatedFin(
        ref TcpConnection connection, ref TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, HeaderPrint print)
    {
        ref var details = ref connection.Details!.Value;
        ref var mine = ref details.Ends[(int)seen.Sender];
        if (TcpRemark.IsDoubled(mine.Fin.Packet, seen.Packet) && print == mine.FinPrint)
        {
            mine.DoubledFins++;
            sink.Remark(seen, TcpRemarkKind.FinRetransmission, mine.Fin.Packet, 0);
            return;
        }

        mine.Fins++;
        sink.Remark(seen, TcpRemarkKind.FinRetransmission, mine.Fin.Packet, 0, isResent: true);
        if (me is { Basis: StateBasis.Assumed, State: TcpState.FinWait2 or TcpState.TimeWait or TcpState.Closed }
            && DisprovesAcknowledgment(mine, peer, seen.Packet))
        {
            states.OnFinRepeated(ref connection, ref me, seen);
        }

        if (peer is { State: TcpState.TimeWait, Basis: not StateBasis.Assumed })
        {
            // RFC 9293 §3.10.7.4. One that has not shown yet that a FIN arrived is counted from the first.
            details.TimeWaitFrom = seen.Packet.Time;
        }
    }

    // A FIN that the timer sends has not been acknowledged where it is sent, unless both crossed on the way between tap and sender.
    private static bool DisprovesAcknowledgment(in EndDetails mine, in TcpEndpoint peer, PacketRef again) =>
        !mine.FinAcknowledged.IsNone && again.Time.Since(mine.Fin.Packet.Time) >= RoundTrips.LeastTimeout
        && again.Time.Since(mine.FinAcknowledged.Packet.Time) > RoundTrips.WayTo(peer.Diagnosis);

    /// <summary>Once everything before the FIN is here, the stream has ended and the other end has the FIN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AfterFin(ref TcpConnection connection, ref TcpEndpoint end, in Sighting seen)
    {
        if (end.IsFinReached
            && (end.Flags & (EndFlags.FinInOrder | EndFlags.Ended)) != (EndFlags.FinInOrder | EndFlags.Ended))
        {
            Finish(ref connection, ref end, seen);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(ref TcpConnection connection, ref TcpEndpoint end, in Sighting seen)
    {
        states.OnFinInOrder(ref connection, seen, seen.Sender);
        if (!end.Has(EndFlags.Ended))
        {
            end.Flags |= EndFlags.Ended;
            sink.OnEnd(new StreamEnd(seen.Connection, seen.Sender, end.FinOffset, StreamEndCause.Fin, seen.Packet));
        }
    }

    // What is left open ends when Retirement says that no more comes.
    private void EndByRst(
        ref TcpConnection connection, in TcpEndpoint me, in TcpEndpoint peer, in Sighting seen, long offset)
    {
        // Of what a client asked last, nothing had come: the answer may be on its way.
        var mayCross = seen.Sender == connection.Client && !me.Has(EndFlags.FinSeen) && peer.Max <= me.HeardAtLastData && !peer.IsHoleProven;
        if (!mayCross)
        {
            EndStream(ref connection, seen.Connection, seen.Sender.Other(), seen.Packet, StreamEndCause.Reset);
        }

        if (offset <= me.Next)
        {
            // Else it may have overtaken what is missing before it.
            EndStream(ref connection, seen.Connection, seen.Sender, seen.Packet, StreamEndCause.Reset);
        }
    }

    /// <summary>The first that was obeyed, of either end; none without.</summary>
    private static PacketRef ResetOf(in TcpConnection connection)
    {
        ref readonly var details = ref connection.DetailsOrNone;
        return PacketRef.Earlier(details.Ends[0].Rst.Packet, details.Ends[1].Rst.Packet);
    }

    private void EndStream(
        ref TcpConnection connection, ConnectionId id, Side sender, PacketRef packet, StreamEndCause cause)
    {
        ref var end = ref connection.Ends[(int)sender];
        // Handed on whole: nothing waits behind a hole, and none is at its end.
        if (end.Has(EndFlags.Ended) && end.IsFinReached && end.Trouble is null)
        {
            return;
        }

        holes.Flush(ref end, id, sender, packet);
        if (end.Has(EndFlags.Ended))
        {
            return;
        }

        end.Flags |= EndFlags.Ended;
        var finReached = end.IsFinReached;
        sink.OnEnd(new StreamEnd(
            id, sender, end.Next, finReached ? StreamEndCause.Fin : cause, finReached ? connection.FinOf(sender) : packet));
    }

    /// <param name="sender">Of the FIN or RST that was captured.</param>
    /// <param name="peer">The other end: its FIN, which the capture missed, may have come before.</param>
    private static void BeginClose(ref TcpConnection connection, Side sender, in TcpEndpoint peer)
    {
        if (!connection.Has(ConnectionFlags.Closing))
        {
            connection.Flags |= ConnectionFlags.Closing;
            connection.FirstCloser = peer.HasUnseenFin ? sender.Other() : sender;
        }
    }
}
