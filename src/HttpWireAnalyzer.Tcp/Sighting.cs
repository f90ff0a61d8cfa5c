using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>One segment of one connection: which, whose, when.</summary>
internal readonly record struct Sighting(ConnectionId Connection, Side Sender, PacketRef Packet);
