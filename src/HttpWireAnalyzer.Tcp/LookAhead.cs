using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Fetches what coming segments need: first their entry in the table, and some segments later, when that is there, the
/// connection that it names.
/// </summary>
internal sealed class LookAhead(ConnectionTable table, ConnectionStore store)
{
    /// <summary>Segments between the two steps: about 100 ns each, where memory takes as long.</summary>
    private const int Steps = 4;

    /// <summary>
    /// Connections that had a segment lately are in a cache still: as many as half of a megabyte holds, a second-level
    /// cache of today.
    /// </summary>
    private const int Recent = 512;

    /// <summary>Hashes whose second step is due, each in its turn; 0 for none.</summary>
    private readonly uint[] _due = new uint[Steps];

    /// <summary>By the lower bits of the hash, the latest.</summary>
    private readonly uint[] _recent = new uint[Recent];
    private int _next;

    public void Prepare(in TupleKey key)
    {
        ref var due = ref _due[_next++ & (Steps - 1)];
        if (due != 0)
        {
            FetchConnection(due);
        }

        var hash = key.Hash;
        ref var recent = ref _recent[hash & (Recent - 1)];
        due = hash == recent ? 0 : hash;
        if (due != 0)
        {
            recent = hash;
            table.Prefetch(hash);
        }
    }

    private void FetchConnection(uint hash)
    {
        var reference = table.Guess(hash);
        if (reference >= 0)
        {
            CacheLines.Prefetch(ref store.Connections[reference]);
        }
        else if (ConnectionStore.IsTombstone(reference, out var tombstone))
        {
            CacheLines.Prefetch(ref store.Tombstones[tombstone]);
        }
    }
}
