namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>Where a file's octets come from, unpacked. What is wrong is a value: reading never throws.</summary>
internal interface IOctetSource : IDisposable
{
    /// <summary>At least one octet, as soon as there is one; 0 at the end.</summary>
    int Read(Span<byte> destination);

    /// <summary>Set with the 0 that ends it, where that is not the file's own end.</summary>
    OctetFault? Fault { get; }

    /// <summary>Octets taken from the file so far, packed where it is packed.</summary>
    long Position { get; }

    /// <summary>Octets in the file; null for a pipe.</summary>
    long? Length { get; }
}

/// <summary>Why octets end before the file's contents do.</summary>
internal sealed record OctetFault(CaptureRemarkKind Kind, string Expected, string Found);
