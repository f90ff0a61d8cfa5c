namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The Interface Statistics Block (draft-ietf-opsawg-pcapng §4.6).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |                         Interface ID                          |  8
/// +---------------------------------------------------------------+
/// |                   Timestamp (high), (low)                     | 12
/// +---------------------------------------------------------------+
/// /                            Options                            / 20
/// </code></remarks>
internal readonly ref struct InterfaceStatistics
{
    public const int LeastLength = 24;

    private const int InterfaceOffset = 8;
    private const int OptionsOffset = 20;

    public InterfaceStatistics(ReadOnlySpan<byte> block, ByteOrder order)
    {
        Interface = order.U32(block, InterfaceOffset);
        InterfaceCounts counts = default;
        BlockOptions options = new(block[OptionsOffset..^BlockFrame.TrailerLength], order);
        while (options.MoveNext())
        {
            if (options.Type == StatisticsOption.Start && options.Value.Length == sizeof(ulong))
            {
                StartTicks = order.Ticks(options.Value, 0);
                continue;
            }

            if (options.Type is < StatisticsOption.InterfaceReceived or > StatisticsOption.Delivered)
            {
                continue;
            }

            if (options.Value.Length != sizeof(ulong))
            {
                OddLength = options.Value.Length;
                continue;
            }

            var count = (long)ulong.Min(order.U64(options.Value, 0), long.MaxValue);
            counts = options.Type switch
            {
                StatisticsOption.InterfaceReceived => counts with { Received = count },
                StatisticsOption.InterfaceDropped => counts with { DroppedByInterface = count },
                StatisticsOption.FilterAccepted => counts with { Accepted = count },
                StatisticsOption.SystemDropped => counts with { DroppedBySystem = count },
                _ => counts with { Delivered = count },
            };
        }

        Counts = counts;
    }

    public uint Interface { get; }

    /// <summary>Without <see cref="InterfaceCounts.Since"/>, which counts in the interface's own units.</summary>
    public InterfaceCounts Counts { get; }

    /// <summary>When the capture began; null where the block does not say.</summary>
    public ulong? StartTicks { get; }

    /// <summary>The length of a count that is none, and was passed over; null where there is none.</summary>
    public int? OddLength { get; }
}
