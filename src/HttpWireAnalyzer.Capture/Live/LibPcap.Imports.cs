using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>What libpcap exports, as its headers declare it.</summary>
internal static unsafe partial class LibPcap
{
    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial PcapHandle pcap_open_dead(int linkType, int snapLength);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void pcap_close(nint handle);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_compile(
        PcapHandle handle, out BpfProgram program, string filter, int optimize, uint netmask);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_offline_filter(BpfProgram* program, PacketHeader* header, byte* packet);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void pcap_freecode(ref BpfProgram program);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint pcap_geterr(PcapHandle handle);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial PcapHandle pcap_create(string device, byte* error);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint pcap_lib_version();

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_init(uint options, byte* error);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_snaplen(PcapHandle handle, int octets);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_promisc(PcapHandle handle, int promiscuous);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_timeout(PcapHandle handle, int milliseconds);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_buffer_size(PcapHandle handle, int octets);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_tstamp_precision(PcapHandle handle, int precision);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_get_tstamp_precision(PcapHandle handle);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_activate(PcapHandle handle);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_datalink(PcapHandle handle);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_set_datalink(PcapHandle handle, int linkType);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_setfilter(PcapHandle handle, ref BpfProgram program);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_setdirection(PcapHandle handle, int direction);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_setnonblock(PcapHandle handle, int nonBlocking, byte* error);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_get_selectable_fd(PcapHandle handle);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint pcap_getevent(PcapHandle handle);

    [LibraryImport(Library, SetLastError = true)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_dispatch(
        PcapHandle handle, int most, delegate* unmanaged[Cdecl]<nint, PacketHeader*, byte*, void> callback, nint user);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void pcap_breakloop(PcapHandle handle);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_stats(PcapHandle handle, out Statistics statistics);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int pcap_findalldevs(out Device* first, byte* error);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void pcap_freealldevs(Device* first);

    /// <summary>pcap_t.</summary>
    internal sealed class PcapHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            pcap_close(handle);
            return true;
        }
    }

    /// <summary>struct bpf_program; its instructions are libpcap's memory, until <see cref="Free"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BpfProgram
    {
        public uint Length;
        public nint Instructions;
    }

    /// <summary>struct pcap_pkthdr; its struct timeval is two C longs: 64 bits, but 32 on Windows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PacketHeader
    {
        public CLong Seconds;
        public CLong Microseconds;
        public uint CapturedLength;
        public uint OriginalLength;
    }

    /// <summary>struct pcap_stat, with what Windows has behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Statistics
    {
        public uint Received;
        public uint DroppedByKernel;
        public uint DroppedByInterface;
        private readonly uint _captured;
        private readonly uint _sent;
        private readonly uint _lostOnNetwork;
    }

    /// <summary>struct pcap_if.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Device
    {
        public Device* Next;
        public byte* Name;
        public byte* Description;
        public DeviceAddress* Addresses;
        public uint Flags;
    }

    /// <summary>struct pcap_addr: of each its struct sockaddr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct DeviceAddress
    {
        public DeviceAddress* Next;
        public byte* Address;
        public byte* Netmask;
        public byte* Broadcast;
        public byte* Destination;
    }
}
