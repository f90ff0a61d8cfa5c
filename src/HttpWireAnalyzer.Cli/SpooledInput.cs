namespace HttpWireAnalyzer.Cli;

/// <summary>Standard input kept in a file that has no other reader and goes when it is closed, to be read twice.</summary>
internal sealed class SpooledInput : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly FileStream _file;

    /// <summary>Reads <paramref name="input"/> to its end, or until <paramref name="stop"/>.</summary>
    public SpooledInput(Stream input, CancellationToken stop)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Packets are private; Windows gives temporary files to their owner alone.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(Path.Combine(Path.GetTempPath(), "hwa-" + Path.GetRandomFileName()), options);
        try
        {
            Copy(input, stop);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>From its start; not to be closed by who reads it.</summary>
    public Stream Rewound()
    {
        _file.Position = 0;
        return _file;
    }

    public void Dispose() => _file.Dispose();

    private void Copy(Stream input, CancellationToken stop)
    {
        var buffer = new byte[BufferSize];
        int read;
        while (!stop.IsCancellationRequested && (read = input.Read(buffer)) > 0)
        {
            _file.Write(buffer, 0, read);
        }

        _file.Flush();
    }
}
