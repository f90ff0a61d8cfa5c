using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Fetches what coming segments need, each step some segments after the one that it depends on: their entry in the
/// table; the connection that it names, here and in the stages behind; and what that refers to.
/// </summary>
internal sealed class LookAhead(ConnectionTable table, ConnectionStore store, IStreamSink sink)
{
    /// <summary>Segments between two steps: about 100 ns each, where memory takes as long.</summary>
    private const int Steps = 3;

    /// <summary>Both later steps are still to come, and the last of them before the segment.</summary>
    public const int Segments = (3 * Steps) + 1;

    /// <summary>
    /// Connections that had a segment lately are in a cache still: as many as half of a megabyte holds, a second-level
    /// cache of today.
    /// </summary>
    private const int Recent = 512;

    /// <summary>By the lower bits of the hash, the latest.</summary>
    private readonly uint[] _recent = new uint[Recent];

    /// <summary>Hashes whose connection is due, each in its turn; 0 for none.</summary>
    private readonly uint[] _entries = new uint[Steps];

    /// <summary>Connections whose details are due; negative for none.</summary>
    private readonly int[] _connections = [.. Enumerable.Repeat(ConnectionTable.None, Steps)];
    private int _turn;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(uint hash)
    {
        var turn = _turn == Steps - 1 ? 0 : _turn + 1;
        _turn = turn;
        ref var entry = ref _entries[turn];
        ref var connection = ref _connections[turn];
        if (entry != 0 || connection >= 0)
        {
            Step(ref entry, ref connection);
        }

        ref var recent = ref _recent[hash & (Recent - 1)];
        if (hash != recent)
        {
            recent = hash;
            entry = hash;
            table.Prefetch(hash);
        }
    }

    // Most segments are of recent connections, for which no step is due.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Step(ref uint entry, ref int connection)
    {
        if (connection >= 0)
        {
            store.Connections[connection].PrefetchDetails();
        }

        connection = entry == 0 ? ConnectionTable.None : FetchNamed(entry);
        entry = 0;
    }

    private int FetchNamed(uint hash)
    {
        var reference = table.Guess(hash);
        if (reference >= 0)
        {
            CacheLines.Prefetch(ref store.Connections[reference]);
            sink.Expect(reference);
        }
        else if (ConnectionStore.IsTombstone(reference, out var tombstone))
        {
            CacheLines.Prefetch(ref store.Tombstones[tombstone]);
        }

        return reference;
    }
}
