using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Puts the octets of each stream in order and hands each on once, or says that it is missing.
/// </summary>
/// <remarks>
/// Octets in order are handed on where they lie, without a copy. Octets beyond a hole are copied and wait. Policy for
/// overlaps: the first copy is kept; a later copy that differs is a remark (docs/decisions/0006). How
/// long a hole is waited for is <see cref="HoleJudge"/>'s matter, unless too much waits behind it.
/// </remarks>
internal sealed class Reassembler(
    IStreamSink sink, TrackerLimits limits, SegmentJournal journal, StreamPool pool, StreamDelivery delivery)
{
    /// <summary>Takes the payload of one segment; its first octet stands at <see cref="Arrival.Offset"/>.</summary>
    public void Accept(ref TcpEndpoint end, in Arrival arrival)
    {
        var arrivalEnd = arrival.Offset + arrival.LengthOnWire;
        if (arrival.Offset == end.Next && end.Trouble is null && !end.Has(EndFlags.FinSeen | EndFlags.Ended))
        {
            end.LastJournal = Enter(end, arrival);
            delivery.HandOn(ref end, arrival.Connection, arrival.Sender, arrival.Octets, arrival.LengthOnWire,
                arrival.Packet, arrival.Packet, arrival.Acknowledged);
            return;
        }

        AcceptOutOfLine(ref end, arrival, arrivalEnd);
    }

    /// <summary>
    /// Takes the payload of a segment that its receiver dropped, for what its checksum says: it waits for the octets to be
    /// sent again (docs/decisions/0032).
    /// </summary>
    public void Hold(ref TcpEndpoint end, in Arrival arrival)
    {
        var trouble = pool.TroubleOf(ref end);
        if (arrival.Offset < end.Next || end.Has(EndFlags.FinSeen | EndFlags.Ended) || IsFull(trouble, arrival))
        {
            Accept(ref end, arrival);
            return;
        }

        var held = trouble.Held;
        trouble.Duplicate += trouble.DamagedOnes.Hold(arrival);
        delivery.Held += trouble.Held - held;
        end.Max = Math.Max(end.Max, arrival.Offset + arrival.LengthOnWire);
    }

    private void AcceptOutOfLine(ref TcpEndpoint end, in Arrival arrival, long arrivalEnd)
    {
        var trouble = pool.TroubleOf(ref end);
        if (end.Has(EndFlags.FinSeen) && arrivalEnd > end.FinOffset)
        {
            // RFC 9293 §3.10.7.4: nothing is read beyond the FIN.
            CountAfterFin(ref end, trouble, arrival);
            if (arrival.Offset < end.FinOffset)
            {
                AcceptOutOfLine(ref end, arrival.Until(end.FinOffset), end.FinOffset);
            }

            return;
        }

        if (arrival.Offset > end.Next && IsFull(trouble, arrival))
        {
            // More waits than any window allows: the hole will not be filled. What waits goes on without it.
            MakeRoom(ref end, trouble, arrival);
        }

        if (arrivalEnd <= end.Next)
        {
            Repeat(ref end, trouble, arrival);
        }
        else if (arrival.Offset > end.Next)
        {
            Wait(ref end, trouble, arrival);
        }
        else
        {
            TakeInLine(ref end, trouble, arrival, arrivalEnd);
        }
    }

    private bool IsFull(StreamTrouble trouble, in Arrival arrival)
    {
        var more = SegmentQueue.Charge(arrival.LengthOnWire);
        return trouble.Held + more > limits.StreamQueueOctets || delivery.Held + more > limits.QueueOctets;
    }

    // The segment holds the next octet expected; its beginning may be a repeat, its end may already wait.
    private void TakeInLine(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival, long arrivalEnd)
    {
        var skip = end.Next - arrival.Offset;
        if (skip > 0)
        {
            trouble.Duplicate += skip - CountLate(trouble, arrival.Offset, end.Next);
            CompareWithJournal(end, trouble, arrival, end.Next);
        }

        if (trouble.HasDamaged && trouble.Damaged!.FirstOffset < arrivalEnd)
        {
            trouble.Retransmissions++;
            Remark(arrival, TcpRemarkKind.Retransmission, trouble.Damaged.FirstPacket, arrivalEnd - end.Next);
        }
        else if (end.Next < end.Max)
        {
            trouble.OutOfOrder++;
            Remark(arrival, TcpRemarkKind.OutOfOrder, default, arrivalEnd - end.Next);
        }

        if (trouble.Queue.IsEmpty)
        {
            end.Max = Math.Max(end.Max, arrivalEnd);
            end.LastJournal = Enter(end, arrival);
            var fresh = arrival.Octets[(int)Math.Min(skip, arrival.Octets.Length)..];
            delivery.HandOn(ref end, arrival.Connection, arrival.Sender, fresh, arrivalEnd - end.Next,
                arrival.Packet, arrival.Packet, arrival.Acknowledged);
            trouble.HoleProvedBy = default;
            delivery.DropDamaged(trouble, end.Next);
            return;
        }

        Enqueue(ref end, trouble, arrival, (int)skip);
        delivery.HandOnWaiting(ref end, arrival.Connection, arrival.Sender, arrival.Packet);
    }

    private void Repeat(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival)
    {
        var arrivalEnd = arrival.Offset + arrival.LengthOnWire;
        var late = CountLate(trouble, arrival.Offset, arrivalEnd);
        trouble.Duplicate += arrival.LengthOnWire - late;
        if (late > 0)
        {
            Remark(arrival, TcpRemarkKind.LateOctets, default, late);
            return;
        }

        RemarkRepeated(end, trouble, arrival, arrival.LengthOnWire);
        CompareWithJournal(end, trouble, arrival, arrivalEnd);
    }

    private void Wait(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival)
    {
        if (trouble.Queue.IsEmpty)
        {
            Remark(arrival, TcpRemarkKind.HoleBefore, default, arrival.Offset - end.Next);
        }

        Enqueue(ref end, trouble, arrival, 0);
    }

    // Up to the arrival only: it may itself fill what is missing behind.
    private void MakeRoom(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival)
    {
        while (end.Next < arrival.Offset)
        {
            var to = trouble.Queue.IsEmpty ? arrival.Offset : Math.Min(trouble.Queue.FirstOffset, arrival.Offset);
            delivery.GiveUpTo(
                ref end, arrival.Connection, arrival.Sender, to, GapCause.MemoryLimit, arrival.Packet);
            delivery.HandOnWaiting(ref end, arrival.Connection, arrival.Sender, arrival.Packet);
        }
    }

    private void Enqueue(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival, int skip)
    {
        var held = trouble.Queue.Held;
        var added = trouble.Queue.Insert(
            arrival.Offset + skip,
            arrival.Octets[Math.Min(skip, arrival.Octets.Length)..],
            arrival.LengthOnWire - skip,
            arrival.Packet,
            arrival.Acknowledged,
            out var conflict);
        delivery.Held += trouble.Queue.Held - held;
        var repeated = arrival.LengthOnWire - skip - added;
        trouble.Duplicate += repeated;
        if (added == 0)
        {
            RemarkRepeated(end, trouble, arrival, repeated);
        }
        else
        {
            end.LastJournal = Enter(end, arrival);
            end.Max = Math.Max(end.Max, arrival.Offset + arrival.LengthOnWire);
        }

        if (conflict >= 0)
        {
            trouble.OverlapConflicts++;
            Remark(arrival, TcpRemarkKind.OverlapConflict, default, conflict);
        }
    }

    private void CountAfterFin(ref TcpEndpoint end, StreamTrouble trouble, in Arrival arrival)
    {
        var arrivalEnd = arrival.Offset + arrival.LengthOnWire;
        var from = Math.Max(arrival.Offset, end.FinOffset);
        var fresh = Math.Max(0, arrivalEnd - Math.Max(from, end.Max));
        trouble.AfterEnd += fresh;
        trouble.Duplicate += arrivalEnd - from - fresh;
        end.Max = Math.Max(end.Max, arrivalEnd);
        Remark(arrival, TcpRemarkKind.OctetsAfterEnd, default, fresh);
    }

    private static long CountLate(StreamTrouble trouble, long start, long end)
    {
        // Octets before the first packet of a connection that was picked up midstream are late as well, once.
        var before = Math.Max(0, Math.Min(end, trouble.Beginning) - start);
        trouble.Beginning = Math.Min(trouble.Beginning, start);
        var late = before + trouble.FillLate(start, end);
        trouble.Late += late;
        return late;
    }

    private void CompareWithJournal(in TcpEndpoint end, StreamTrouble trouble, in Arrival arrival, long until)
    {
        var copy = arrival.Octets[..(int)Math.Min(until - arrival.Offset, arrival.Octets.Length)];
        if (!journal.Agrees(
            end.LastJournal, arrival.Connection.Number, arrival.Sender, arrival.Offset, copy, out var conflict))
        {
            trouble.OverlapConflicts++;
            Remark(arrival, TcpRemarkKind.OverlapConflict, default, conflict);
        }
    }

    private uint Enter(in TcpEndpoint end, in Arrival arrival) => arrival.Octets.Length < arrival.LengthOnWire
        ? end.LastJournal
        : journal.Enter(end.LastJournal, arrival.Connection.Number, arrival.Sender, arrival.Offset,
            arrival.LengthOnWire, arrival.Sum, arrival.Packet, arrival.Print);

    private void RemarkRepeated(in TcpEndpoint end, StreamTrouble trouble, in Arrival arrival, long octets)
    {
        trouble.Retransmissions++;
        var first = journal.FirstToBring(
            end.LastJournal, arrival.Connection.Number, arrival.Sender, arrival.Offset);
        sink.OnRemark(new TcpRemark(
            arrival.Connection, arrival.Sender, TcpRemarkKind.Retransmission, arrival.Packet, first.Packet, octets,
            first.IsResentAs(arrival.Print)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Remark(in Arrival arrival, TcpRemarkKind kind, PacketRef earlier, long value) =>
        sink.OnRemark(new TcpRemark(arrival.Connection, arrival.Sender, kind, arrival.Packet, earlier, value));
}
