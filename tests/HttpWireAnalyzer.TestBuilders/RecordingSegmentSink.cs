using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.TestBuilders;

/// <summary>A copy of a segment, which itself lives only during the call.</summary>
public sealed record RecordedSegment(
    PacketRef Packet,
    Endpoint Source,
    Endpoint Destination,
    SequenceNumber Sequence,
    SequenceNumber Acknowledgment,
    TcpFlags Flags,
    int HeaderLength,
    byte[] Payload,
    int PayloadLengthOnWire,
    ChecksumVerdict Checksum,
    ushort PayloadSum,
    byte TimeToLive,
    Encapsulation Encapsulation);

/// <summary>Keeps what a decoder hands over.</summary>
public sealed class RecordingSegmentSink : ISegmentSink
{
    public List<RecordedSegment> Segments { get; } = [];

    public List<IcmpError> IcmpErrors { get; } = [];

    public List<(PacketRef Packet, OtherPacket Kind)> Others { get; } = [];

    public List<UndecodablePacket> Undecodable { get; } = [];

    public int Calls => Segments.Count + IcmpErrors.Count + Others.Count + Undecodable.Count;

    public void OnSegment(in TcpSegment segment) => Segments.Add(new RecordedSegment(
        segment.Packet,
        segment.Source,
        segment.Destination,
        segment.Header.Sequence,
        segment.Header.Acknowledgment,
        segment.Header.Flags,
        segment.Header.Length,
        segment.Payload.ToArray(),
        segment.PayloadLengthOnWire,
        segment.Checksum,
        segment.PayloadSum,
        segment.TimeToLive,
        segment.Encapsulation));

    public void OnIcmpError(in IcmpError error) => IcmpErrors.Add(error);

    public void OnOther(PacketRef packet, OtherPacket kind) => Others.Add((packet, kind));

    public void OnUndecodable(in UndecodablePacket packet) => Undecodable.Add(packet);
}
