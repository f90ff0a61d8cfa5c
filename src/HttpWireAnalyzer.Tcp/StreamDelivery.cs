using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>The way out of reassembly: octets and gaps leave here, each stream's one behind the other.</summary>
internal sealed class StreamDelivery(IStreamSink sink, StreamPool pool)
{
    /// <summary>What waits in all queues together, as <see cref="SegmentQueue.Held"/> counts.</summary>
    public long Held { get; set; }

    public void HandOn(
        ref TcpEndpoint end,
        ConnectionId connection,
        Side sender,
        ReadOnlySpan<byte> octets,
        long lengthOnWire,
        PacketRef packet,
        PacketRef contiguous,
        long acknowledged)
    {
        var offset = end.Next;
        end.Next = offset + octets.Length;
        if (!octets.IsEmpty)
        {
            if (end.Trouble is { } trouble)
            {
                trouble.TrailingGap = 0;
            }

            sink.OnChunk(new StreamChunk
            {
                Connection = connection,
                Sender = sender,
                Offset = offset,
                Packet = packet,
                Contiguous = contiguous,
                Acknowledged = acknowledged,
                Octets = octets,
            });
        }

        if (octets.Length < lengthOnWire)
        {
            var cut = lengthOnWire - octets.Length;
            pool.TroubleOf(ref end).Cut += cut;
            GiveUp(ref end, connection, sender, end.Next + cut, GapCause.SnapLength, contiguous);
        }
    }

    /// <summary>Hands on what waits without a hole before it.</summary>
    /// <param name="contiguous">The packet that closed the hole; none where that is the capture's alone.</param>
    public void HandOnWaiting(ref TcpEndpoint end, ConnectionId connection, Side sender, PacketRef contiguous)
    {
        var trouble = end.Trouble!;
        while (!trouble.Queue.IsEmpty && trouble.Queue.FirstOffset == end.Next)
        {
            var held = trouble.Queue.Held;
            var next = trouble.Queue.Take();
            Held += trouble.Queue.Held - held;
            contiguous = PacketRef.Later(contiguous, next.Packet);
            HandOn(ref end, connection, sender, next.Buffer.AsSpan(0, next.Captured), next.LengthOnWire, next.Packet,
                contiguous, next.Acknowledged);
            trouble.Queue.Release(next);
        }

        // The next hole, if there is one, needs its own proof.
        trouble.HoleProvedBy = default;
        DropDamaged(trouble, end.Next);
    }

    /// <summary>Damaged octets in whose place others have come, or which were given up, wait no longer.</summary>
    public void DropDamaged(StreamTrouble trouble, long next)
    {
        if (trouble.HasDamaged)
        {
            var held = trouble.Held;
            trouble.Duplicate += trouble.Damaged!.DropBefore(next);
            Held += trouble.Held - held;
        }
    }

    /// <summary>Makes a gap of all up to <paramref name="to"/> and remembers it: its octets may still come, late.</summary>
    public void GiveUpTo(
        ref TcpEndpoint end, ConnectionId connection, Side sender, long to, GapCause cause, PacketRef packet)
    {
        if (to > end.Next)
        {
            end.Trouble!.RememberGap(end.Next, to);
            GiveUp(ref end, connection, sender, to, cause, packet);
        }
    }

    private void GiveUp(
        ref TcpEndpoint end, ConnectionId connection, Side sender, long to, GapCause cause, PacketRef packet)
    {
        var gap = new StreamGap(connection, sender, end.Next, to - end.Next, cause, packet);
        var trouble = end.Trouble!;
        trouble.Gap += gap.Length;
        trouble.TrailingGap += gap.Length;
        end.Next = to;
        trouble.Max = long.Max(trouble.Max, to);
        trouble.HoleProvedBy = default;
        sink.OnGap(gap);
    }
}
