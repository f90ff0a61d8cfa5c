namespace HttpWireAnalyzer.Cli;

/// <summary>
/// Standard error, where what is said may be lost: that it cannot be written changes no exit code. Not the console's own stream:
/// that sets up the terminal for line editing, and leaves it so.
/// </summary>
internal sealed class StandardError(Stream inner) : WriteOnlyStream
{
    private const int Descriptor = 2;

    public static StandardError Open() => new(OfDescriptor(Descriptor, Console.OpenStandardError));

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
