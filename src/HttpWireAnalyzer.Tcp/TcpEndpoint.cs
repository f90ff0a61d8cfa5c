using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>One end of a live connection: its stream, its state, its counts.</summary>
internal struct TcpEndpoint
{
    /// <summary>The SYN has no window scale option.</summary>
    public const sbyte NoScale = -1;

    /// <summary>The snap length cut the SYN's options before one.</summary>
    public const sbyte UnknownScale = -2;

    /// <summary>A quarter of the sequence space, for a FIN that stands before the octets known.</summary>
    private const long FarthestBefore = 1L << 30;

    /// <summary>How far the other end acknowledged this stream; -1 before the first acknowledgment.</summary>
    public long Acked;

    /// <summary>How much of the other stream there was when this end last sent new octets.</summary>
    public long HeardAtLastData;

    /// <summary>What most streams never need: null until the first octet out of order.</summary>
    public readonly StreamTrouble? Trouble => Diagnosis.Detail?.Trouble;

    // 13 octets; the two fields behind it fill the 16.
    private KeptPacket _last;

    public byte TimeToLive;
    public ushort MaximumSegmentSize;

    /// <summary>The lower half of <see cref="FinOffset"/>.</summary>
    private uint _finOffset;

    /// <summary>Newest entry of this stream in the <see cref="SegmentJournal"/>; 0 without one.</summary>
    public uint LastJournal;

    public int Packets;

    /// <summary>Sequence number of stream offset 0.</summary>
    public uint Base;

    public EndFlags Flags;
    public HistoryLetters Letters;
    public TcpState State;
    public StateBasis Basis;

    /// <summary>As its SYN has it: 0 to 14, or <see cref="NoScale"/>, or <see cref="UnknownScale"/>.</summary>
    public sbyte WindowScale;
    public EndOptions Options;

    /// <summary>Stream offset of the next octet expected in order: all before it were handed on or given up.</summary>
    public long Next;

    /// <summary>Stream offset after the last octet seen, in order or not: never below <see cref="Next"/>.</summary>
    public long Max
    {
        readonly get => Trouble is { } trouble ? long.Max(Next, trouble.Max) : Next;
        set
        {
            // Only what is out of order is beyond Next.
            if (Trouble is { } trouble)
            {
                trouble.Max = value;
            }
        }
    }

    /// <summary>
    /// Where the FIN stands; meaningful with <see cref="EndFlags.FinSeen"/>. Seldom before <see cref="Next"/>, and never
    /// so far behind it as the range that 32 bits tell apart: a sequence number is within 2^31.
    /// </summary>
    public long FinOffset
    {
        readonly get
        {
            var least = Next - FarthestBefore;
            return unchecked(least + (_finOffset - (uint)least));
        }

        set => _finOffset = unchecked((uint)value);
    }

    /// <summary>How well TCP does for this end.</summary>
    public EndDiagnosis Diagnosis;

    /// <summary>The last segment of any kind.</summary>
    public PacketRef Last
    {
        readonly get => _last.Packet;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _last = new KeptPacket(value);
    }

    public readonly bool Has(EndFlags flag) => (Flags & flag) != 0;

    /// <summary>All octets before its FIN were handed on or given up.</summary>
    public readonly bool IsFinReached => Has(EndFlags.FinSeen) && Next >= FinOffset;

    /// <inheritdoc cref="EndSummary.HasUnseenFin"/>
    public readonly bool HasUnseenFin => Acked == Next + 1 && Packets > 0
        && !Has(EndFlags.FinSeen) && Trouble is not { HasWaiting: true };

    /// <summary>Offsets of octets that the other end may still acknowledge: the FIN takes one (RFC 9293 §3.4).</summary>
    public readonly long EndOfSequence => Has(EndFlags.FinSeen) ? FinOffset + 1 : Max;

    /// <summary>The other end acknowledged octets that the capture has not seen, or not yet.</summary>
    public readonly bool IsHoleProven
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Acked > Next && IsMoreThanFin;
    }

    // One octet more than there is, and nothing behind it, may be a FIN that the capture missed.
    private readonly bool IsMoreThanFin =>
        Has(EndFlags.FinSeen) ? Next < FinOffset : Acked > Next + 1 || Trouble is { HasWaiting: true };

    /// <summary>The stream offset of a sequence number, the short way round from what is expected next.</summary>
    public readonly long OffsetOf(uint sequence) => OffsetOf(sequence, Base, Next);

    /// <summary>The same of a stream whose offset 0 is at <paramref name="start"/>, near to <paramref name="next"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OffsetOf(uint sequence, uint start, long next) =>
        next + SequenceNumber.Distance(sequence, unchecked(start + (uint)next));

    /// <summary>By how many bits the windows that this end offers are scaled, but for those in SYNs; -1 where that is not known.</summary>
    /// <remarks>RFC 7323 §2.2: only if both SYNs offered it.</remarks>
    public readonly int WindowScaleToward(in TcpEndpoint other) =>
        !Has(EndFlags.SynSeen) || !other.Has(EndFlags.SynSeen) ? -1
        : WindowScale == NoScale || other.WindowScale == NoScale ? 0
        : WindowScale == UnknownScale || other.WindowScale == UnknownScale ? -1
        : WindowScale;

    /// <summary>Gives offset 0 to <paramref name="sequence"/>; offsets already known move with it.</summary>
    public void Rebase(uint sequence)
    {
        if (Acked >= 0)
        {
            Acked += SequenceNumber.Distance(Base, sequence);
        }

        if (Has(EndFlags.FinSeen))
        {
            FinOffset += SequenceNumber.Distance(Base, sequence);
        }

        Base = sequence;
    }
}

/// <summary>What is known of one end.</summary>
[Flags]
internal enum EndFlags : ushort
{
    None = 0,

    /// <summary>Base comes from a segment of this end.</summary>
    BaseKnown = 1,

    /// <summary>Base comes from an acknowledgment of the other end: its own first segment corrects it.</summary>
    BaseGuessed = 2,

    SynSeen = 4,
    FinSeen = 8,

    /// <summary>The other end acknowledged the FIN.</summary>
    FinAcked = 16,

    /// <summary>The FIN is in order: all octets before it were handed on or given up.</summary>
    FinInOrder = 32,

    /// <summary>The end of the stream was handed on.</summary>
    Ended = 64,

    /// <summary>The last segment was a keep-alive probe of this end.</summary>
    ProbeSent = 128,

    /// <summary>The state is or was TIME-WAIT.</summary>
    HeldTimeWait = 256,

    /// <summary>It sent a SYN without ACK.</summary>
    SynSent = 512,

    /// <summary>It sent a SYN with ACK.</summary>
    SynAckSent = 1024,

    /// <summary>Its RST was obeyed, or ought to have been.</summary>
    RstSeen = 2048,

    /// <summary><see cref="UsualSegments"/> may take segments from and to this end: settled whenever one went the whole way.</summary>
    Quiet = 4096,

    /// <summary>Its first segment was a SYN on a 4-tuple that a connection had before.</summary>
    PortsReused = 8192,

    /// <summary>That SYN came while the connection before it was open, and which of them is meant is not settled yet.</summary>
    TookOver = 16384,

    /// <summary>A segment of it had a wrong checksum, and not one that is left to a network card.</summary>
    Damaged = 32768,
}
