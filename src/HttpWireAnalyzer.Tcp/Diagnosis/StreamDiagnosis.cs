using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>What is kept of an end once something was out of the ordinary with its stream or its window.</summary>
internal sealed class StreamDiagnosis
{
    /// <summary>Of its reassembly; null until the first octet out of order. It stands here so that an end has one reference.</summary>
    public StreamTrouble? Trouble { get; set; }

    /// <summary>Octets of this stream that the tap missed so far.</summary>
    public SequenceHoles Holes { get; } = new();

    /// <summary>
    /// Something is missing before the last octets, and nothing was acknowledged since it is: the capture may have
    /// missed acknowledgments as well.
    /// </summary>
    public bool IsFlightUnknown { get; set; }

    /// <summary>Capture time, nanoseconds, of the segment that showed the last of them; 0 where there was none.</summary>
    public long HoleShownAt { get; set; }

    /// <summary>Null while round trips are few.</summary>
    public RoundTripSeries? RoundTrips { get; set; }

    /// <summary>What was sent and not acknowledged, with its times; null unless somebody listens to segments.</summary>
    public SentSegments? Sent { get; set; }

    /// <summary>Duplicate acknowledgments of this stream since the last other segment of the receiver.</summary>
    public int DuplicateAcks { get; set; }

    /// <summary>The packet that they repeat.</summary>
    public PacketRef DuplicateOf { get; set; }

    /// <summary>
    /// Acknowledgments in a row that told of a hole: duplicate ones, and those of the same number whose SACK had news
    /// (RFC 6675 §2).
    /// </summary>
    public int Reports { get; set; }

    /// <summary>The first of these.</summary>
    public PacketRef FirstReport { get; set; }

    /// <summary>Its TSval; meaningful with <see cref="HasReportClock"/>.</summary>
    public uint ReportClock { get; set; }

    public bool HasReportClock { get; set; }

    /// <summary>When the last of these passed, nanoseconds.</summary>
    public long LastReportAt { get; set; }

    /// <summary>What the receiver holds beyond its acknowledgment, as it said last.</summary>
    public SackedRanges Sacked { get; } = new();

    /// <summary>How far the stream had come when octets were last sent again.</summary>
    public uint RecoveryPoint { get; set; }

    /// <summary>Octets were sent again, and the receiver has not acknowledged up to <see cref="RecoveryPoint"/>.</summary>
    public bool IsRecovering { get; set; }

    /// <summary>The last segment sent again.</summary>
    public Repeat LastRepeat { get; set; }

    /// <summary>When octets were last sent again, needed or not; nanoseconds.</summary>
    public long RepeatedAt { get; set; }

    /// <summary>The packet with which this end closed its window; none while it is open.</summary>
    public PacketRef WindowClosedBy { get; set; }

    /// <summary>Capture time, nanoseconds, at which it last opened it again; the least there is where it never did.</summary>
    public long WindowOpenedAt { get; set; } = long.MinValue;

    /// <summary>Nanoseconds during which this end's window was closed, without the time since <see cref="WindowClosedBy"/>.</summary>
    public long WindowClosedTime { get; set; }

    /// <summary>Retransmissions of which a DSACK block said that the receiver had the octets (RFC 2883), and nothing before.</summary>
    public int ProvenSpurious { get; set; }

    /// <summary>Retransmissions of a SYN, with ACK or without.</summary>
    public int RepeatedSyns { get; set; }

    /// <summary>Acknowledged by the other end although the tap missed it: how far; meaningful with <see cref="HasAckedBeyond"/>.</summary>
    public uint AckedBeyond { get; set; }

    public bool HasAckedBeyond { get; set; }

    /// <summary>Timeouts of the same octets, one behind the other.</summary>
    public int TimeoutsInRow { get; set; }

    /// <summary>The first of these.</summary>
    public PacketRef FirstTimeout { get; set; }

    /// <summary>Null without one.</summary>
    public StuckSegment? Stuck { get; set; }

