using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What the records of each connection have shown, until the connection's own record comes.</summary>
/// <remarks>
/// By number, for connections end in any order. Only those that have shown something, and whose record has not come, are
/// here: of each of them ConnectionRecords holds far more.
/// </remarks>
internal sealed class ConnectionBits
{
    private readonly Dictionary<int, AtomBits> _unfinished = [];

    public void Add(int connection, AtomBits bits)
    {
        if (bits != default)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_unfinished, connection, out _) |= bits;
        }
    }

    /// <summary>Nothing may be added to it afterwards.</summary>
    public AtomBits Take(int connection) => _unfinished.Remove(connection, out var bits) ? bits : default;
}
