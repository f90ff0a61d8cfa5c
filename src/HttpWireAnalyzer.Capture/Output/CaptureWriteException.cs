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

    /// <summary>Nothing was written: there is a file of that name, and nobody asked for it to be overwritten.</summary>
    public bool IsTaken { get; private init; }

    internal static CaptureWriteException Taken(string path) =>
        new($"{path}: there is a file of that name") { IsTaken = true };

    public static CaptureWriteException Of(string path, Exception error) => new(
        $"{path}: cannot be written: {OpenFailure.WhyNotWritten(path, error)}", error);

    /// <param name="packets">How many it has: "1 packet".</param>
    public static CaptureWriteException CutShort(string path, string packets, IOException error) => new(
        $"{path}: cannot be written further: {OpenFailure.Reason(error)}. It has {packets}, whole.", error);
}
