using Microsoft.Win32.SafeHandles;

namespace HttpWireAnalyzer.Cli;

/// <summary>
/// Standard error, where what is said may be lost: that it cannot be written changes no exit code. Not the console's own stream:
/// that sets up the terminal for line editing, and leaves it so.
/// </summary>
internal sealed class StandardError(Stream inner) : WriteOnlyStream
{
    private const int Descriptor = 2;

    public static StandardError Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            // As with StandardOutput: a file has one offset for all who write to it.
            if (!stream.CanSeek)
            {
                return new StandardError(stream);
            }
        }

        return new StandardError(Console.OpenStandardError());
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told.
        }
    }

    public override void Flush()
    {
    }
}
