using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire;

/// <summary>A packet that could not be read to the end, and why. It changes nothing for the connection that it names.</summary>
/// <param name="Ends">Null where it was not TCP's header that failed, or too little of it was there.</param>
public readonly record struct UndecodablePacket(PacketRef Packet, DecodeError Error, SegmentEnds? Ends);

/// <summary>Where a segment came from, and where it was going to.</summary>
public readonly record struct SegmentEnds(Endpoint Source, Endpoint Destination);
