using System.Numerics;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Http;

/// <summary>CRC-32C (RFC 3720 appendix B.4) of the octets that a body begins with, whatever the cuts between chunks.</summary>
internal struct BodyDigest
{
    /// <summary>
    /// Octets that are looked at. Forms and JSON documents are shorter; two long uploads that agree so far are one.
    /// </summary>
    public const int OctetLimit = 64 * 1024;

    private uint _inverted;
    private int _left;

    /// <summary>0 without octets, and where one is missing.</summary>
    public readonly uint Value => ~_inverted;

    /// <summary>Of nothing, and never of anything.</summary>
    public static BodyDigest None => new() { _inverted = uint.MaxValue };

    /// <summary>Of nothing yet.</summary>
    public static BodyDigest Begin() => None with { _left = OctetLimit };

    public void Add(ReadOnlySpan<byte> octets)
    {
        octets = octets[..Math.Min(octets.Length, _left)];
        _left -= octets.Length;
        var crc = _inverted;
        var words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var octet in octets[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, octet);
        }

        _inverted = crc;
    }

    /// <summary>Octets are not there: of the rest no digest can be compared with another.</summary>
    public void Miss()
    {
        if (_left > 0)
        {
            this = None;
        }
    }
}
