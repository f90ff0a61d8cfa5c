using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>Turns libpcap's list entries into ours.</summary>
internal static unsafe class DeviceEntries
{
    // struct sockaddr: the family in the first two octets; on macOS one octet of length, one of family.
    private const int Ipv4Family = 2;
    private const int Ipv4Offset = 4;
    private const int Ipv6Offset = 8;
    private const int Ipv6Octets = 16;

    private static int Ipv6Family => OperatingSystem.IsWindows() ? 23 : OperatingSystem.IsMacOS() ? 30 : 10;

    public static CaptureDevice Of(LibPcap.Device* device)
    {
        List<IPAddress> addresses = [];
        for (var at = device->Addresses; at is not null; at = at->Next)
        {
            if (at->Address is not null && AddressOf(at->Address) is { } address)
            {
                addresses.Add(address);
            }
        }

        var name = Marshal.PtrToStringUTF8((nint)device->Name) ?? "";
        var description = Marshal.PtrToStringUTF8((nint)device->Description);
        return new CaptureDevice(name, description, addresses, (DeviceFlags)device->Flags);
    }

    private static IPAddress? AddressOf(byte* address)
    {
        int family = OperatingSystem.IsMacOS()
            ? address[1]
            : BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(address, sizeof(ushort)));
        return family == Ipv4Family ? new IPAddress(new ReadOnlySpan<byte>(address + Ipv4Offset, sizeof(uint)))
            : family == Ipv6Family ? new IPAddress(new ReadOnlySpan<byte>(address + Ipv6Offset, Ipv6Octets))
            : null;
    }
}
