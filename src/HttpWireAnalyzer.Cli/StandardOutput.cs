namespace HttpWireAnalyzer.Cli;

/// <summary>
/// Standard output that notices when its reader leaves. The console's own stream hides EPIPE: <c>hwa | head</c>
/// would go on working for nobody.
/// </summary>
internal sealed class StandardOutput(Stream inner) : WriteOnlyStream
{
    private const int Descriptor = 1;

    /// <summary>What .NET says of a pipe that nobody reads: the errno of Linux and macOS, and the HRESULT of Windows.</summary>
    private const int Epipe = 32;
    private const int ErrorBrokenPipe = unchecked((int)0x8007006D);

    public static StandardOutput Open() => new(OfDescriptor(Descriptor, Console.OpenStandardOutput));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException error) when (error.HResult is Epipe or ErrorBrokenPipe)
        {
            throw new OutputClosedException(error);
        }
        catch (IOException error)
        {
            throw new OutputFailedException(error);
        }
        catch (UnauthorizedAccessException error)
        {
            // hwa >&-: the descriptor is what the runtime opened meanwhile, for reading (EBADF).
            throw new OutputFailedException(new IOException("it is closed.", error));
        }
    }

    public override void Flush()
    {
    }
}
