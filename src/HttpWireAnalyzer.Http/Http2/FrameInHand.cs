using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The frame that a reader is in: what its header said, and which packets brought its first octet.</summary>
/// <param name="Offset">Stream offset of the header.</param>
/// <param name="Start">The packet that made the first octet contiguous.</param>
internal readonly record struct FrameInHand(
    Http2FrameType Type, Http2FrameFlags Flags, int Stream, int Length, long Offset, PacketRef Start)
{
    public long EndOffset => Offset + Http2FrameHeader.Octets + Length;

    public bool Has(Http2FrameFlags flag) => (Flags & flag) != 0;

    /// <summary>The sender's last frame of its message.</summary>
    public bool EndsStream => Type is Http2FrameType.Data or Http2FrameType.Headers && Has(Http2FrameFlags.EndStream);
}
