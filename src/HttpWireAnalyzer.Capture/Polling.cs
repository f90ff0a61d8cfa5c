using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture;

/// <summary>poll(2): waits until a descriptor can be read, but not for ever.</summary>
public static unsafe partial class Polling
{
    /// <summary>EINTR: a signal came.</summary>
    private const int Interrupted = 4;

    /// <summary>Whether reading would not wait; also where the descriptor cannot be asked, which reading then says.</summary>
    /// <param name="milliseconds">Returns at the latest after that time.</param>
    public static bool IsReadable(int descriptor, int milliseconds)
    {
        Polled polled = new(descriptor);
        var ready = poll(&polled, 1, milliseconds);
        return ready > 0 || (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted);
    }

    /// <summary>Until one of them can be read, or something else happened to it, or the time is over.</summary>
    internal static void Wait(Span<Polled> polled, int milliseconds)
    {
        fixed (Polled* first = polled)
        {
            _ = poll(first, (nuint)polled.Length, milliseconds);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Polled* polled, nuint count, int milliseconds);
}

/// <summary>struct pollfd, for POLLIN.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Polled(int descriptor)
{
    private const short Readable = 1;

    public int Descriptor = descriptor;
    public short Wanted = Readable;
    public short Came;
}
