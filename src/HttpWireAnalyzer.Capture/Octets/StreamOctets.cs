namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>The octets of a file or a pipe, as they are.</summary>
internal sealed class StreamOctets(Stream stream, bool leaveOpen) : IOctetSource
{
    public OctetFault? Fault { get; private set; }

    public long Position { get; private set; }

    public long? Length { get; } = stream.CanSeek ? stream.Length : null;

    public int Read(Span<byte> destination)
    {
        try
        {
            var read = stream.Read(destination);
            Position += read;
            return read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk or a network share that fails under the file: what was read before stays good.
            Fault = new OctetFault(CaptureRemarkKind.Damaged, "octets", error.Message);
            return 0;
        }
    }

    public void Dispose()
    {
        if (!leaveOpen)
        {
            stream.Dispose();
        }
    }
}
