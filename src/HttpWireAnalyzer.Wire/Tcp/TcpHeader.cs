using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>The TCP header (RFC 9293 §3.1), options included.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |          Source Port          |       Destination Port        |
/// +-------------------------------+-------------------------------+
/// |                        Sequence Number                        |
/// +---------------------------------------------------------------+
/// |                    Acknowledgment Number                      |
/// +-------+-------+---------------+-------------------------------+
/// | DOfs  | Rsrv  | Control bits  |            Window             |
/// +-------+-------+---------------+-------------------------------+
/// |           Checksum            |         Urgent Pointer        |
/// +-------------------------------+-------------------------------+
/// |                           [Options]                           |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
public readonly ref struct TcpHeader
{
    public const int MinimumLength = 20;

    private const int DestinationPortAt = 2;
    private const int SequenceAt = 4;
    private const int AcknowledgmentAt = 8;
    private const int DataOffsetAt = 12;
    private const int WindowAt = 14;
    private const int ChecksumAt = 16;
    private const int UrgentPointerAt = 18;

    private readonly ReadOnlySpan<byte> _octets;

    private TcpHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public ushort SourcePort => NetworkOrder.U16(_octets, 0);

    public ushort DestinationPort => NetworkOrder.U16(_octets, DestinationPortAt);

    /// <summary>Both ports in one number, the source above.</summary>
    internal uint Ports => NetworkOrder.U32(_octets, 0);

    public SequenceNumber Sequence => new(NetworkOrder.U32(_octets, SequenceAt));

    public SequenceNumber Acknowledgment => new(NetworkOrder.U32(_octets, AcknowledgmentAt));

    public TcpFlags Flags =>
        (TcpFlags)(NetworkOrder.U16(_octets, DataOffsetAt) & 0x01FF);

    /// <summary>As sent: not yet shifted by the window scale (RFC 7323 §2.2).</summary>
    public ushort Window => NetworkOrder.U16(_octets, WindowAt);

    public ushort Checksum => NetworkOrder.U16(_octets, ChecksumAt);

    public ushort UrgentPointer => NetworkOrder.U16(_octets, UrgentPointerAt);

    /// <summary>All of it, as captured.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>The captured part of the options.</summary>
    public ReadOnlySpan<byte> Options => _octets[MinimumLength..];

    /// <summary>The snap length cut them: what is not there may have been.</summary>
    public bool AreOptionsCut => _octets.Length < (_octets[DataOffsetAt] >> 4) * 4;

    /// <summary>Header octets, options included: 20 to 60.</summary>
    public int Length => _octets.Length;

    /// <summary>
    /// Reads the header at the start of <paramref name="octets"/>. Options may be cut by the capture: then
    /// <see cref="Length"/> is what was captured.
    /// </summary>
    /// <param name="error">Meaningful where it could not be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> octets, out TcpHeader header, out int lengthOnWire, out DecodeError error)
    {
        lengthOnWire = octets.Length < MinimumLength ? 0 : (octets[DataOffsetAt] >> 4) * 4;
        if (lengthOnWire < MinimumLength)
        {
            header = default;
            error = ErrorOf(octets, lengthOnWire);
            return false;
        }

        header = new TcpHeader(octets[..Math.Min(lengthOnWire, octets.Length)]);
        Unsafe.SkipInit(out error);
        return true;
    }

    /// <summary>All that can be had of a header that is not whole, or that cannot be.</summary>
    internal static bool TryReadPorts(ReadOnlySpan<byte> octets, out ushort source, out ushort destination)
    {
        var hasPorts = octets.Length >= SequenceAt;
        source = hasPorts ? NetworkOrder.U16(octets, 0) : (ushort)0;
        destination = hasPorts ? NetworkOrder.U16(octets, DestinationPortAt) : (ushort)0;
        return hasPorts;
    }

    private static DecodeError ErrorOf(ReadOnlySpan<byte> octets, int lengthOnWire) => octets.Length < MinimumLength
        ? DecodeError.Truncated(Layer.Tcp, MinimumLength, octets.Length)
        : DecodeError.TooSmall(Layer.Tcp, MinimumLength, lengthOnWire);
}
