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
    private const int ControlFrameLength = 10;
    private const int FlagsAt = 1;
    private const int SequenceAt = 22;
    private const int AddressLength = 6;
    private const int QosLength = 2;
    private const int HighThroughputLength = 4;
    private const byte TypeMask = 0x0C;
    private const byte DataType = 0x08;
    private const byte NoData = 0x40;
    private const byte Qos = 0x80;
    private const byte ToAndFromSystem = 0x03;
    private const byte MoreFragments = 0x04;
    private const byte Protected = 0x40;
    private const byte Order = 0x80;
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

    public static bool TryParse(ReadOnlySpan<byte> octets, out Ieee80211Frame frame, out DecodeError error)
    {
        frame = default;
        error = default;
        var needed = octets.IsEmpty || (octets[0] & TypeMask) != DataType ? ControlFrameLength : LengthOf(octets);
        if (octets.Length < needed)
        {
            error = DecodeError.Truncated(Layer.Link, needed, octets.Length);
            return false;
        }

        if ((octets[0] & TypeMask) == DataType)
        {
            var qosAt = needed - (HasHighThroughput(octets) ? HighThroughputLength : 0) - QosLength;
            var isWhole = (octets[FlagsAt] & MoreFragments) == 0 && (octets[SequenceAt] & FragmentMask) == 0;
            var isAggregate = (octets[0] & Qos) != 0 && (octets[qosAt] & AggregatedUnit) != 0;
            var isClear = (octets[FlagsAt] & Protected) == 0 && (octets[0] & NoData) == 0;
            frame = new Ieee80211Frame(needed, isWhole && isClear && !isAggregate);
        }

        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> octets)
    {
        var length = FixedLength;
        if (octets.Length <= FlagsAt)
        {
            return length;
        }

        length += (octets[FlagsAt] & ToAndFromSystem) == ToAndFromSystem ? AddressLength : 0;
        length += (octets[0] & Qos) != 0 ? QosLength : 0;
        return length + (HasHighThroughput(octets) ? HighThroughputLength : 0);
    }

    // §9.2.4.1.10: in QoS data the +HTC/Order bit says that HT Control is there.
    private static bool HasHighThroughput(ReadOnlySpan<byte> octets) =>
        (octets[0] & Qos) != 0 && (octets[FlagsAt] & Order) != 0;
}
