using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Writes an interface's counts (draft-ietf-opsawg-pcapng §4.6; <see cref="InterfaceStatistics"/> has its box).</summary>
internal static class InterfaceStatisticsBlock
{
    public static void Write(BlockBuffer buffer, uint id, Timestamp time, in InterfaceCounts counts)
    {
        buffer.Begin(BlockType.InterfaceStatistics);
        buffer.U32(id);
        buffer.Time(time);
        if (counts.Since is { } since)
        {
            buffer.OptionTime(StatisticsOption.Start, since);
        }

        Option(buffer, StatisticsOption.InterfaceReceived, counts.Received);
        Option(buffer, StatisticsOption.InterfaceDropped, counts.DroppedByInterface);
        Option(buffer, StatisticsOption.FilterAccepted, counts.Accepted);
        Option(buffer, StatisticsOption.SystemDropped, counts.DroppedBySystem);
        Option(buffer, StatisticsOption.Delivered, counts.Delivered);
        buffer.EndOptions();
        buffer.End();
    }

    private static void Option(BlockBuffer buffer, ushort code, long? count)
    {
        if (count is { } known)
        {
            buffer.Option64(code, (ulong)known);
        }
    }
}
