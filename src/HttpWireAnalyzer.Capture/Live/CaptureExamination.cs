using HttpWireAnalyzer.Capture.Live.Processes;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>What live capture needs on this machine, and whether it is there: tried out, not guessed.</summary>
/// <param name="CanCapture">An interface could be opened.</param>
public sealed record CaptureExamination(bool CanCapture, IReadOnlyList<Finding> Findings)
{
    public static CaptureExamination Of()
    {
        List<Finding> findings = [];
        try
        {
            findings.Add(new Finding(true, LibPcap.Version(), null));
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            var library = OperatingSystem.IsWindows() ? "Npcap (wpcap.dll)" : "libpcap";
            findings.Add(new Finding(false, library, LiveRefusals.InstallLibrary));
            return new CaptureExamination(false, findings);
        }

        var canCapture = TryCapture(findings);
        if (LocalProcesses.IsSupported)
        {
            findings.Add(ThreadPrivileges.MaySeeProcesses
                ? new Finding(true, "processes of all users can be named", null)
                : new Finding(true, "processes of other users cannot be named: that takes cap_sys_ptrace too", null));
        }

        return new CaptureExamination(canCapture, findings);
    }

    private static bool TryCapture(List<Finding> findings)
    {
        string? device = null;
        try
        {
            var devices = CaptureDevices.List();
            device = (devices.FirstOrDefault(each => each.Flags.HasFlag(DeviceFlags.Up | DeviceFlags.Loopback))
                ?? devices.FirstOrDefault(each => each.Flags.HasFlag(DeviceFlags.Up)))?.Name;

            // Without permission some systems list nothing.
            using var opened = LiveInterface.Open(
                device ?? LiveOptions.AnyInterface, 0, new LiveOptions { Interfaces = [], Promiscuous = false });
            findings.Add(new Finding(true, $"permission to capture, tried on {opened.Name}", null));
            return true;
        }
        catch (LiveCaptureException refusal) when (refusal.Failure == LiveFailure.NoPermission)
        {
            findings.Add(new Finding(false, PermissionName, LiveRefusals.GrantPermission));
        }
        catch (LiveCaptureException refusal)
        {
            findings.Add(new Finding(false, $"an interface to capture on: {refusal.Message}", null));
        }

        return false;
    }

    private static string PermissionName => OperatingSystem.IsLinux()
        ? "permission to capture: the capability cap_net_raw"
        : "permission to capture";
}

/// <summary>One thing that live capture needs, or that makes it better.</summary>
/// <param name="Remedy">The one command that mends it; null where nothing is to be mended.</param>
public sealed record Finding(bool IsGood, string What, string? Remedy);
