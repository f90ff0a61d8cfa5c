using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>What a stream needs once its octets did not all come in order and once: most never do.</summary>
/// <param name="room">For what waits.</param>
internal sealed class StreamTrouble(WaitingOctets room)
{
    /// <summary>
    /// Gaps whose octets may still come. Late octets follow within a window or two; in more than so many holes they
    /// count as repeats.
    /// </summary>
    private const int RememberedGaps = 256;

    /// <summary>Ranges given up, in order: octets that come for them later are late, not repeats.</summary>
    private readonly List<(long Start, long End)> _gaps = [];

    private PacketRef _lastProbe;

    public SegmentQueue Queue { get; } = new(room);

    /// <summary>Null where there never were any.</summary>
    public DamagedSegments? Damaged { get; private set; }

    /// <summary>Made where there were none.</summary>
    public DamagedSegments DamagedOnes => Damaged ??= new DamagedSegments(room);

    public bool HasDamaged => Damaged is { IsEmpty: false };

    public bool HasWaiting => !Queue.IsEmpty || HasDamaged;

    /// <summary>What the limits count.</summary>
    public long Held => Queue.Held + (Damaged?.Held ?? 0);

    /// <summary>Stream offset after the last octet seen; once <see cref="TcpEndpoint.Next"/> is beyond it, of no meaning.</summary>
    public long Max { get; set; }

    /// <summary>The least stream offset seen: below 0 where octets came that stood before the first packet.</summary>
    public long Beginning { get; set; }

    /// <summary>The packet whose acknowledgment first passed the hole at <see cref="TcpEndpoint.Next"/>.</summary>
    public PacketRef HoleProvedBy { get; set; }

    /// <summary>How far that acknowledgment reached.</summary>
    public long ProvedUpTo { get; set; }

    /// <summary>Segments of the connection since <see cref="HoleProvedBy"/>.</summary>
    public int SegmentsSinceProof { get; set; }

    public long Duplicate { get; set; }

    public long Late { get; set; }

    public long Cut { get; set; }

    public long AfterEnd { get; set; }

    public long Gap { get; set; }

    public long TrailingGap { get; set; }

    /// <summary>Outside the window, as far as the capture knows; none without one.</summary>
    public DroppedFin DroppedFin { get; set; }

    public int Retransmissions { get; set; }

    public int OutOfOrder { get; set; }

    public int KeepAliveProbes { get; set; }

    public int KeepAliveAnswers { get; set; }

    public int ZeroWindows { get; set; }

    public int OverlapConflicts { get; set; }

    /// <summary>A keep-alive probe is a copy of the one before, that the wire or the capture made: no end probes so soon.</summary>
    public bool IsDoubledProbe(PacketRef probe)
    {
        var isDoubled = !_lastProbe.IsNone && TcpRemark.IsDoubled(_lastProbe, probe);
        _lastProbe = probe;
        return isDoubled;
    }

    /// <summary>To serve another stream. Nothing waits any more: the end of a stream takes all out.</summary>
    public void Clear()
    {
        _gaps.Clear();
        Queue.Forget();
        Damaged = null;
        Max = 0;
        Beginning = 0;
        HoleProvedBy = default;
        ProvedUpTo = 0;
        SegmentsSinceProof = 0;
        Duplicate = 0;
        Late = 0;
        Cut = 0;
        AfterEnd = 0;
        Gap = 0;
        TrailingGap = 0;
        DroppedFin = default;
        Retransmissions = 0;
        OutOfOrder = 0;
        KeepAliveProbes = 0;
        KeepAliveAnswers = 0;
        _lastProbe = default;
        ZeroWindows = 0;
        OverlapConflicts = 0;
    }

    /// <summary>Nothing waits or is missing before <paramref name="next"/>: what is left of it are counts.</summary>
    public bool IsOver(long next) => !HasWaiting && Max <= next && HoleProvedBy.IsNone && TrailingGap == 0;

    /// <summary>Octets that came, and are no part of the stream.</summary>
    public long Refused => Duplicate + Late + Cut + AfterEnd;

    /// <summary>Sets those that are counted here.</summary>
    public void CopyTo(ref EndCounters counters)
    {
        counters.Duplicate = Duplicate;
        counters.Late = Late;
        counters.Cut = Cut;
        counters.AfterEnd = AfterEnd;
        counters.Gap = Gap;
        counters.TrailingGap = TrailingGap;
        counters.Retransmissions = Retransmissions;
        counters.OutOfOrder = OutOfOrder;
        counters.KeepAliveProbes = KeepAliveProbes;
        counters.KeepAliveAnswers = KeepAliveAnswers;
        counters.ZeroWindows = ZeroWindows;
        counters.OverlapConflicts = OverlapConflicts;
    }

    public void RememberGap(long start, long end)
    {
        if (_gaps.Count >= RememberedGaps)
        {
            _gaps.RemoveRange(0, _gaps.Count - RememberedGaps + 1);
        }

        _gaps.Add((start, end));
    }

    /// <summary>How many octets of [start, end) lie in a range given up; those are taken out of it.</summary>
    public long FillLate(long start, long end)
    {
        long filled = 0;
        for (var i = _gaps.Count - 1; i >= 0 && _gaps[i].End > start; i--)
        {
            var (gapStart, gapEnd) = _gaps[i];
            var from = Math.Max(start, gapStart);
            var to = Math.Min(end, gapEnd);
            if (from >= to)
            {
                continue;
            }

            filled += to - from;
            _gaps.RemoveAt(i);
            if (to < gapEnd)
            {
                _gaps.Insert(i, (to, gapEnd));
            }

            if (gapStart < from)
            {
                _gaps.Insert(i, (gapStart, from));
            }
        }

        return filled;
    }
}

/// <summary>A FIN that its receiver ought to drop.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="Acknowledged">How far it acknowledges the other stream; -1 where it does not.</param>
internal readonly record struct DroppedFin(PacketRef Packet, HeaderPrint Print, long Offset, long Acknowledged);
