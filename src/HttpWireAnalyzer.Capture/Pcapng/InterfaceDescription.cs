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
        var resolution = TimeScale.DefaultResolution;
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
