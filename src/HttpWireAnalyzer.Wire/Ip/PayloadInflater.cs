using System.IO.Compression;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The step into a payload compressed with DEFLATE (RFC 3173, RFC 2394).</summary>
/// <remarks>
/// Rare enough that it may allocate. What does not inflate to a plausible packet is opaque, as ESP is.
/// </remarks>
internal sealed class PayloadInflater
{
    /// <summary>It was an IP payload before it was compressed, so it had a 16-bit length.</summary>
    private const int LargestPayload = 65_535;

    private byte[] _inflated = [];

    public Carried Take(ref PacketWalk walk)
    {
        if (!CompressionHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(CompressionHeader.Length);
        if (!header.MayBeDeflate || walk.Octets.Length < walk.LengthOnWire)
        {
            return Carried.Other;
        }

        var inflated = Inflate(walk.Octets);
        var next = IpProtocol.Carries(header.NextHeader);
        var isPlausible = next switch
        {
            Carried.Ipv4 => Ipv4Header.LooksValid(inflated),
            Carried.Ipv6 => Ipv6Header.LooksValid(inflated, inflated.Length),
            Carried.Tcp => TcpHeader.TryParse(inflated, out _, out var length, out _) && length <= inflated.Length,
            _ => false,
        };
        if (!isPlausible)
        {
            return Carried.Other;
        }

        walk.Octets = inflated;
        walk.LengthOnWire = inflated.Length;
        walk.Offset = 0;
        return next;
    }

    private ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> octets)
    {
        if (_inflated.Length == 0)
        {
            _inflated = new byte[LargestPayload];
        }

        try
        {
            using var deflated = new MemoryStream(octets.ToArray());
            using var stream = new DeflateStream(deflated, CompressionMode.Decompress);
            return _inflated.AsSpan(0, stream.ReadAtLeast(_inflated, LargestPayload, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            // Another algorithm, or damaged: the library's one way to say so.
            return [];
        }
    }
}
