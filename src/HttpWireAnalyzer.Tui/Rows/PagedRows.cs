namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>
/// Rows in pages that never move. One thread writes them, others read: a lock is held for one row, or for the copy of
/// one page.
/// </summary>
internal sealed class PagedRows<T>(int limit)
    where T : struct
{
    public const int PageSize = 1024;

    private readonly Lock _lock = new();
    private T[][] _pages = [];
    private int _count;

    /// <summary>Rows that are there, from 0: it only grows.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Copies of rows: what is read stays as it was read.</summary>
    public T this[int index]
    {
        get
        {
            lock (_lock)
            {
                return _pages[index / PageSize][index % PageSize];
            }
        }
    }

    /// <summary>False where there is no room for it: <c>limit</c> rows are kept.</summary>
    public bool TryAdd(in T row) => TrySet(_count, row);

    /// <summary>Writes the row, and makes those before it that are not there yet; false beyond the limit.</summary>
    public bool TrySet(int index, in T row)
    {
        if (index >= limit)
        {
            return false;
        }

        lock (_lock)
        {
            Reach(index);
            _pages[index / PageSize][index % PageSize] = row;
            return true;
        }
    }

    /// <summary>Changes a row where it stands; nothing where it was not kept.</summary>
    public void Change<TChange>(int index, in TChange change)
        where TChange : struct, IRowChange<T>, allows ref struct
    {
        if (index >= limit)
        {
            return;
        }

        lock (_lock)
        {
            if (index < _count)
            {
                change.ApplyTo(ref _pages[index / PageSize][index % PageSize]);
            }
        }
    }

    /// <summary>Copies a page; how many rows it has.</summary>
    public int CopyPage(int page, Span<T> rows)
    {
        lock (_lock)
        {
            var count = int.Clamp(_count - (page * PageSize), 0, PageSize);
            if (count > 0)
            {
                _pages[page].AsSpan(0, count).CopyTo(rows);
            }

            return count;
        }
    }

    /// <summary>
    /// The nearest place whose row is asked for, looked at where it stands; -1 where there is none. The lock is held for
    /// as many rows as a page has.
    /// </summary>
    /// <param name="order">The row at each place; null where it is the place itself.</param>
    /// <param name="end">The place behind the last one, in the direction of <paramref name="step"/>.</param>
    /// <param name="step">1 or -1.</param>
    public int Find(int[]? order, int from, int end, int step, RowTest<T> test)
    {
        for (var at = from; at != end;)
        {
            lock (_lock)
            {
                for (var left = PageSize; left > 0 && at != end; left--, at += step)
                {
                    var index = order is null ? at : order[at];
                    if (test(_pages[index / PageSize][index % PageSize]))
                    {
                        return at;
                    }
                }
            }
        }

        return -1;
    }

    private void Reach(int index)
    {
        var page = index / PageSize;
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, int.Max(16, 2 * page));
        }

        for (; page >= 0 && _pages[page] is null; page--)
        {
            _pages[page] = new T[PageSize];
        }

        Volatile.Write(ref _count, int.Max(_count, index + 1));
    }
}

/// <summary>A change of one row, made under its lock.</summary>
internal interface IRowChange<T>
{
    void ApplyTo(ref T row);
}

/// <summary>Whether a row is asked for.</summary>
internal delegate bool RowTest<T>(in T row);
