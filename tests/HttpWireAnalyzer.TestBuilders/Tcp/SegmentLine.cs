using System.Buffers.Binary;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.TestBuilders.Tcp;

/// <summary>A TCP segment as a value that can be kept, written into header octets when it is played.</summary>
public sealed record SegmentLine(Endpoint Source, Endpoint Destination, uint Sequence, TcpFlags Flags)
{
    public uint Acknowledgment { get; init; }

    public ushort Window { get; init; } = 65_000;

    /// <summary>A multiple of four octets.</summary>
    public byte[] Options { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    /// <summary>Payload octets before the capture cut it; 0 for as many as there are.</summary>
    public int LengthOnWire { get; init; }

    public ChecksumVerdict Checksum { get; init; } = ChecksumVerdict.Good;

    /// <summary>Of the IPv4 header; 0 as in IPv6, which has none.</summary>
    public ushort Identification { get; init; }

    /// <summary>Nothing is allocated: a line can be played again, its numbers moved on.</summary>
    public void PlayInto(ISegmentSink sink, PacketRef packet, uint advance = 0, uint advanceAcknowledgment = 0)
    {
        Span<byte> octets = stackalloc byte[60];
        octets = octets[..(TcpHeader.MinimumLength + Options.Length)];
        Write(octets, unchecked(Sequence + advance), unchecked(Acknowledgment + advanceAcknowledgment));
        if (!TcpHeader.TryParse(octets, out var header, out _, out _))
        {
            throw new InvalidOperationException("The test wrote a header that is none.");
        }

        var addresses = new AddressPair(Source.Address, Destination.Address);
        sink.OnSegment(new TcpSegment(
            packet, new TupleKey(Source, Destination), addresses, Encapsulation.None, header, Payload,
            new SegmentMeasures(
                Math.Max(LengthOnWire, Payload.Length), Sum(Payload), Checksum, TimeToLive: 64, Identification)));
    }

    private void Write(Span<byte> octets, uint sequence, uint acknowledgment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], Destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(octets[8..], acknowledgment);
        BinaryPrimitives.WriteUInt16BigEndian(octets[12..], (ushort)((octets.Length / 4 << 12) | (int)Flags));
        BinaryPrimitives.WriteUInt16BigEndian(octets[14..], Window);
        octets[16..TcpHeader.MinimumLength].Clear();
        Options.CopyTo(octets[TcpHeader.MinimumLength..]);
    }

    // RFC 1071, written differently from the product's on purpose.
    private static ushort Sum(ReadOnlySpan<byte> octets)
    {
        var sum = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            sum += octets[i] * (i % 2 == 0 ? 256 : 1);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)sum;
    }
}
