namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>
/// The part of a file that is in memory: one buffer, reused for ever. What a reader did not take when it asks for more
/// is moved to the front, so a record is always whole and in one piece.
/// </summary>
internal sealed class OctetWindow(IOctetSource source, int capacity) : IDisposable
{
    private IOctetSource _source = source;
    private int _end;
    private long _offsetOfBuffer;

    /// <summary>The buffer; another one after a <see cref="Fill"/> that had to grow it.</summary>
    public byte[] Buffer { get; private set; } = Allocate(capacity);

    /// <summary>Where in <see cref="Buffer"/> the octets begin that are not taken yet.</summary>
    public int Start { get; private set; }

    public int Length => _end - Start;

    /// <summary>Octets in the file before <see cref="Start"/>.</summary>
    public long Offset => _offsetOfBuffer + Start;

    public ReadOnlySpan<byte> Unread => Buffer.AsSpan(Start, _end - Start);

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
            if (_end == Buffer.Length)
            {
                Grow();
            }

            int read = _source.Read(Buffer.AsSpan(_end));
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

    // Not cleared, and pinned, since it is read into for as long as the file lasts.
    private static byte[] Allocate(int octets) => GC.AllocateUninitializedArray<byte>(octets, pinned: true);

    private void MoveToFront()
    {
        if (Start == 0)
        {
            return;
        }

        Unread.CopyTo(Buffer);
        _offsetOfBuffer += Start;
        _end -= Start;
        Start = 0;
    }

    // Doubled only when full of octets that really came: a length field alone allocates nothing.
    private void Grow()
    {
        byte[] larger = Allocate(Buffer.Length * 2);
        Buffer.CopyTo(larger, 0);
        Buffer = larger;
    }
}
