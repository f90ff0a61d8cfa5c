using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>When each segment of a stream was sent that is not acknowledged yet.</summary>
internal sealed class SentSegments
{
    /// <summary>A window of 6 MiB (Linux tcp_rmem[2]) in segments of 1,460 octets; beyond that the oldest is forgotten.</summary>
    private const int MostSegments = 4096;

    private readonly Queue<(uint End, long At)> _segments = new();

    /// <summary>Octets before this were sent more than once: their acknowledgment tells no round trip.</summary>
    private uint _repeatedUpTo;
    private bool _isRepeated;

    public void Add(uint end, long at)
    {
        if (_segments.Count == MostSegments)
        {
            _segments.Dequeue();
        }

        _segments.Enqueue((end, at));
    }

    public void NoteRepeat(uint end)
    {
        _repeatedUpTo = _isRepeated && SequenceNumber.Distance(end, _repeatedUpTo) < 0 ? _repeatedUpTo : end;
        _isRepeated = true;
    }

    /// <summary>
    /// Nanoseconds since the last segment acknowledged was sent; 0 where that is not known, as where more is acknowledged than
    /// the capture has.
    /// </summary>
    public long Acknowledge(uint acknowledged, long now)
    {
        (uint End, long At) last = default;
        var any = false;
        while (_segments.TryPeek(out var segment) && SequenceNumber.Distance(segment.End, acknowledged) <= 0)
        {
            last = _segments.Dequeue();
            any = true;
        }

        var isRepeated = _isRepeated && SequenceNumber.Distance(last.End, _repeatedUpTo) <= 0;
        _isRepeated &= SequenceNumber.Distance(acknowledged, _repeatedUpTo) < 0;
        return any && !isRepeated && last.End == acknowledged ? long.Max(0, now - last.At) : 0;
    }
}
