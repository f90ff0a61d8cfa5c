namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>A short queue between two threads. Whoever is faster waits for the other.</summary>
internal sealed class Handover<T>(int capacity)
{
    private readonly Queue<T> _waiting = new(capacity);
    private bool _isClosed;

    /// <summary>False where the other side has given up.</summary>
    public bool Put(T value)
    {
        lock (_waiting)
        {
            while (_waiting.Count == capacity && !_isClosed)
            {
                Monitor.Wait(_waiting);
            }

            if (_isClosed)
            {
                return false;
            }

            _waiting.Enqueue(value);
            Monitor.PulseAll(_waiting);
            return true;
        }
    }

    /// <summary>False where the other side has given up.</summary>
    public bool TryTake(out T value)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_waiting);
            }

            if (_isClosed)
            {
                value = default!;
                return false;
            }

            value = _waiting.Dequeue();
            Monitor.PulseAll(_waiting);
            return true;
        }
    }

    /// <summary>Nobody waits any more, and nothing is given.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _isClosed = true;
            Monitor.PulseAll(_waiting);
        }
    }
}
