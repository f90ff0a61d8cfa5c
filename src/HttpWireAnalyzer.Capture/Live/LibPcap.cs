using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>libpcap's functions (pcap(3PCAP)), by their own names; the only native code that is called.</summary>
/// <remarks>The library is looked for at the first call: files are read without a filter where it is absent.</remarks>
internal static unsafe partial class LibPcap
{
    /// <summary>PCAP_NETMASK_UNKNOWN: only "ip broadcast" needs a netmask, and no file has one.</summary>
    public const uint NetmaskUnknown = 0xffffffff;

    private const string Library = "libpcap";

    static LibPcap() => NativeLibrary.SetDllImportResolver(typeof(LibPcap).Assembly, Resolve);

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

    public static string ErrorOf(PcapHandle handle) => Marshal.PtrToStringUTF8(pcap_geterr(handle)) ?? "unknown error";

    // libpcap's DLT_ numbers are the LINKTYPE_ numbers of files but for these (pcap-linktype(7)).
    private static int DltOf(LinkType linkType) => linkType switch
    {
        LinkType.Raw or LinkType.RawOpenBsd => (int)LinkType.RawOld,
        _ => (int)linkType,
    };

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (string candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, search, out nint library))
            {
                return library;
            }
        }

        return 0;
    }

    private static string[] Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            return [Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll"), "wpcap.dll"];
        }

        return OperatingSystem.IsMacOS()
            ? ["/usr/lib/libpcap.A.dylib"]
            : ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so"];
    }

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
    private struct PacketHeader
    {
        public CLong Seconds;
        public CLong Microseconds;
        public uint CapturedLength;
        public uint OriginalLength;
    }
}
