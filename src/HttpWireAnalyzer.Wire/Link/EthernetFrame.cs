using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>An Ethernet II or IEEE 802.3 header (RFC 894, RFC 1042).</summary>
/// <remarks>
/// <code>
/// +-------------------------+--------------------+-------------------------+
/// | Destination Address (6) | Source Address (6) | EtherType or Length (2) |
/// +-------------------------+--------------------+-------------------------+
/// </code>
/// </remarks>
internal readonly ref struct EthernetFrame
{
    public const int Length = 14;
    public const int TypeAt = 12;

    private readonly ReadOnlySpan<byte> _octets;

    private EthernetFrame(ReadOnlySpan<byte> octets) => _octets = octets;

    public ushort TypeOrLength => NetworkOrder.U16(_octets, TypeAt);

    public Carried Carries => TypeOrLength < EtherType.Least ? Carried.Llc : EtherType.Carries(TypeOrLength);

    /// <param name="error">Meaningful where it could not be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> octets, out EthernetFrame frame, out DecodeError error)
    {
        if (octets.Length < Length)
        {
            frame = default;
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        frame = new EthernetFrame(octets);
        Unsafe.SkipInit(out error);
        return true;
    }

    /// <summary>Whether octets that another header promised to be Ethernet plausibly are.</summary>
    public static bool LooksValid(ReadOnlySpan<byte> octets) =>
        TryParse(octets, out var frame, out _) && EtherType.IsCommon(frame.TypeOrLength);
}
