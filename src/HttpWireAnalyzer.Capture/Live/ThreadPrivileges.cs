using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>
/// Capabilities of the calling thread (capabilities(7)): Linux gives and takes them thread by thread. A thread that it
/// starts later has no more than it has.
/// </summary>
public static unsafe partial class ThreadPrivileges
{
    private const uint Version3 = 0x20080522;
    private const int NoNewPrivileges = 38;
    private const ulong ReadAnyFile = 1UL << 2;
    private const ulong SeeProcesses = 1UL << 19;
    private const ulong WriteAnyFile = 1UL << 1;

    /// <summary>Whether the thread may see which sockets other users' processes have.</summary>
    public static bool MaySeeProcesses =>
        OperatingSystem.IsLinux() && TryGet(out var sets) && (sets.Effective & SeeProcesses) != 0;

    /// <summary>Gives up all but what <paramref name="kept"/> names, and never gets it back.</summary>
    public static void Drop(KeptPrivileges kept)
    {
        if (!OperatingSystem.IsLinux() || !TryGet(out var sets))
        {
            return;
        }

        ulong mask = kept switch
        {
            KeptPrivileges.Files => WriteAnyFile | ReadAnyFile,
            KeptPrivileges.Processes => SeeProcesses | ReadAnyFile,
            _ => 0,
        };
        _ = prctl(NoNewPrivileges, 1, 0, 0, 0);
        Set(new Sets(sets.Effective & mask, sets.Permitted & mask));
    }

    private static bool TryGet(out Sets sets)
    {
        Header header = new() { Version = Version3 };
        var data = stackalloc Data[2];
        sets = default;
        if (capget(&header, data) != 0)
        {
            return false;
        }

        sets = new Sets(
            data[0].Effective | ((ulong)data[1].Effective << 32), data[0].Permitted | ((ulong)data[1].Permitted << 32));
        return true;
    }

    private static void Set(Sets sets)
    {
        Header header = new() { Version = Version3 };
        var data = stackalloc Data[2];
        data[0] = new Data((uint)(sets.Effective & uint.MaxValue), (uint)(sets.Permitted & uint.MaxValue), 0);
        data[1] = new Data((uint)(sets.Effective >> 32), (uint)(sets.Permitted >> 32), 0);
        _ = capset(&header, data);
    }

    [LibraryImport("libc")]
    private static partial int capget(Header* header, Data* data);

    [LibraryImport("libc")]
    private static partial int capset(Header* header, Data* data);

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    private readonly record struct Sets(ulong Effective, ulong Permitted);

    /// <summary>struct __user_cap_header_struct; pid 0 is the calling thread.</summary>
    private struct Header
    {
        public uint Version;
        public int Thread;
    }

    /// <summary>struct __user_cap_data_struct: of two, each has half of the bits.</summary>
    private readonly record struct Data(uint Effective, uint Permitted, uint Inheritable);
}

/// <summary>What a thread still needs once the interfaces are open.</summary>
public enum KeptPrivileges : byte
{
    Nothing,

    /// <summary>To write where only root may: what a root user expects of -w.</summary>
    Files,

    /// <summary>To see whose socket it is that another user's process has open.</summary>
    Processes,
}
