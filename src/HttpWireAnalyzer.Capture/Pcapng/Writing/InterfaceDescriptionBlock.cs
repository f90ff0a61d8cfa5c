using System.Text;

namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Writes one interface (draft-ietf-opsawg-pcapng §4.2; <see cref="InterfaceDescription"/> has its box).</summary>
internal static class InterfaceDescriptionBlock
{
    /// <summary>10^-9: ticks are nanoseconds, which hold the times of every format that is read.</summary>
    private static readonly byte[] Nanoseconds = [9];

    public static void Write(BlockBuffer buffer, CaptureInterface captured)
    {
        buffer.Begin(BlockType.InterfaceDescription);
        buffer.U16((ushort)captured.LinkType);
        buffer.U16(0);
        buffer.U32(captured.SnapLength);
        buffer.Option(InterfaceOption.Name, captured.Name);
        buffer.Option(InterfaceOption.Resolution, Nanoseconds);
        if (captured.Filter is { } filter)
        {
            var kept = Encoding.UTF8.GetBytes(filter);
            var length = Math.Min(kept.Length, CaptureLimits.InterfaceTextOctets);
            buffer.Option(InterfaceOption.Filter, [InterfaceOption.FilterIsText, .. kept.AsSpan(0, length)]);
        }

        buffer.EndOptions();
        buffer.End();
    }
}
