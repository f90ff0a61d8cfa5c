using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HttpWireAnalyzer.Tui.Terminals;

/// <summary>
/// The terminal of standard input and output: takes it over, and gives it back as it was. The only file that touches it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixTerminal : IDisposable
{
    private const int Input = 0;
    private const int Output = 1;

    /// <summary>struct termios is 60 octets on Linux and 72 on macOS; its parts are nobody's business here.</summary>
    private const int RoomForModes = 256;

    /// <summary>After all output was sent (TCSADRAIN).</summary>
    private const int AfterOutput = 1;

    /// <summary>The same, and input that was not read is dropped (TCSAFLUSH): it was meant for the screen.</summary>
    private const int WithoutInput = 2;

    /// <summary>
    /// Another screen, no cursor, the wheel and clicks of a mouse (SGR), and signs around what is pasted.
    /// </summary>
    private static readonly byte[] Begin = [.. "\e[?1049h\e[?25l\e[?1000h\e[?1006h\e[?2004h"u8];

    private static readonly byte[] End = [.. "\e[?2004l\e[?1006l\e[?1000l\e[0m\e[?25h\e[?1049l"u8];

    private readonly byte[] _modes = new byte[RoomForModes];
    private readonly Lock _lock = new();
    private bool _isTaken;

    /// <summary>Null where standard input and output are no terminal.</summary>
    public static UnixTerminal? Open()
    {
        var terminal = new UnixTerminal();
        return isatty(Output) == 1 && isatty(Input) == 1 && tcgetattr(Input, terminal._modes) == 0 ? terminal : null;
    }

    /// <summary>Keys come one by one, unechoed, and the screen is ours.</summary>
    public void Take()
    {
        lock (_lock)
        {
            var raw = (byte[])_modes.Clone();
            cfmakeraw(raw);
            _ = tcsetattr(Input, AfterOutput, raw);
            _isTaken = true;
            Put(Begin);
        }
    }

    /// <summary>Columns and lines.</summary>
    public static (int Width, int Height) Size()
    {
        const nuint LinuxWindowSize = 0x5413;
        if (OperatingSystem.IsLinux())
        {
            Span<ushort> size = stackalloc ushort[4];
            if (ioctl(Output, LinuxWindowSize, size) == 0 && size[0] > 0 && size[1] > 0)
            {
                return (size[1], size[0]);
            }
        }

        return Console.WindowWidth > 0 && Console.WindowHeight > 0 ? (Console.WindowWidth, Console.WindowHeight) : (80, 24);
    }

    public void Write(ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                Put(octets);
            }
        }
    }

    /// <summary>Waits for octets; 0 at the end of input.</summary>
    public static int Read(Span<byte> octets) => (int)nint.Max(0, read(Input, octets, octets.Length));

    /// <summary>Whether octets come within that time.</summary>
    public static bool HasInput(int milliseconds)
    {
        const short Readable = 1;
        Polled polled = new(Input, Readable, 0);
        return poll(ref polled, 1, milliseconds) > 0;
    }

    /// <summary>The terminal as it was.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                _isTaken = false;
                Put(End);
                _ = tcsetattr(Input, WithoutInput, _modes);
            }
        }
    }

    /// <summary>Stops the program, as Ctrl-Z does where keys are not read one by one, until the shell has it go on.</summary>
    public void Suspend()
    {
        Dispose();
        _ = kill(Environment.ProcessId, OperatingSystem.IsLinux() ? 19 : 17);
    }

    private static void Put(ReadOnlySpan<byte> octets)
    {
        const int Interrupted = 4;
        while (!octets.IsEmpty)
        {
            var written = write(Output, octets, octets.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                // The terminal has gone; its signal ends the program.
                return;
            }

            octets = octets[(int)nint.Max(0, written)..];
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> octets, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, Span<byte> octets, nint length);

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, byte[] modes);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, byte[] modes);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte[] modes);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, Span<ushort> size);

    /// <summary>19 is SIGSTOP on Linux, 17 on macOS and BSD.</summary>
    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc")]
    private static partial int poll(ref Polled polled, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled(int descriptor, short events, short returned)
    {
        public int Descriptor = descriptor;
        public short Events = events;
        public short Returned = returned;
    }
}
