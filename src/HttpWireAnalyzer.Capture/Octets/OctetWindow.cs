using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>
/// The part of a file that is in memory. What a reader did not take when it asks for more is moved to the front of the
/// buffer, or of another where batches still hold packets in this one, so a record is always whole and in one piece.
/// </summary>
internal sealed class OctetWindow(IOctetSource source, int capacity) : IDisposable
{
    private readonly FreeBuffers _free = new();
    private IOctetSource _source = source;
    private int _end;
    private long _offsetOfBuffer;

    /// <summary>The buffer; another one after a <see cref="Fill"/> that found it held, or had to grow it.</summary>
    public OctetBuffer Buffer { get; private set; } = FreeBuffers.Allocate(capacity);

    /// <summary>Where in <see cref="Buffer"/> the octets begin that are not taken yet.</summary>
    public int Start { get; private set; }

    public int Length => _end - Start;

    /// <summary>Octets in the file before <see cref="Start"/>.</summary>
    public long Offset => _offsetOfBuffer + Start;

    public ReadOnlySpan<byte> Unread => Buffer.Octets.AsSpan(Start, _end - Start);

    public IOctetSource Source => _source;

    public void Advance(int octets) => Start += octets;

    /// <summary>Reads until <paramref name="needed"/> octets are there; false if the file ends before.</summary>
    /// <remarks>One read where one is enough: a pipe's packet is given on as soon as it is whole.</remarks>
    public bool Fill(int needed)
    {
        if (Length >= needed)
        {
            return true;
        }

        MoveToFront();
        while (_end < needed)
        {
            if (_end == Buffer.Octets.Length)
            {
                Grow();
            }

            var read = _source.Read(Buffer.Octets.AsSpan(_end));
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>Goes on with what <paramref name="unpack"/> makes of the octets from here: a packed file.</summary>
    public void Unpack(Func<byte[], IOctetSource, IOctetSource> unpack)
    {
        _source = unpack(Unread.ToArray(), _source);
        Start = 0;
        _end = 0;
        _offsetOfBuffer = 0;
    }

    public void Dispose() => _source.Dispose();

    private void MoveToFront()
    {
        if (Start > 0)
        {
            MoveTo(Buffer.IsHeld ? _free.Take(Buffer.Octets.Length) : Buffer);
        }
    }

    // Doubled only when full of octets that really came: a length field alone allocates nothing.
    private void Grow() => MoveTo(_free.Take(Buffer.Octets.Length * 2));

    private void MoveTo(OctetBuffer buffer)
    {
        Unread.CopyTo(buffer.Octets);
        if (buffer != Buffer)
        {
            _free.Give(Buffer);
            Buffer = buffer;
        }

        _offsetOfBuffer += Start;
        _end -= Start;
        Start = 0;
    }
}
