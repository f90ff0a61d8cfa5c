using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Screen;

/// <summary>How large the terminal of standard output is.</summary>
public static partial class TerminalSize
{
    /// <summary>TIOCGWINSZ, as Linux has it on what .NET runs on.</summary>
    private const nuint GetSize = 0x5413;

    private const int StandardOutput = 1;

    /// <summary>Null where there is no terminal, or it does not know.</summary>
    /// <remarks>
    /// Linux is asked: the runtime's console would set the terminal up for reading keys before it answers, and write
    /// sequences to it (terminfo's smkx) that it never takes back. On others it is asked for want of a call that is the
    /// same everywhere: ioctl takes its last argument in another way on Apple silicon.
    /// </remarks>
    public static (int Width, int Height)? OfOutput()
    {
        var (width, height) = OperatingSystem.IsLinux() ? OfLinux() : Console.IsOutputRedirected ? default : (Console.WindowWidth, Console.WindowHeight);
        return width > 0 && height > 0 ? (width, height) : null;
    }

    private static (int Width, int Height) OfLinux() => ioctl(StandardOutput, GetSize, out var size) == 0 ? (size.Columns, size.Rows) : default;

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, out WindowSize size);

    /// <summary>struct winsize; what it has in pixels is of no use to anybody here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowSize(ushort Rows, ushort Columns, ushort Width, ushort Height);
}
