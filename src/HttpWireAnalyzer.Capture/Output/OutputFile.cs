namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Creates the files that packets are written to: for their owner alone, and never in place of others unasked.</summary>
public static class OutputFile
{
    /// <summary>The path that means standard output.</summary>
    public const string StandardOutputName = "-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Devices take octets and keep none: nothing there is overwritten, emptied or made private.</summary>
    private const string Devices = "/dev/";

    /// <param name="overwrite">Take the place of a file that is there.</param>
    /// <exception cref="CaptureWriteException">There is a file of that name, or none can be made.</exception>
    public static FileStream Create(string path, bool overwrite)
    {
        try
        {
            try
            {
                return Open(path, FileMode.CreateNew);
            }
            catch (IOException) when (File.Exists(path))
            {
                return OpenExisting(path, overwrite);
            }
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            throw CaptureWriteException.Of(path, error);
        }
    }

    /// <summary>Says early what <see cref="Create"/> would say, before long work.</summary>
    /// <inheritdoc cref="Create"/>
    public static void RefuseIfTaken(string path, bool overwrite)
    {
        // An empty file may be a named pipe, which is none to refuse; Create tells them apart.
        if (!overwrite && !IsDevice(path) && new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            throw CaptureWriteException.Taken(path);
        }
    }

    private static FileStream OpenExisting(string path, bool overwrite)
    {
        var existing = Open(path, FileMode.Open);
        if (!existing.CanSeek || IsDevice(path))
        {
            // A named pipe: what is written goes to its reader.
            return existing;
        }

        if (!overwrite)
        {
            existing.Dispose();
            throw CaptureWriteException.Taken(path);
        }

        // In its place, and not in it: whoever reads it, by this name or another, goes on reading what it was.
        existing.Dispose();
        File.Delete(path);
        return Open(path, FileMode.CreateNew);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(Devices, StringComparison.Ordinal);
}
