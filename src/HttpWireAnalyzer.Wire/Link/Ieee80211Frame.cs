using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The head of an 802.11 data frame; LLC follows (IEEE 802.11-2020 §9.3.2.1).</summary>
/// <remarks>
/// <code>
/// +---------------+----------+-----+-----+-----+----------+-------------+---------+--------+
/// | Frame control | Duration | A1  | A2  | A3  | Sequence | A4          | QoS     | HT     |
/// |      (2)      |   (2)    | (6) | (6) | (6) |   (2)    | (6) to+from | (2)     | (4)    |
/// +---------------+----------+-----+-----+-----+----------+-------------+---------+--------+
/// </code>
/// </remarks>
internal readonly ref struct Ieee80211Frame
{
    private const int FixedLength = 24;
    private const int ControlLength = 2;
    private const int ControlFrameLength = 10;
    private const int SequenceAt = 22;
    private const int AddressLength = 6;
    private const int QosLength = 2;
    private const int HighThroughputLength = 4;
    private const ushort TypeMask = 0x000C;
    private const ushort DataType = 0x0008;
    private const ushort NoData = 0x0040;
    private const ushort Qos = 0x0080;
    private const ushort ToAndFromSystem = 0x0300;
    private const ushort MoreFragments = 0x0400;
    private const ushort Protected = 0x4000;
    private const ushort Order = 0x8000;
    private const byte FragmentMask = 0x0F;
    private const byte AggregatedUnit = 0x80;

    private Ieee80211Frame(int length, bool isReadable)
    {
        Length = length;
        IsReadable = isReadable;
    }

    public int Length { get; }

    /// <summary>
    /// A whole data unit in the clear. Management and control frames, encrypted ones, fragments and aggregates
    /// (A-MSDU, several packets in one frame) are not.
    /// </summary>
    public bool IsReadable { get; }

    /// <param name="isSwapped">The two octets of the frame control stand the other way round.</param>
    public static bool TryParse(ReadOnlySpan<byte> octets, bool isSwapped, out Ieee80211Frame frame, out DecodeError error)
    {
        frame = default;
        error = default;
        var control = ControlOf(octets, isSwapped);
        var isData = (control & TypeMask) == DataType;
        var needed = isData ? LengthOf(control) : ControlFrameLength;
        if (octets.Length < needed)
        {
            error = DecodeError.Truncated(Layer.Link, needed, octets.Length);
            return false;
        }

        if (isData)
        {
            var qosAt = needed - (HasHighThroughput(control) ? HighThroughputLength : 0) - QosLength;
            var isWhole = (control & MoreFragments) == 0 && (octets[SequenceAt] & FragmentMask) == 0;
            var isAggregate = (control & Qos) != 0 && (octets[qosAt] & AggregatedUnit) != 0;
            var isClear = (control & (Protected | NoData)) == 0;
            frame = new Ieee80211Frame(needed, isWhole && isClear && !isAggregate);
        }

        return true;
    }

    /// <summary>Whether octets that another header promised to be such a frame plausibly are, with a packet in it.</summary>
    public static bool LooksValid(ReadOnlySpan<byte> octets, bool isSwapped) =>
        TryParse(octets, isSwapped, out var frame, out _) && frame.IsReadable
        && LlcHeader.TryParse(octets[frame.Length..], out var header, out _) && header.Carries != Carried.Other;

    private static ushort ControlOf(ReadOnlySpan<byte> octets, bool isSwapped) =>
        octets.Length < ControlLength ? (ushort)0
        : isSwapped ? BinaryPrimitives.ReadUInt16BigEndian(octets)
        : BinaryPrimitives.ReadUInt16LittleEndian(octets);

    private static int LengthOf(ushort control) => FixedLength
        + ((control & ToAndFromSystem) == ToAndFromSystem ? AddressLength : 0)
        + ((control & Qos) != 0 ? QosLength : 0)
        + (HasHighThroughput(control) ? HighThroughputLength : 0);

    // §9.2.4.1.10: in QoS data the +HTC/Order bit says that HT Control is there.
    private static bool HasHighThroughput(ushort control) => (control & (Qos | Order)) == (Qos | Order);
}
