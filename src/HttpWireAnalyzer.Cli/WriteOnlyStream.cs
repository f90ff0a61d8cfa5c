using Microsoft.Win32.SafeHandles;

namespace HttpWireAnalyzer.Cli;

/// <summary>A stream that is written from its beginning to its end, and no more.</summary>
internal abstract class WriteOnlyStream : Stream
{
    /// <summary>
    /// What a descriptor leads to, without the console's stream in between; but a file by that stream: a FileStream writes to it
    /// at offsets of its own, and &gt;&gt; and a shared descriptor would be lost.
    /// </summary>
    protected static Stream OfDescriptor(int descriptor, Func<Stream> console)
    {
        if (!OperatingSystem.IsWindows())
        {
            var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return stream;
            }
        }

        return console();
    }

    public sealed override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => true;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
