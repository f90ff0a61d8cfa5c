using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Events of one kind, in order. The memory is used again, and never cleared: events are large.</summary>
internal sealed class Events<T>
    where T : struct
{
    private T[] _events = new T[16];

    public int Count { get; private set; }

    public ref readonly T this[int index] => ref _events[index];

    public void Add(in T value)
    {
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, 2 * _events.Length);
        }

        _events[Count++] = value;
    }

    /// <summary>Has an event fetched from the cache of the processor that wrote it.</summary>
    public void Fetch(int index) => CacheLines.Prefetch(ref _events[index]);

    public void Clear() => Count = 0;
}
