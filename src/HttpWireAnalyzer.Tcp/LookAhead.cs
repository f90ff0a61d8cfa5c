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

    private readonly uint[] _hashes = new uint[Steps];
    private int _next;

    public void Prepare(in TupleKey key)
    {
        ref var hash = ref _hashes[_next++ & (Steps - 1)];
        var reference = table.Guess(hash);
        if (reference >= 0)
        {
            CacheLines.Prefetch(ref store.Connections[reference]);
        }
        else if (ConnectionStore.IsTombstone(reference, out var tombstone))
        {
            CacheLines.Prefetch(ref store.Tombstones[tombstone]);
        }

        hash = key.Hash;
        table.Prefetch(hash);
    }
}
