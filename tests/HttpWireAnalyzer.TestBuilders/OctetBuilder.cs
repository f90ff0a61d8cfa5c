using System.Buffers.Binary;

namespace HttpWireAnalyzer.TestBuilders;

/// <summary>Octets written field by field, in either order: what the builders of capture files are made of.</summary>
public sealed class OctetBuilder(bool bigEndian = false)
{
    private readonly List<byte> _octets = [];

    public int Length => _octets.Count;

    public OctetBuilder U16(ushort value)
    {
        Span<byte> octets = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(octets, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Octets(octets);
    }

    public OctetBuilder U32(uint value)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Octets(octets);
    }

    public OctetBuilder U64(ulong value)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(octets, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return Octets(octets);
    }

    public OctetBuilder Octets(ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    /// <summary>Zeros up to a multiple of four octets.</summary>
    public OctetBuilder Pad()
    {
        while (_octets.Count % 4 != 0)
        {
            _octets.Add(0);
        }

        return this;
    }

    public byte[] ToArray() => [.. _octets];
}
