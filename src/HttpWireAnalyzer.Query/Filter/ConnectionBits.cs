namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What the records of each connection have shown, until the connection's own record comes.</summary>
/// <remarks>
/// A ring by number, because connections are handed on in the order of their numbers: 16 octets for each connection
/// from the first that is unfinished to the last that has begun, of which ConnectionRecords holds far more.
/// </remarks>
internal sealed class ConnectionBits
{
    private AtomBits[] _ring = new AtomBits[64];
    private int _first;

    /// <summary>What comes after the connection's record is too late.</summary>
    public void Add(int connection, AtomBits bits)
    {
        if (connection < _first)
        {
            return;
        }

        while (connection - _first >= _ring.Length)
        {
            Grow();
        }

        ref var seen = ref _ring[connection & (_ring.Length - 1)];
        seen |= bits;
    }

    /// <param name="connection">Greater than any before.</param>
    public AtomBits Take(int connection)
    {
        for (; _first < connection; _first++)
        {
            _ring[_first & (_ring.Length - 1)] = default;
        }

        ref var place = ref _ring[_first++ & (_ring.Length - 1)];
        var bits = place;
        place = default;
        return bits;
    }

    private void Grow()
    {
        var larger = new AtomBits[2 * _ring.Length];
        for (var number = _first; number - _first < _ring.Length; number++)
        {
            larger[number & (larger.Length - 1)] = _ring[number & (_ring.Length - 1)];
        }

        _ring = larger;
    }
}
