namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>A count that one thread raises and others wait for.</summary>
internal sealed class Tally
{
    private readonly object _gate = new();
    private long _count;
    private long _awaited = long.MaxValue;
    private bool _isClosed;

    public bool HasReached(long count) => Volatile.Read(ref _count) >= count;

    public void Raise()
    {
        lock (_gate)
        {
            if (++_count >= _awaited)
            {
                _awaited = long.MaxValue;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>False where it has not been reached and will not be.</summary>
    /// <param name="enough">
    /// Whoever has to wait at all waits for so much: to sleep and wake for each one costs more than what is waited for.
    /// </param>
    public bool WaitFor(long count, long enough)
    {
        if (HasReached(count))
        {
            return true;
        }

        lock (_gate)
        {
            while (_count < enough && !_isClosed)
            {
                _awaited = long.Min(_awaited, enough);
                Monitor.Wait(_gate);
            }

            return _count >= count;
        }
    }

    /// <summary>It rises no more, or nobody is to wait for that.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
