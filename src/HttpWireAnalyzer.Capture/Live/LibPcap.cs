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
    private const int NanosecondPrecision = 1;
    private const uint Utf8 = 1;
    private const int ErrorTextOctets = 256;

    /// <summary>EAGAIN of Linux.</summary>
    private const int TryAgain = 11;

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
        var text = stackalloc byte[ErrorTextOctets];
        *text = 0;
        UseUtf8(text);
        var handle = pcap_create(device, text);
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
        var text = stackalloc byte[ErrorTextOctets];
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
        PcapHandle handle, int most, delegate* unmanaged[Cdecl]<nint, PacketHeader*, byte*, void> callback, nint user)
    {
        var count = pcap_dispatch(handle, most, callback, user);

        // That nothing is ready is a failure of sockets that are not of packets, as of nflog's.
        var isEmpty = count == -1 && OperatingSystem.IsLinux() && Marshal.GetLastPInvokeError() == TryAgain;
        return isEmpty ? 0 : count;
    }

    /// <summary>Ends the dispatch that is under way after the present packet.</summary>
    public static void BreakLoop(PcapHandle handle) => pcap_breakloop(handle);

    public static bool TryReadStatistics(PcapHandle handle, out Statistics statistics) =>
        pcap_stats(handle, out statistics) == 0;

    /// <summary>The devices that can be captured on, in libpcap's order; false with libpcap's text in <paramref name="error"/>.</summary>
    public static bool TryListDevices(out IReadOnlyList<CaptureDevice> devices, out string error)
    {
        var text = stackalloc byte[ErrorTextOctets];
        *text = 0;
        UseUtf8(text);
        devices = [];
        var status = pcap_findalldevs(out var first, text);
        error = TextOf(text);
        if (status != 0)
        {
            return false;
        }

        List<CaptureDevice> found = [];
        for (var device = first; device is not null; device = device->Next)
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
}
