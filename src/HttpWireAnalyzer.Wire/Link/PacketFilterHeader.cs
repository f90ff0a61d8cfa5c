namespace HttpWireAnalyzer.Wire.Link;

/// <summary>What the log of the BSDs' packet filter, pf, says of a packet before it (LINKTYPE_PFLOG).</summary>
/// <remarks>
/// <code>
/// +------------+--------------------+------------+------------+---------------
/// | Length (1) | Address family (1) | Action (1) | Reason (1) | Interface ...
/// +------------+--------------------+------------+------------+---------------
///  without padding to a multiple of four
/// </code>
/// </remarks>
internal readonly ref struct PacketFilterHeader
{
    /// <summary>That of OpenBSD 3.4; each version since has more behind it.</summary>
    private const int MinimumLength = 45;

    private const int FamilyAt = 1;

    private readonly byte _family;

    private PacketFilterHeader(byte family, int length)
    {
        _family = family;
        Length = length;
    }

    /// <summary>With padding.</summary>
    public int Length { get; }

    public Carried Carries => BsdLoopback.CarriesOf(_family);

    public static bool TryParse(ReadOnlySpan<byte> octets, out PacketFilterHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var length = octets.IsEmpty ? MinimumLength : octets[0];
        if (length < MinimumLength)
        {
            error = DecodeError.TooSmall(Layer.Link, MinimumLength, length);
            return false;
        }

        var padded = (length + 3) & ~3;
        if (octets.Length < padded)
        {
            error = DecodeError.Truncated(Layer.Link, padded, octets.Length);
            return false;
        }

        header = new PacketFilterHeader(octets[FamilyAt], padded);
        return true;
    }
}
