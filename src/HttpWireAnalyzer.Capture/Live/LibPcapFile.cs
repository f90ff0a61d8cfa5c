using System.Reflection;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>Where libpcap lies on this system, or Npcap on Windows.</summary>
internal static class LibPcapFile
{
    /// <summary>What its functions are declared to be in.</summary>
    public const string Name = "libpcap";

    /// <summary>0 for another library, and where it is not installed: the loader then looks where it always does.</summary>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Name)
        {
            return 0;
        }

        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, search, out var library))
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
}
