using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>What diagnosis needs of one segment.</summary>
internal readonly ref struct ExaminedSegment
{
    public const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;

    public ExaminedSegment(in TcpSegment segment, bool hasAck)
    {
        var header = segment.Header;
        Packet = segment.Packet;
        Flags = header.Flags;
        Sequence = header.Sequence.Value;
        Length = segment.PayloadLengthOnWire;
        Acknowledgment = header.Acknowledgment.Value;
        HasAck = hasAck;
        Window = header.Window;
        Identification = segment.Identification;
        OptionOctets = header.Options;
        // RFC 9293 §3.4: SYN and FIN take a place each.
        var places = (uint)Length + (IsSyn ? 1u : 0) + ((Flags & TcpFlags.Fin) != 0 ? 1u : 0);
        End = unchecked(Sequence + places);
    }

    public PacketRef Packet { get; }

    public TcpFlags Flags { get; }

    public uint Sequence { get; }

    /// <summary>Sequence number after all that the segment takes.</summary>
    public uint End { get; }

    /// <summary>Payload octets on the wire.</summary>
    public int Length { get; }

    public uint Acknowledgment { get; }

    /// <summary>It acknowledges something that can be.</summary>
    public bool HasAck { get; }

    public ushort Window { get; }

    /// <inheritdoc cref="SegmentMeasures.Identification"/>
    public ushort Identification { get; }

    /// <summary>Read anew each time: where nothing is out of the ordinary, nobody asks.</summary>
    public TcpOptions Options => TcpOptions.Read(OptionOctets);

    public ReadOnlySpan<byte> OptionOctets { get; }

    public int SackBlocks => TcpOptions.MayHaveSack(OptionOctets) ? Options.SackBlocks : 0;

    public bool IsSyn => (Flags & TcpFlags.Syn) != 0;

    /// <summary>Neither SYN, FIN nor RST.</summary>
    public bool IsPlain => (Flags & Control) == 0;

    /// <summary>It takes places in the stream.</summary>
    public bool IsCounted => End != Sequence;

    public long Now => Packet.Time.Nanoseconds;
}
