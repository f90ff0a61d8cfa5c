using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What a stream needs once its octets did not all come in order and once: most never do.</summary>
internal sealed class StreamTrouble
{
    public SegmentQueue Queue { get; } = new();

    /// <summary>Ranges given up, in order: octets that come for them later are late, not repeats.</summary>
    public List<(long Start, long End)> Gaps { get; } = [];

    /// <summary>The packet whose acknowledgment first passed the hole at <see cref="TcpEndpoint.Next"/>.</summary>
    public PacketRef HoleProvedBy { get; set; }

    /// <summary>Segments of the connection since <see cref="HoleProvedBy"/>.</summary>
    public int SegmentsSinceProof { get; set; }

    public long Duplicate { get; set; }

    public long Late { get; set; }

    public long Cut { get; set; }

    public long AfterEnd { get; set; }

    public long Gap { get; set; }

    public long TrailingGap { get; set; }

    public int Retransmissions { get; set; }

    public int OutOfOrder { get; set; }

    public int KeepAliveProbes { get; set; }

    public int ZeroWindows { get; set; }

    public int OverlapConflicts { get; set; }

    /// <summary>How many octets of [start, end) lie in a range given up; those are taken out of it.</summary>
    public long FillLate(long start, long end)
    {
        long filled = 0;
        for (var i = Gaps.Count - 1; i >= 0 && Gaps[i].End > start; i--)
        {
            var (gapStart, gapEnd) = Gaps[i];
            var from = Math.Max(start, gapStart);
            var to = Math.Min(end, gapEnd);
            if (from >= to)
            {
                continue;
            }

            filled += to - from;
            Gaps.RemoveAt(i);
            if (to < gapEnd)
            {
                Gaps.Insert(i, (to, gapEnd));
            }

            if (gapStart < from)
            {
                Gaps.Insert(i, (gapStart, from));
            }
        }

        return filled;
    }
}
