using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Finds the newest connection of a 4-tuple, or its tombstone, from either direction. Open addressing over eight octets
/// an entry: a look-up reads one cache line here and the connection's own.
/// </summary>
internal sealed class ConnectionTable(ConnectionStore store)
{
    /// <summary>The reference of nothing.</summary>
    public const int None = -1;

    private const int MinimumCapacity = 1024;

    private Entry[] _entries = NewEntries(MinimumCapacity);
    private int _count;

    /// <summary>The connection found last, between IPv4 addresses; <see cref="None"/> if another may stand in its place.</summary>
    private int _latest = None;
    private ulong _latestAddresses;
    private uint _latestPorts;

    /// <summary>Of the key with these ports.</summary>
    private Side _latestSender;

    /// <summary>The reference (<see cref="ConnectionStore"/>) of what stands between the two; and which end is the first.</summary>
    /// <param name="wide">As in <see cref="TcpSegment.WideAddresses"/>.</param>
    public int Find(in TupleKey key, in AddressPair wide, out Side sender)
    {
        // Segments of one connection often follow each other.
        if (_latest >= 0 && key.TryMatch(_latestAddresses, _latestPorts, out var isReversed) && !key.IsWide)
        {
            sender = isReversed ? _latestSender.Other() : _latestSender;
            return _latest;
        }

        return Search(key, wide, out sender);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Search(in TupleKey key, in AddressPair wide, out Side sender)
    {
        var hash = key.Hash;
        var mask = _entries.Length - 1;
        ref var entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            // The mask keeps it within the array; half of the entries are empty, so the walk ends.
            ref readonly var entry = ref Unsafe.Add(ref entries, at);
            var reference = entry.Reference;
            if (reference == None)
            {
                sender = Side.Client;
                return None;
            }

            if (entry.Hash == hash && store.Matches(reference, key, wide, out sender))
            {
                Remember(reference, key, sender);
                return reference;
            }
        }
    }

    public int Find(in Endpoint first, in Endpoint second, out Side sender) =>
        Find(new TupleKey(first, second), new AddressPair(first.Address, second.Address), out sender);

    public int Count => _count;

    /// <summary>Has the entry's cache line fetched.</summary>
    public void Prefetch(uint hash) => CacheLines.Prefetch(ref _entries[(int)hash & (_entries.Length - 1)]);

    /// <summary>The first reference that has the hash: most likely what a look-up will find.</summary>
    public int Guess(uint hash)
    {
        var mask = _entries.Length - 1;
        var at = (int)hash & mask;
        while (_entries[at].Reference != None && _entries[at].Hash != hash)
        {
            at = (at + 1) & mask;
        }

        return _entries[at].Reference;
    }

    /// <summary>Adds a 4-tuple that is not there.</summary>
    public void Add(uint hash, int reference)
    {
        // At most half full: a miss, as each SYN is one, ends after about two steps.
        if (++_count * 2 > _entries.Length)
        {
            Grow();
        }

        _entries[PlaceOf(hash, None)] = new Entry(hash, reference);
    }

    /// <summary>Lets <paramref name="newer"/> stand where <paramref name="older"/>, of the same 4-tuple, stood.</summary>
    public void Replace(uint hash, int older, int newer)
    {
        _latest = None;
        _entries[PlaceOf(hash, older)] = new Entry(hash, newer);
    }

    /// <summary>Whether it stands here: a later connection may have taken over its 4-tuple.</summary>
    public bool Holds(uint hash, int reference) => _entries[PlaceOf(hash, reference)].Reference == reference;

    /// <summary>Forgets what <see cref="Holds"/>.</summary>
    public void Remove(uint hash, int reference)
    {
        _latest = None;
        _count--;
        CloseHole(PlaceOf(hash, reference));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Remember(int reference, in TupleKey key, Side sender)
    {
        if (reference >= 0 && !key.IsWide)
        {
            _latest = reference;
            _latestAddresses = key.Addresses;
            _latestPorts = key.Ports;
            _latestSender = sender;
        }
    }

    /// <summary>Where the reference stands, or the empty place behind its chain.</summary>
    private int PlaceOf(uint hash, int reference)
    {
        var mask = _entries.Length - 1;
        var at = (int)hash & mask;
        while (_entries[at].Reference != None && _entries[at].Reference != reference)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    // Entries behind the hole move up unless they would then stand before their own place.
    private void CloseHole(int hole)
    {
        var mask = _entries.Length - 1;
        for (var at = (hole + 1) & mask; _entries[at].Reference != None; at = (at + 1) & mask)
        {
            var home = (int)_entries[at].Hash & mask;
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                _entries[hole] = _entries[at];
                hole = at;
            }
        }

        _entries[hole] = Entry.Empty;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = NewEntries(old.Length * 2);
        foreach (var entry in old)
        {
            if (entry.Reference == None)
            {
                continue;
            }

            _entries[PlaceOf(entry.Hash, None)] = entry;
        }
    }

    private static Entry[] NewEntries(int capacity)
    {
        var entries = new Entry[capacity];
        Array.Fill(entries, Entry.Empty);
        return entries;
    }

    private readonly record struct Entry(uint Hash, int Reference)
    {
        public static readonly Entry Empty = new(0, None);
    }
}
