namespace HttpWireAnalyzer.Capture;

/// <summary>A BPF filter that libpcap does not accept; the message is libpcap's own text.</summary>
public sealed class CaptureFilterException : Exception
{
    public CaptureFilterException(string filter, string message)
        : base(message)
    {
        Filter = filter;
    }

    /// <summary>The filter as the user gave it.</summary>
    public string Filter { get; }
}
