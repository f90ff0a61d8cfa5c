using System.Text;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The Interface Description Block (draft-ietf-opsawg-pcapng §4.2).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |           LinkType            |           Reserved            |  8
/// +---------------------------------------------------------------+
/// |                            SnapLen                            | 12
/// +---------------------------------------------------------------+
/// /                            Options                            / 16
/// </code></remarks>
internal readonly ref struct InterfaceDescription
{
    public const int LeastLength = 20;

    private const int LinkTypeOffset = 8;
    private const int SnapLengthOffset = 12;
    private const int OptionsOffset = 16;

    public InterfaceDescription(ReadOnlySpan<byte> block, ByteOrder order)
    {
        byte resolution = TimeScale.DefaultResolution;
        long offsetSeconds = 0;
        BlockOptions options = new(block[OptionsOffset..^BlockFrame.TrailerLength], order);
        while (options.MoveNext())
        {
            switch (options.Type)
            {
                case InterfaceOption.Name:
                    Name = Text(options.Value);
                    break;
                case InterfaceOption.Resolution when options.Value.Length == 1:
                    resolution = options.Value[0];
                    break;
                case InterfaceOption.Filter when options.Value.Length > 1 && options.Value[0] == InterfaceOption.FilterIsText:
                    Filter = Text(options.Value[1..]);
                    break;
                case InterfaceOption.TimeOffset when options.Value.Length == sizeof(long):
                    offsetSeconds = (long)order.U64(options.Value, 0);
                    break;
            }
        }

        LinkType = (LinkType)order.U16(block, LinkTypeOffset);
        SnapLength = order.U32(block, SnapLengthOffset);
        Scale = new TimeScale(resolution, offsetSeconds);
    }

    public LinkType LinkType { get; }

    public uint SnapLength { get; }

    public TimeScale Scale { get; }

    public string? Name { get; }

    public string? Filter { get; }

    private static string Text(ReadOnlySpan<byte> octets) =>
        Encoding.UTF8.GetString(octets[..Math.Min(octets.Length, CaptureLimits.InterfaceTextOctets)]).TrimEnd('\0');
}

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

            long count = (long)ulong.Min(order.U64(options.Value, 0), long.MaxValue);
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
