namespace HttpWireAnalyzer.Http.Http2.Hpack;

/// <summary>The dynamic table (RFC 7541 §2.3.2): the newest field has index 62, the oldest leaves first.</summary>
/// <remarks>
/// After a hole, or on a connection that was joined in the middle, the fields before it are not known, nor how many there
/// are. Indices count from the newest, so those of the fields that came since are right all the same; what is beyond them
/// is unknown, and never guessed.
/// </remarks>
internal sealed class DynamicTable
{
    /// <summary>RFC 9113 §6.5.2: SETTINGS_HEADER_TABLE_SIZE, as long as nobody says otherwise.</summary>
    public const int InitialSize = 4096;

    private HpackField[] _ring = [];
    private int _first;
    private int _size;

    public int Count { get; private set; }

    /// <summary>Octets that the fields may take, as the encoder last said.</summary>
    public int MaximumSize { get; private set; } = InitialSize;

    /// <summary>There may be fields beyond those that are known.</summary>
    public bool HasUnknown { get; private set; }

    /// <param name="place">0 for the newest.</param>
    public HpackField this[int place] => _ring[(_first + Count - 1 - place) & (_ring.Length - 1)];

    /// <summary>All that is in it, and any number of fields more, is not known any longer.</summary>
    public void Forget()
    {
        Clear();
        HasUnknown = true;
    }

    /// <param name="limit">What is kept of it at most: older fields become unknown.</param>
    public void Resize(int maximum, int limit)
    {
        HasUnknown |= maximum > limit;
        MaximumSize = Math.Min(maximum, limit);
        EvictTo(MaximumSize);
    }

    /// <summary>RFC 7541 §4.4: first the oldest leave; a field that is larger than the table empties it.</summary>
    public void Add(in HpackField field)
    {
        EvictTo(MaximumSize - field.Size);
        if (field.Size > MaximumSize)
        {
            return;
        }

        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_first + Count) & (_ring.Length - 1)] = field;
        Count++;
        _size += field.Size;
    }

    private void EvictTo(int size)
    {
        while (Count > 0 && _size > size)
        {
            _size -= _ring[_first].Size;
            _ring[_first] = default;
            _first = (_first + 1) & (_ring.Length - 1);
            Count--;
        }
    }

    private void Clear()
    {
        _ring.AsSpan().Clear();
        _first = 0;
        _size = 0;
        Count = 0;
    }

    /// <summary>A power of two, so that places wrap by a mask. It holds at most MaximumSize / 32 fields.</summary>
    private void Grow()
    {
        var larger = new HpackField[Math.Max(8, _ring.Length * 2)];
        for (var at = 0; at < Count; at++)
        {
            larger[at] = _ring[(_first + at) & (_ring.Length - 1)];
        }

        _ring = larger;
        _first = 0;
    }
}
