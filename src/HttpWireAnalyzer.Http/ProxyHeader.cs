using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// The header with which a proxy tells a server whose connection it passes on, before the first message (HAProxy's PROXY
/// protocol, versions 1 and 2).
/// </summary>
internal static class ProxyHeader
{
    /// <summary>What <see cref="LengthOf"/> says of octets that may become a header.</summary>
    public const int NeedMore = -1;

    /// <summary>§2.1: the longest line of version 1, with its end.</summary>
    private const int LongestLine = 107;

    /// <summary>§2.2: signature, version and command, family, and length.</summary>
    private const int FixedPart = 16;

    /// <summary>Of version 2. Addresses take 216 octets at most; a certificate's name and the like come on top.</summary>
    private const int Longest = 4096;

    private static ReadOnlySpan<byte> LineStart => "PROXY "u8;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Octets of the header that a stream begins with; 0 where it begins with something else.</summary>
    public static int LengthOf(ReadOnlySpan<byte> octets) =>
        BeginsAs(octets, LineStart) ? LengthOfLine(octets)
        : BeginsAs(octets, Signature) ? LengthOfBinary(octets)
        : 0;

    private static bool BeginsAs(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> start) =>
        octets.Length < start.Length ? start.StartsWith(octets) : octets.StartsWith(start);

    private static int LengthOfLine(ReadOnlySpan<byte> octets)
    {
        var end = octets[..Math.Min(octets.Length, LongestLine)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return octets.Length < LongestLine ? NeedMore : 0;
        }

        var family = octets[LineStart.Length..end];
        return family.StartsWith("TCP4 "u8) || family.StartsWith("TCP6 "u8) || family.StartsWith("UNKNOWN"u8)
            ? end + 2
            : 0;
    }

    private static int LengthOfBinary(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < FixedPart)
        {
            return NeedMore;
        }

        // Version 2, with one of the two commands: LOCAL and PROXY.
        var length = FixedPart + BinaryPrimitives.ReadUInt16BigEndian(octets[(FixedPart - 2)..]);
        return octets[Signature.Length] is not (0x20 or 0x21) || length > Longest ? 0
            : length <= octets.Length ? length
            : NeedMore;
    }
}
