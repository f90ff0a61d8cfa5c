namespace HttpWireAnalyzer.TestBuilders;

/// <summary>A pipe that gives few octets at a time, as a slow writer makes it.</summary>
/// <param name="failsAt">The offset at which reading fails, as a disk does.</param>
public sealed class TrickleStream(byte[] octets, int atATime, int failsAt = int.MaxValue) : Stream
{
    private int _next;

    /// <summary>Octets given so far.</summary>
    public int Given => _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_next >= failsAt)
        {
            throw new IOException("the disk fails");
        }

        var length = Math.Min(Math.Min(atATime, buffer.Length), octets.Length - _next);
        octets.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
