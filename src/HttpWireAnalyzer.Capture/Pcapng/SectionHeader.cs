using System.Globalization;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The block that begins a section, and sets its order of octets (draft-ietf-opsawg-pcapng §4.1).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |                   Block Type = 0x0A0D0D0A                     |  0
/// +---------------------------------------------------------------+
/// |                      Block Total Length                       |  4
/// +---------------------------------------------------------------+
/// |                      Byte-Order Magic                         |  8
/// +---------------------------------------------------------------+
/// |         Major Version         |         Minor Version         | 12
/// +---------------------------------------------------------------+
/// |                        Section Length                         | 16
/// |                                                               |
/// +---------------------------------------------------------------+
/// /                           Options                             / 24
/// </code>
/// The section length is not used: blocks are found one by one, and a writer that died leaves it wrong or -1.
/// </remarks>
internal readonly record struct SectionHeader(ByteOrder Order, BlockFrame Frame, ushort MinorVersion)
{
    public const int MagicOffset = 8;
    public const int MagicEnd = 12;
    public const uint ByteOrderMagic = 0x1a2b3c4d;
    public const ushort MajorVersion = 1;

    private const int MajorOffset = 12;
    private const int MinorOffset = 14;
    private const int LeastLength = 28;

    /// <summary>Draft §4.1: 1.0 is what is written; files that say 1.2 exist and are the same.</summary>
    public bool HasKnownMinorVersion => MinorVersion is 0 or 2;

    /// <param name="needed">How many octets to come back with; set for <see cref="BlockStatus.NeedMore"/>.</param>
    /// <param name="error">Its offset counts from the block.</param>
    public static BlockStatus Parse(
        ReadOnlySpan<byte> octets, out SectionHeader header, out int needed, out FormatError error)
    {
        header = default;
        error = default;
        needed = MagicEnd;
        if (octets.Length < needed)
        {
            return BlockStatus.NeedMore;
        }

        ByteOrder order = new(new ByteOrder(true).U32(octets, MagicOffset) == ByteOrderMagic);
        if (order.U32(octets, MagicOffset) != ByteOrderMagic)
        {
            var found = FormatError.Octets(octets[MagicOffset..MagicEnd]);
            error = new FormatError(MagicOffset, "the byte-order magic 1a2b3c4d in either order", found);
            return BlockStatus.Invalid;
        }

        var frame = BlockFrame.Of(octets, order);
        if (frame.TotalLength < LeastLength || frame.PaddedLength > CaptureLimits.PacketOctets)
        {
            error = new FormatError(
                0,
                $"a section header block of {LeastLength} to {FormatError.Number(CaptureLimits.PacketOctets)} octets",
                $"a block length of {FormatError.Number(frame.TotalLength)}");
            return BlockStatus.Invalid;
        }

        needed = (int)frame.PaddedLength;
        if (octets.Length < needed)
        {
            return BlockStatus.NeedMore;
        }

        header = new SectionHeader(order, frame, order.U16(octets, MinorOffset));
        return header.Check(octets, out error);
    }

    private BlockStatus Check(ReadOnlySpan<byte> octets, out FormatError error)
    {
        error = default;
        var major = Order.U16(octets, MajorOffset);
        if (major != MajorVersion)
        {
            error = new FormatError(MajorOffset, "pcapng version 1.0", string.Create(
                CultureInfo.InvariantCulture, $"{major}.{MinorVersion}"));
            return BlockStatus.Invalid;
        }

        if (!Frame.IsClosedBy(octets, Order))
        {
            var trailer = Order.U32(octets, (int)Frame.PaddedLength - BlockFrame.TrailerLength);
            error = BlockErrors.Unclosed(0, Frame, trailer);
            return BlockStatus.Invalid;
        }

        return BlockStatus.Complete;
    }
}

/// <summary>The three outcomes of reading a block; NeedMore takes nothing.</summary>
internal enum BlockStatus : byte
{
    Complete,
    NeedMore,
    Invalid,
}
