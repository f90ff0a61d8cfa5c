using System.Globalization;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcap;

/// <summary>What a pcap file says of itself (draft-ietf-opsawg-pcap §4; libpcap sf-pcap.c for the variants).</summary>
/// <remarks><code>
///  0                   1                   2                   3
/// +---------------------------------------------------------------+
/// |                          Magic Number                         |  0
/// +---------------------------------------------------------------+
/// |         Major Version         |         Minor Version         |  4
/// +---------------------------------------------------------------+
/// |                       Reserved: time zone                     |  8
/// +---------------------------------------------------------------+
/// |                       Reserved: accuracy                      | 12
/// +---------------------------------------------------------------+
/// |                            SnapLen                            | 16
/// +---------------------------------------------------------------+
/// | FCS |r|P|     Reserved        |            LinkType           | 20
/// +---------------------------------------------------------------+
/// </code></remarks>
internal readonly ref struct PcapFileHeader
{
    public const int LinkTypeOffset = 20;

    private const int MajorOffset = 4;
    private const int MinorOffset = 6;
    private const int SnapLengthOffset = 16;
    private const int UsualLength = 24;

    // Both Ixia variants add the total length of all records to the header.
    private const int IxiaLength = 28;

    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    private const uint Modified = 0xa1b2cd34;
    private const uint IxiaHardware = 0x1c0001ac;
    private const uint IxiaSoftware = 0x1c0001ab;

    // The FCS length (4 bits), two flags and ten reserved bits stand above the link type.
    private const uint LinkTypeMask = 0xffff;

    private readonly ReadOnlySpan<byte> _octets;

    private PcapFileHeader(ReadOnlySpan<byte> octets, ByteOrder order)
    {
        _octets = octets;
        Order = order;
    }

    public ByteOrder Order { get; }

    public int Length => LengthOf(Magic);

    /// <summary>What one unit of a record's fraction of a second is worth.</summary>
    public int NanosecondsPerUnit => Magic is Nanoseconds or IxiaHardware ? 1 : 1000;

    public bool HasModifiedRecords => Magic == Modified;

    public uint SnapLength => Order.U32(_octets, SnapLengthOffset);

    public LinkType LinkType => (LinkType)(ushort)(Order.U32(_octets, LinkTypeOffset) & LinkTypeMask);

    public LengthOrder LengthOrder => (Major, Minor) switch
    {
        // Version 2.3 put the captured length first; some programs wrote "2.3" and did not. 543.0 is DG/UX.
        (2, < 3) or (543, _) => LengthOrder.OriginalFirst,
        (2, 3) => LengthOrder.Unsure,
        _ => LengthOrder.CapturedFirst,
    };

    private uint Magic => Order.U32(_octets, 0);

    private ushort Major => Order.U16(_octets, MajorOffset);

    private ushort Minor => Order.U16(_octets, MinorOffset);

    /// <summary>The header's length if these first four octets are a pcap file's; 0 if not.</summary>
    public static int LengthFor(ReadOnlySpan<byte> magic) =>
        Math.Max(LengthOf(new ByteOrder(false).U32(magic, 0)), LengthOf(new ByteOrder(true).U32(magic, 0)));

    public static bool TryParse(ReadOnlySpan<byte> octets, out PcapFileHeader header, out FormatError error)
    {
        header = new PcapFileHeader(octets, new ByteOrder(LengthOf(new ByteOrder(true).U32(octets, 0)) != 0));
        var known = (header.Major, header.Minor) is (2, <= 4) or (543, 0);
        error = known ? default : new FormatError(MajorOffset, "a pcap version from 2.0 to 2.4", string.Create(
            CultureInfo.InvariantCulture, $"{header.Major}.{header.Minor}"));
        return known;
    }

    private static int LengthOf(uint magic) => magic switch
    {
        Microseconds or Nanoseconds or Modified => UsualLength,
        IxiaHardware or IxiaSoftware => IxiaLength,
        _ => 0,
    };
}

/// <summary>Which of a record's two lengths comes first.</summary>
internal enum LengthOrder : byte
{
    CapturedFirst,
    OriginalFirst,

    /// <summary>The smaller of the two is the captured length, as libpcap has it.</summary>
    Unsure,
}
