using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Octets of one stream, in order, each exactly once. Lives only during the call that hands it over.</summary>
public readonly ref struct StreamChunk
{
    public required ConnectionId Connection { get; init; }

    public required Side Sender { get; init; }

    /// <summary>Octets of this stream before the chunk: 64 bits from the first octet after the SYN, never wraps.</summary>
    public required long Offset { get; init; }

    /// <summary>The same behind it.</summary>
    public long EndOffset => Offset + Octets.Length;

    /// <summary>The packet that brought the octets, which may be older than the one that made them contiguous.</summary>
    public required PacketRef Packet { get; init; }

    /// <summary>The packet that made the octets contiguous: the time at which the receiver could read them.</summary>
    public required PacketRef Contiguous { get; init; }

    /// <summary>How far the sender had acknowledged the other stream in <see cref="Packet"/>; -1 if not at all.</summary>
    public required long Acknowledged { get; init; }

    public required ReadOnlySpan<byte> Octets { get; init; }
}

/// <summary>Octets that the receiver had and the capture has not, or that were dropped to stay in the memory limit.</summary>
/// <remarks>
/// A trailing gap may be one octet too long: what was acknowledged included a FIN that was seen only later. Then the
/// stream's end stands one octet before the gap's, and is right.
/// </remarks>
/// <param name="NoticedAt">The packet that first acknowledged them; where none did, the one behind which no more comes.</param>
public readonly record struct StreamGap(
    ConnectionId Connection, Side Sender, long Offset, long Length, GapCause Cause, PacketRef NoticedAt);

/// <summary>Why octets are missing.</summary>
public enum GapCause : byte
{
    /// <summary>The receiver acknowledged them; the capture did not see them.</summary>
    Acknowledged,

    /// <summary>The connection, or the capture, ended with octets missing before others.</summary>
    Ended,

    /// <summary>The snap length cut them off.</summary>
    SnapLength,

    /// <summary>More octets waited behind the hole than <see cref="TrackerLimits"/> allows.</summary>
    MemoryLimit,
}

/// <summary>
/// The end of one stream. After a FIN no chunk follows; after a RST those may follow that were in flight when it
/// passed: sent, and never read.
/// </summary>
public readonly record struct StreamEnd(
    ConnectionId Connection, Side Sender, long Offset, StreamEndCause Cause, PacketRef Packet);

/// <summary>What ended a stream.</summary>
public enum StreamEndCause : byte
{
    /// <summary>The sender's FIN, in order.</summary>
    Fin,

    /// <summary>An acceptable RST from either end.</summary>
    Reset,

    /// <summary>Nothing: the capture ends, or the 4-tuple was used again.</summary>
    CaptureEnd,
}
