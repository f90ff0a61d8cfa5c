namespace HttpWireAnalyzer.Wire.Link;

/// <summary>An ARCnet frame, as the BSDs write it (LINKTYPE_ARCNET_BSD) or Linux (LINKTYPE_ARCNET_LINUX).</summary>
/// <remarks>
/// <code>
/// +--------+-------------+------------+------+------+----------+
/// | Source | Destination | Offset (2) | Type | Flag | Sequence |
/// +--------+-------------+------------+------+------+----------+
///                         Linux only          RFC 1201 types only; flag 0xFF: Type to Sequence come again
/// </code>
/// </remarks>
internal readonly ref struct ArcnetFrame
{
    private const int BsdTypeAt = 2;
    private const int LinuxTypeAt = 4;
    private const int NewHeadLength = 4;
    private const byte OldIp = 240;
    private const byte OldArp = 241;
    private const byte Ip = 212;
    private const byte Ipv6 = 196;
    private const byte Exception = 0xFF;

    private ArcnetFrame(int length, Carried carries)
    {
        Length = length;
        Carries = carries;
    }

    public int Length { get; }

    public Carried Carries { get; }

    public static bool TryParse(
        ReadOnlySpan<byte> octets, bool fromLinux, out ArcnetFrame frame, out DecodeError error)
    {
        frame = default;
        error = default;
        var typeAt = fromLinux ? LinuxTypeAt : BsdTypeAt;
        var length = typeAt + 1;
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        var type = octets[typeAt];
        if (type is OldIp or OldArp)
        {
            // RFC 1051: nothing between type and packet.
            frame = new ArcnetFrame(length, type == OldIp ? Carried.Ipv4 : Carried.Other);
            return true;
        }

        length = typeAt + NewHeadLength;
        if (octets.Length > length && octets[typeAt + 1] == Exception)
        {
            length += NewHeadLength;
        }

        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        // RFC 1201 "Fragmentation": a split flag other than 0 marks one of several frames; those are not joined.
        var isSplit = octets[length - NewHeadLength + 1] != 0;
        frame = new ArcnetFrame(length, (type, isSplit) switch
        {
            (Ip, false) => Carried.Ipv4,
            (Ipv6, false) => Carried.Ipv6,
            _ => Carried.Other,
        });
        return true;
    }
}
