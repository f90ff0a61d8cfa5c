using System.Buffers.Binary;

namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>The check of RFC 1952 §8, eight octets at a time; the platform has none outside a package.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private const int Slices = 8;

    private static readonly uint[] Tables = MakeTables();

    /// <param name="crc">0 at the start, or what the octets before gave.</param>
    public static uint Update(uint crc, ReadOnlySpan<byte> octets)
    {
        var tables = Tables;
        crc = ~crc;
        while (octets.Length >= Slices)
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(octets);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(octets[4..]);
            crc = tables[0x700 + (low & 0xff)] ^ tables[0x600 + ((low >> 8) & 0xff)]
                ^ tables[0x500 + ((low >> 16) & 0xff)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (high & 0xff)] ^ tables[0x200 + ((high >> 8) & 0xff)]
                ^ tables[0x100 + ((high >> 16) & 0xff)] ^ tables[high >> 24];
            octets = octets[Slices..];
        }

        foreach (var octet in octets)
        {
            crc = (crc >> 8) ^ tables[(crc ^ octet) & 0xff];
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[Slices * 256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            var before = tables[i - 256];
            tables[i] = (before >> 8) ^ tables[before & 0xff];
        }

        return tables;
    }
}
