using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Cli;

/// <summary>Standard input that ends when the program is asked to end: a pipe may say nothing for hours.</summary>
internal sealed partial class StandardInput(Stream inner, CancellationToken stop) : Stream
{
    private const int Descriptor = 0;
    private const short Readable = 1;

    /// <summary>EINTR: the signal that asks to end comes just then.</summary>
    private const int Interrupted = 4;

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

            var polled = new Polled { Descriptor = Descriptor, Events = Readable };
            var ready = poll(ref polled, 1, Patience);
            // What cannot be asked is for the reading itself to find out.
            if (ready > 0 || (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted))
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

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref Polled polled, nuint count, int milliseconds);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