    /// <summary>Null before the first time that the end is watched.</summary>
    public SlowRestarts? Restarts { get; set; }

    /// <summary>Null while round trips are few.</summary>
    public SmallSegments? Small { get; set; }

    /// <summary>A field: it counts in place.</summary>
    public MarkCounts Counts;

    /// <summary>A field: it is filled in place.</summary>
    public MarkedFirsts Firsts;

    public bool IsQuiet => Holes.IsEmpty && Reports == 0 && !IsRecovering && WindowClosedBy.IsNone && !HasAckedBeyond
        && Restarts is not { IsWatching: true };

    /// <summary>To serve another end. What it gave away is forgotten, what it holds alone is kept.</summary>
    public void Clear()
    {
        Trouble = null;
        Holes.Clear();
        IsFlightUnknown = false;
        HoleShownAt = 0;
        RoundTrips = null;
        Sent = null;
        DuplicateAcks = 0;
        DuplicateOf = default;
        Reports = 0;
        FirstReport = default;
        ReportClock = 0;
        HasReportClock = false;
        LastReportAt = 0;
        Sacked.Clear();
        RecoveryPoint = 0;
        IsRecovering = false;
        LastRepeat = default;
        RepeatedAt = 0;
        WindowClosedBy = default;
        WindowOpenedAt = long.MinValue;
        WindowClosedTime = 0;
        ProvenSpurious = 0;
        RepeatedSyns = 0;
        AckedBeyond = 0;
        HasAckedBeyond = false;
        TimeoutsInRow = 0;
        FirstTimeout = default;
        Stuck = null;
        Restarts = null;
        Small?.Clear();
        Counts = default;
        Firsts = default;
    }

    /// <summary>A segment that was stuck has come through: in pieces, or as it was, and then it was loss.</summary>
    public void NotePassed(uint acknowledgment)
    {
        if (Stuck is { PassedInPieces: false } stuck && SequenceNumber.Distance(acknowledgment, stuck.Start) > 0)
        {
            stuck.PassedInPieces = stuck.LastOctets < stuck.Octets;
            Stuck = stuck.PassedInPieces ? stuck : null;
        }
    }
}

/// <summary>
/// The first segment of an end with each of <see cref="SegmentMarks"/> up to WindowFull; none without one. Of retransmissions
/// the first that may show loss: needless ones, SYNs and those that ask for room do not.
/// </summary>
[InlineArray(Length)]
internal struct MarkedFirsts
{
    public const int Length = 12;

    private PacketRef _first;

    public readonly PacketRef Of(SegmentMarks mark) => int.Log2((int)mark) is < Length and var at ? this[at] : default;

    public void Note(SegmentMarks marks, PacketRef packet)
    {
        for (var left = (uint)marks & ((1u << Length) - 1); left != 0; left &= left - 1)
        {
            ref var first = ref this[System.Numerics.BitOperations.TrailingZeroCount(left)];
            first = first.IsNone ? packet : first;
        }
    }
}

/// <summary>A segment that was sent again.</summary>
/// <param name="Clock">Its TSval; meaningful with <paramref name="HasClock"/>.</param>
/// <param name="Marks">What it was taken for.</param>
internal readonly record struct Repeat(
    PacketRef Packet, uint Start, uint End, bool HasClock, uint Clock, SegmentMarks Marks);

/// <summary>How many segments of an end had each of <see cref="SegmentMarks"/>.</summary>
[InlineArray(Length)]
public struct MarkCounts
{
    /// <summary>As many as there are marks.</summary>
    public const int Length = 18;

    private int _first;

    public readonly int Of(SegmentMarks mark) => this[int.Log2((int)mark)];

    internal void Add(SegmentMarks marks)
    {
        for (var left = (uint)marks; left != 0; left &= left - 1)
        {
            this[System.Numerics.BitOperations.TrailingZeroCount(left)]++;
        }
    }
}
