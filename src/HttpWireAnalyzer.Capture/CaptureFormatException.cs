namespace HttpWireAnalyzer.Capture;

/// <summary>An input from which not one packet can be read: not a capture, not there, not permitted.</summary>
/// <remarks>The message is a whole sentence for the user: file, offset, what was expected, what was found.</remarks>
public sealed class CaptureFormatException : Exception
{
    public CaptureFormatException(string message)
        : base(message)
    {
    }

    public CaptureFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
