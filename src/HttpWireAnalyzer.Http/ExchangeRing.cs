namespace HttpWireAnalyzer.Http;

/// <summary>The exchanges of one connection that are under way, oldest first. Grows by doubling; its owner limits it.</summary>
internal sealed class ExchangeRing
{
    private const int InitialCapacity = 2;

    /// <summary>A ring that grew beyond this is not worth keeping for the next connection.</summary>
    private const int KeptCapacity = 16;

    private PendingExchange[] _items = new PendingExchange[InitialCapacity];
    private int _first;

    public int Count { get; private set; }

    public ref PendingExchange this[int index] => ref _items[(_first + index) & (_items.Length - 1)];

    /// <summary>Makes room at <paramref name="index"/> and gives an empty exchange there.</summary>
    public ref PendingExchange Insert(int index)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        Count++;
        if (index < Count / 2)
        {
            // Nearer to the front, where answers are: the front moves.
            _first = (_first - 1) & (_items.Length - 1);
            for (var at = 0; at < index; at++)
            {
                this[at] = this[at + 1];
            }
        }
        else
        {
            for (var at = Count - 1; at > index; at--)
            {
                this[at] = this[at - 1];
            }
        }

        ref var made = ref this[index];
        made = default;
        return ref made;
    }

    public void RemoveFirst()
    {
        _items[_first] = default;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
    }

    public void RemoveLast()
    {
        Count--;
        this[Count] = default;
    }

    public void Clear()
    {
        while (Count > 0)
        {
            RemoveLast();
        }

        _first = 0;
        if (_items.Length > KeptCapacity)
        {
            _items = new PendingExchange[InitialCapacity];
        }
    }

    private void Grow()
    {
        var larger = new PendingExchange[_items.Length * 2];
        for (var at = 0; at < Count; at++)
        {
            larger[at] = this[at];
        }

        _items = larger;
        _first = 0;
    }
}
