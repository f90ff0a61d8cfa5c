namespace HttpWireAnalyzer.TestBuilders;

/// <summary>A pcap file, built octet by octet: any magic, either order, and every field open to being wrong.</summary>
public sealed class PcapBytes
{
    public const uint Microseconds = 0xa1b2c3d4;
    public const uint Nanoseconds = 0xa1b23c4d;
    public const uint Modified = 0xa1b2cd34;
    public const uint IxiaHardware = 0x1c0001ac;
    public const uint IxiaSoftware = 0x1c0001ab;

    private readonly OctetBuilder _octets;
    private readonly bool _modified;

    public PcapBytes(
        uint magic = Microseconds,
        bool bigEndian = false,
        ushort major = 2,
        ushort minor = 4,
        uint snapLength = 65535,
        uint linkType = 1)
    {
        _modified = magic == Modified;
        _octets = new OctetBuilder(bigEndian);
        _octets.U32(magic).U16(major).U16(minor).U32(0).U32(0).U32(snapLength).U32(linkType);
        if (magic is IxiaHardware or IxiaSoftware)
        {
            _octets.U32(0);
        }
    }

    /// <summary>Octets so far: where the next record begins.</summary>
    public int Length => _octets.Length;

    /// <param name="fraction">In the unit of the magic.</param>
    /// <param name="original">The length on the wire; as many as <paramref name="octets"/> where not given.</param>
    public PcapBytes Packet(uint seconds, uint fraction, ReadOnlySpan<byte> octets, uint? original = null) =>
        Record(seconds, fraction, (uint)octets.Length, original ?? (uint)octets.Length, octets);

    /// <summary>A record whose two lengths are as given, whatever follows.</summary>
    public PcapBytes Record(uint seconds, uint fraction, uint firstLength, uint secondLength, ReadOnlySpan<byte> octets)
    {
        _octets.U32(seconds).U32(fraction).U32(firstLength).U32(secondLength);
        if (_modified)
        {
            _octets.U32(7).U16(0x0800).U16(0);
        }

        _octets.Octets(octets);
        return this;
    }

    public PcapBytes Raw(ReadOnlySpan<byte> octets)
    {
        _octets.Octets(octets);
        return this;
    }

    public byte[] ToArray() => _octets.ToArray();
}
