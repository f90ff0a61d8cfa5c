using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>The payload of a segment, with its place in its stream.</summary>
internal readonly ref struct Arrival
{
    public required ConnectionId Connection { get; init; }

    public required Side Sender { get; init; }

    public required PacketRef Packet { get; init; }

    /// <summary>How far the segment acknowledges the other stream; -1 without ACK.</summary>
    public required long Acknowledged { get; init; }

    public required long Offset { get; init; }

    public required ReadOnlySpan<byte> Octets { get; init; }

    public required int LengthOnWire { get; init; }

    /// <summary><see cref="Wire.Tcp.TcpSegment.PayloadSum"/>.</summary>
    public required ushort Sum { get; init; }

    public required HeaderPrint Print { get; init; }

    /// <summary>The part before <paramref name="end"/>, which lies within.</summary>
    public Arrival Until(long end)
    {
        var octets = Octets[..(int)Math.Min(end - Offset, Octets.Length)];
        return new Arrival
        {
            Connection = Connection,
            Sender = Sender,
            Packet = Packet,
            Acknowledged = Acknowledged,
            Offset = Offset,
            Octets = octets,
            LengthOnWire = (int)(end - Offset),
            Sum = SegmentJournal.Sum(octets),
            Print = Print,
        };
    }
}
