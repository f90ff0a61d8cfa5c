using System.Globalization;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>What a capture of an interface lacks, in words.</summary>
internal static class LiveRemarks
{
    public static IEnumerable<CaptureRemark> Of(LiveCounters counters, string? ended)
    {
        if (ended is not null)
        {
            yield return Lost(counters, "an interface until the capture is stopped", ended);
        }

        if (counters.DroppedByKernel + counters.DroppedByInterface > 0)
        {
            // C001.
            yield return Lost(counters, Packets(counters.Received, "accepted by the filter"), string.Create(
                CultureInfo.InvariantCulture,
                $"{counters.DroppedByKernel} dropped by the kernel, {counters.DroppedByInterface} by the interface"));
        }

        if (counters.LostTail is > 0 and long tail)
        {
            // C002.
            yield return Lost(counters, Packets(counters.Received, "accepted by the filter"), string.Create(
                CultureInfo.InvariantCulture, $"{tail} that never came out of the kernel"));
        }

        var shed = counters.Shed;
        if (shed != default)
        {
            yield return Lost(counters, Packets(counters.Delivered, "whole"), string.Create(
                CultureInfo.InvariantCulture,
                $"{shed.Octets} octets of payload given up in {shed.Bodies} packets without and {shed.Heads} with an HTTP head, and {shed.Packets} packets: analysis was behind"));
        }
    }

    private static string Packets(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} packets {what}");

    private static CaptureRemark Lost(LiveCounters counters, string expected, string found) =>
        new(CaptureRemarkKind.Lost, counters.Interface, -1, expected, found);
}
