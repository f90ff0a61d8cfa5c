using System.Text;

namespace HttpWireAnalyzer.TestBuilders;

/// <summary>A pcapng file, built block by block; each section in its own order.</summary>
public sealed class PcapngBytes
{
    public const uint SectionHeader = 0x0a0d0d0a;
    public const uint InterfaceDescription = 1;
    public const uint ObsoletePacket = 2;
    public const uint SimplePacket = 3;
    public const uint NameResolution = 4;
    public const uint InterfaceStatistics = 5;
    public const uint EnhancedPacket = 6;
    public const uint DecryptionSecrets = 10;

    private readonly List<byte> _octets = [];
    private bool _bigEndian;

    /// <summary>Octets so far: where the next block begins.</summary>
    public int Length => _octets.Count;

    public PcapngBytes Section(
        bool bigEndian = false, ushort major = 1, ushort minor = 0, ulong length = ulong.MaxValue)
    {
        _bigEndian = bigEndian;
        return Block(SectionHeader, body => body.U32(0x1a2b3c4d).U16(major).U16(minor).U64(length));
    }

    public PcapngBytes Interface(
        ushort linkType = 1,
        uint snapLength = 0,
        string? name = null,
        string? filter = null,
        byte? resolution = null,
        long? offsetSeconds = null) => Block(InterfaceDescription, body =>
        {
            body.U16(linkType).U16(0).U32(snapLength);
            Option(body, 2, name is null ? null : Encoding.UTF8.GetBytes(name));
            Option(body, 9, resolution is { } exponent ? [exponent] : null);
            Option(body, 11, filter is null ? null : [0, .. Encoding.UTF8.GetBytes(filter)]);
            Option(body, 14, offsetSeconds is { } offset ? New().U64((ulong)offset).ToArray() : null);
            body.U32(0);
        });

    /// <param name="ticks">In the interface's resolution.</param>
    public PcapngBytes Packet(ulong ticks, ReadOnlySpan<byte> octets, uint from = 0, uint? original = null)
    {
        var body = New().U32(from).U32((uint)(ticks >> 32)).U32((uint)ticks)
            .U32((uint)octets.Length).U32(original ?? (uint)octets.Length).Octets(octets).Pad();
        return Block(EnhancedPacket, body.ToArray());
    }

    public PcapngBytes Obsolete(ulong ticks, ReadOnlySpan<byte> octets, ushort from = 0)
    {
        var body = New().U16(from).U16(ushort.MaxValue).U32((uint)(ticks >> 32)).U32((uint)ticks)
            .U32((uint)octets.Length).U32((uint)octets.Length).Octets(octets).Pad();
        return Block(ObsoletePacket, body.ToArray());
    }

    public PcapngBytes Simple(ReadOnlySpan<byte> octets, uint? original = null) =>
        Block(SimplePacket, New().U32(original ?? (uint)octets.Length).Octets(octets).Pad().ToArray());

    public PcapngBytes Statistics(
        uint of, ulong? interfaceDropped = null, ulong? systemDropped = null, ulong? accepted = null, ulong? delivered = null) =>
        Block(InterfaceStatistics, body =>
        {
            body.U32(of).U32(0).U32(0);
            Option(body, 5, interfaceDropped is { } lost ? New().U64(lost).ToArray() : null);
            Option(body, 6, accepted is { } let ? New().U64(let).ToArray() : null);
            Option(body, 7, systemDropped is { } dropped ? New().U64(dropped).ToArray() : null);
            Option(body, 8, delivered is { } given ? New().U64(given).ToArray() : null);
            body.U32(0);
        });

    public PcapngBytes Block(uint type, Action<OctetBuilder> write)
    {
        var body = New();
        write(body);
        return Block(type, body.ToArray());
    }

    /// <summary>A block of any type; its lengths are right unless given.</summary>
    public PcapngBytes Block(uint type, ReadOnlySpan<byte> body, uint? length = null, uint? trailer = null)
    {
        var right = (uint)body.Length + 12;
        return Raw(New().U32(type).U32(length ?? right).Octets(body).U32(trailer ?? length ?? right).ToArray());
    }

    public PcapngBytes Raw(ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public byte[] ToArray() => [.. _octets];

    private OctetBuilder New() => new(_bigEndian);

    private static void Option(OctetBuilder body, ushort type, byte[]? value)
    {
        if (value is not null)
        {
            body.U16(type).U16((ushort)value.Length).Octets(value).Pad();
        }
    }
}
