using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>Where the idle reader of one stream stands.</summary>
/// <param name="HuntFrom">Where the octets began that are passed over; meaningful in Hunt.</param>
internal readonly record struct ReaderPlace(long Position, ReaderState State, long HuntFrom, PacketRef HuntSince);
