using System.Net;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>The interfaces of this machine.</summary>
public static class CaptureDevices
{
    /// <summary>All that libpcap lists, in its order.</summary>
    /// <exception cref="LiveCaptureException">libpcap is not here, or refuses.</exception>
    public static IReadOnlyList<CaptureDevice> List()
    {
        try
        {
            return LibPcap.TryListDevices(out var devices, out var error)
                ? devices
                : throw new LiveCaptureException(LiveFailure.Refused, error);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw LiveRefusals.NoLibrary(missing);
        }
    }
}

/// <summary>Something that packets can be captured on.</summary>
/// <param name="Description">libpcap's, where it has one.</param>
public sealed record CaptureDevice(
    string Name, string? Description, IReadOnlyList<IPAddress> Addresses, DeviceFlags Flags)
{
    /// <summary>Packets of it can hold TCP: not a message bus or a log, which libpcap lists too.</summary>
    public bool IsNetwork => !OtherKinds.Any(kind => Name.StartsWith(kind, StringComparison.Ordinal));

    private static readonly string[] OtherKinds = ["nflog", "nfqueue", "dbus-", "bluetooth", "usbmon", "rdmasniff"];
}

/// <summary>PCAP_IF_… of pcap.h.</summary>
[Flags]
public enum DeviceFlags : uint
{
    None = 0,
    Loopback = 0x1,
    Up = 0x2,
    Running = 0x4,
    Wireless = 0x8,
    Connected = 0x10,
    Disconnected = 0x20,

    /// <summary>Both bits: it has no cable or cell that it could be connected to.</summary>
    ConnectionNotApplicable = 0x30,
}
