namespace HttpWireAnalyzer.Capture.Output;

/// <summary>A capture that cannot be written, or not further; what was written until then is whole.</summary>
/// <remarks>The message is a whole sentence for the user: the file, and why.</remarks>
public sealed class CaptureWriteException : Exception
{
    public CaptureWriteException(string message)
        : base(message)
    {
    }

    public CaptureWriteException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal static CaptureWriteException Of(string path, Exception error) => new(
        $"{FormatError.Printable(path)}: cannot be written: {FormatError.Printable(error.Message)}", error);
}
