using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>libpcap's functions (pcap(3PCAP)), by their own names.</summary>
/// <remarks>The library is looked for at the first call: files are read without a filter where it is absent.</remarks>
internal static unsafe partial class LibPcap
{
    /// <summary>PCAP_NETMASK_UNKNOWN: only "ip broadcast" needs a netmask, and no file has one.</summary>
    public const uint NetmaskUnknown = 0xffffffff;

    // PCAP_ERROR_…, PCAP_TSTAMP_PRECISION_NANO, PCAP_CHAR_ENC_UTF_8, PCAP_ERRBUF_SIZE of pcap.h.
    public const int NoSuchDevice = -5;
    public const int PermissionDenied = -8;
    public const int InterfaceNotUp = -9;
    public const int PromiscuousPermissionDenied = -11;

    /// <summary>EAGAIN of Linux.</summary>
    private const int TryAgain = 11;
    private const int NanosecondPrecision = 1;
    private const uint Utf8 = 1;
    private const int ErrorTextOctets = 256;

    private const string Library = LibPcapFile.Name;

    static LibPcap() => NativeLibrary.SetDllImportResolver(typeof(LibPcap).Assembly, LibPcapFile.Resolve);

    // The type's constructor has run, and so the resolver stands, before any of these is called through it.
    public static PcapHandle OpenDead(LinkType linkType, int snapLength) => pcap_open_dead(DltOf(linkType), snapLength);

    /// <summary>0 where <paramref name="filter"/> compiles; else <see cref="ErrorOf"/> has libpcap's text.</summary>
    public static int Compile(PcapHandle handle, out BpfProgram program, string filter) =>
        pcap_compile(handle, out program, filter, 1, NetmaskUnknown);

    /// <summary>Whether the program accepts the packet.</summary>
    public static bool Accepts(in BpfProgram program, ReadOnlySpan<byte> octets, int originalLength)
    {
        PacketHeader header = new() { CapturedLength = (uint)octets.Length, OriginalLength = (uint)originalLength };
        fixed (BpfProgram* compiled = &program)
        fixed (byte* packet = octets)
        {
            // An empty span has no address; the program reads nothing of a packet of no octets, but must have one.
            byte none = 0;
            return pcap_offline_filter(compiled, &header, packet == null ? &none : packet) != 0;
        }
    }

    public static void Free(ref BpfProgram program) => pcap_freecode(ref program);

    /// <summary>What libpcap calls itself, such as "libpcap version 1.10.3 (with TPACKET_V3)".</summary>
    public static string Version() => Marshal.PtrToStringUTF8(pcap_lib_version()) ?? "libpcap";

    /// <summary>A handle that is not active yet; <paramref name="error"/> says why where it is invalid.</summary>
    public static PcapHandle Create(string device, out string error)
    {
        byte* text = stackalloc byte[ErrorTextOctets];
        *text = 0;
        UseUtf8(text);
        PcapHandle handle = pcap_create(device, text);
        error = TextOf(text);
        return handle;
    }

    /// <summary>Sets what can only be set before <see cref="Activate"/>.</summary>
    public static void Configure(PcapHandle handle, LiveOptions options, bool promiscuous)
    {
        pcap_set_snaplen(handle, options.SnapLength);
        pcap_set_promisc(handle, promiscuous ? 1 : 0);
        pcap_set_timeout(handle, (int)options.Timeout.TotalMilliseconds);
        pcap_set_buffer_size(handle, options.BufferOctets);

        // Microseconds where the system has no better: the handle then says so.
        pcap_set_tstamp_precision(handle, NanosecondPrecision);
    }

    /// <summary>Below 0 an error; above it a warning, such as that the device cannot be promiscuous.</summary>
    public static int Activate(PcapHandle handle) => pcap_activate(handle);

    public static bool HasNanoseconds(PcapHandle handle) => pcap_get_tstamp_precision(handle) == NanosecondPrecision;

