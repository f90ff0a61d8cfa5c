namespace HttpWireAnalyzer.Capture;

/// <summary>A BPF filter that libpcap does not accept; the message is libpcap's own text.</summary>
public sealed class CaptureFilterException : Exception
{
    /// <param name="place">Where in the filter the error is.</param>
    public CaptureFilterException(string filter, string message, (int Start, int Length) place)
        : base(message)
    {
        Filter = filter;
        Start = place.Start;
        Length = place.Length;
    }

    /// <summary>The filter as the user gave it.</summary>
    public string Filter { get; }

    /// <summary>Where the token begins that libpcap cannot take; behind the filter where that ends too soon.</summary>
    public int Start { get; }

    /// <summary>Characters of that token.</summary>
    public int Length { get; }
}
