namespace HttpWireAnalyzer.Capture.Live;

/// <summary>Why an interface cannot be opened, and the one command that mends it.</summary>
internal static class LiveRefusals
{
    public static LiveCaptureException NoLibrary(Exception missing) => new(
        LiveFailure.NoLibrary,
        "live capture needs libpcap, which was not found. " + InstallLibrary,
        missing);

    /// <summary>How libpcap comes onto this system.</summary>
    public static string InstallLibrary => OperatingSystem.IsWindows()
        ? "Install Npcap (https://npcap.com)."
        : OperatingSystem.IsMacOS()
            ? "It belongs to macOS: this installation is damaged."
            : "Install it: sudo apt install libpcap0.8 (Debian, Ubuntu), sudo dnf install libpcap (Fedora, RHEL), apk add libpcap (Alpine).";

    /// <param name="text">libpcap's own.</param>
    public static LiveCaptureException Of(string device, int status, string text)
    {
        return status switch
        {
            LibPcap.PermissionDenied or LibPcap.PromiscuousPermissionDenied => new(
                LiveFailure.NoPermission, $"{device}: no permission to capture. {GrantPermission}"),
            LibPcap.NoSuchDevice => new(
                LiveFailure.NoSuchInterface, $"{device}: no such interface. hwa interfaces lists them."),
            LibPcap.InterfaceNotUp => new(
                LiveFailure.InterfaceDown, $"{device}: the interface is down. sudo ip link set {device} up"),
            _ => new(LiveFailure.Refused, $"{device}: {text}"),
        };
    }

    /// <summary>The command that lets this program capture.</summary>
    public static string GrantPermission => OperatingSystem.IsLinux()
        ? $"Grant it once: sudo setcap cap_net_raw+ep {ProgramPath()}"
        : OperatingSystem.IsMacOS()
            ? "Run it with sudo, or install Wireshark's ChmodBPF, which opens /dev/bpf* to the group access_bpf."
            : "Run it as an administrator, or install Npcap without \"Restrict driver's access to Administrators only\".";

    // Capabilities of a link are those of what it leads to.
    private static string ProgramPath()
    {
        var path = Environment.ProcessPath ?? "hwa";
        return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
    }
}