    /// <summary>A handle's link type as files name it.</summary>
    public static LinkType LinkTypeOf(PcapHandle handle) => pcap_datalink(handle) switch
    {
        (int)LinkType.RawOld or (int)LinkType.RawOpenBsd => LinkType.Raw,
        int linkType => (LinkType)linkType,
    };

    /// <summary>Whether packets now come with that header.</summary>
    public static bool TrySetLinkType(PcapHandle handle, LinkType linkType) =>
        pcap_set_datalink(handle, DltOf(linkType)) == 0;

    public static int SetFilter(PcapHandle handle, ref BpfProgram program) => pcap_setfilter(handle, ref program);

    public static bool TrySetDirection(PcapHandle handle, CaptureDirection direction) =>
        pcap_setdirection(handle, (int)direction) == 0;

    public static bool TrySetNonBlocking(PcapHandle handle)
    {
        byte* text = stackalloc byte[ErrorTextOctets];
        return pcap_setnonblock(handle, 1, text) == 0;
    }

    /// <summary>A descriptor that can be polled for packets; -1 where there is none.</summary>
    public static int DescriptorOf(PcapHandle handle) => pcap_get_selectable_fd(handle);

    /// <summary>Npcap's event that is set when packets are there.</summary>
    public static nint EventOf(PcapHandle handle) => pcap_getevent(handle);

    /// <summary>Gives what the kernel has ready, at most <paramref name="most"/> packets; below 0 an error.</summary>
    /// <remarks>
    /// Not pcap_next_ex: on Linux the octets that it returns belong to the kernel again when they are the last of a
    /// block. In the callback they do not.
    /// </remarks>
    public static int Dispatch(
        PcapHandle handle, int most, delegate* unmanaged[Cdecl]<nint, PacketHeader*, byte*, void> callback, nint user) =>
        pcap_dispatch(handle, most, callback, user);

    /// <summary>
    /// Whether the last <see cref="Dispatch"/> that failed only found no packet. libpcap hides that for packet sockets; what
    /// it reads of others, as of nflog, it hands on as it is: a failure, EAGAIN.
    /// </summary>
    public static bool WouldOnlyBlock() => OperatingSystem.IsLinux() && Marshal.GetLastPInvokeError() == TryAgain;

    /// <summary>Ends the dispatch that is under way after the present packet.</summary>
    public static void BreakLoop(PcapHandle handle) => pcap_breakloop(handle);

    public static bool TryReadStatistics(PcapHandle handle, out Statistics statistics) =>
        pcap_stats(handle, out statistics) == 0;

    /// <summary>The devices that can be captured on, in libpcap's order; false with libpcap's text in <paramref name="error"/>.</summary>
    public static bool TryListDevices(out IReadOnlyList<CaptureDevice> devices, out string error)
    {
        byte* text = stackalloc byte[ErrorTextOctets];
        *text = 0;
        UseUtf8(text);
        devices = [];
        int status = pcap_findalldevs(out Device* first, text);
        error = TextOf(text);
        if (status != 0)
        {
            return false;
        }

        List<CaptureDevice> found = [];
        for (Device* device = first; device is not null; device = device->Next)
        {
            found.Add(DeviceEntries.Of(device));
        }

        pcap_freealldevs(first);
        devices = found;
        return true;
    }

    public static string ErrorOf(PcapHandle handle) => Marshal.PtrToStringUTF8(pcap_geterr(handle)) ?? "unknown error";

    // libpcap's DLT_ numbers are the LINKTYPE_ numbers of files but for these (pcap-linktype(7)).
    private static int DltOf(LinkType linkType) => linkType switch
    {
        LinkType.Raw or LinkType.RawOpenBsd => (int)LinkType.RawOld,
        _ => (int)linkType,
    };

    // Names and messages in UTF-8 on Windows too; libpcap before 1.10 has no such call and needs none elsewhere.
    private static void UseUtf8(byte* text)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = pcap_init(Utf8, text);
        }
    }

    private static string TextOf(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

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
