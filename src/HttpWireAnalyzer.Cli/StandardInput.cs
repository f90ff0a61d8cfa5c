using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Cli;

/// <summary>Standard input that ends when the program is asked to end: a pipe may say nothing for hours.</summary>
internal sealed class StandardInput(Stream inner, CancellationToken stop) : Stream
{
    private const int Descriptor = 0;

    /// <summary>Milliseconds between looks at <c>stop</c>.</summary>
    private const int Patience = 100;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardInput Open(CancellationToken stop) => new(Console.OpenStandardInput(), stop);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (!OperatingSystem.IsWindows())
        {
            if (stop.IsCancellationRequested)
            {
                return 0;
            }

            if (Polling.IsReadable(Descriptor, Patience))
            {
                break;
            }
        }

        return inner.Read(buffer);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
