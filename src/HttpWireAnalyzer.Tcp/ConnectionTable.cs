using System.Numerics;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Finds the newest connection of a 4-tuple, from either direction. Open addressing over eight octets an entry: a
/// look-up reads one cache line here and the connection's own.
/// </summary>
internal sealed class ConnectionTable(SlotArray<TcpConnection> connections)
{
    private const int MinimumCapacity = 1024;

    private Entry[] _entries = NewEntries(MinimumCapacity);
    private int _count;

    /// <summary>The slot of the newest connection between the two, or -1; and which end sent.</summary>
    public int Find(in Endpoint source, in Endpoint destination, out Side sender)
    {
        var hash = Hash(source, destination);
        var entries = _entries;
        var mask = entries.Length - 1;
        for (var at = (int)hash & mask; entries[at].Slot >= 0; at = (at + 1) & mask)
        {
            if (entries[at].Hash != hash)
            {
                continue;
            }

            ref readonly var connection = ref connections[entries[at].Slot];
            if (connection.Client == source && connection.Server == destination)
            {
                sender = Side.Client;
                return entries[at].Slot;
            }

            if (connection.Client == destination && connection.Server == source)
            {
                sender = Side.Server;
                return entries[at].Slot;
            }
        }

        sender = Side.Client;
        return -1;
    }

    /// <summary>Makes <paramref name="slot"/>, whose ends are set, the newest of its 4-tuple.</summary>
    public void Set(int slot)
    {
        ref readonly var connection = ref connections[slot];
        var at = PlaceOf(connection.Client, connection.Server, out var hash);
        if (_entries[at].Slot < 0)
        {
            // At most half full: a miss, as each SYN is one, ends after about two steps.
            if (++_count * 2 > _entries.Length)
            {
                Grow();
                at = PlaceOf(connection.Client, connection.Server, out hash);
            }
        }

        _entries[at] = new Entry(hash, slot);
    }

    /// <summary>Forgets <paramref name="slot"/>, unless a later connection took over its 4-tuple.</summary>
    public void Remove(int slot)
    {
        ref readonly var connection = ref connections[slot];
        var at = PlaceOf(connection.Client, connection.Server, out _);
        if (_entries[at].Slot == slot)
        {
            _count--;
            CloseHole(at);
        }
    }

    private int PlaceOf(in Endpoint client, in Endpoint server, out uint hash)
    {
        hash = Hash(client, server);
        var mask = _entries.Length - 1;
        var at = (int)hash & mask;
        while (_entries[at].Slot >= 0)
        {
            ref readonly var other = ref connections[_entries[at].Slot];
            if (_entries[at].Hash == hash
                && ((other.Client == client && other.Server == server)
                    || (other.Client == server && other.Server == client)))
            {
                break;
            }

            at = (at + 1) & mask;
        }

        return at;
    }

    // Entries behind the hole move up unless they would then stand before their own place.
    private void CloseHole(int hole)
    {
        var mask = _entries.Length - 1;
        for (var at = (hole + 1) & mask; _entries[at].Slot >= 0; at = (at + 1) & mask)
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
        var mask = _entries.Length - 1;
        foreach (var entry in old)
        {
            if (entry.Slot < 0)
            {
                continue;
            }

            var at = (int)entry.Hash & mask;
            while (_entries[at].Slot >= 0)
            {
                at = (at + 1) & mask;
            }

            _entries[at] = entry;
        }
    }

    private static Entry[] NewEntries(int capacity)
    {
        var entries = new Entry[capacity];
        Array.Fill(entries, Entry.Empty);
        return entries;
    }

    // The same from both directions: a sum of one mix for each end.
    private static uint Hash(in Endpoint one, in Endpoint other)
    {
        var sum = unchecked(Mix(one) + Mix(other));
        sum ^= sum >> 32;
        return (uint)unchecked((sum * 0x9E37_79B9_7F4A_7C15) >> 32);
    }

    private static ulong Mix(in Endpoint end)
    {
        var mixed = unchecked(
            ((end.Address.Low ^ BitOperations.RotateLeft(end.Address.High, 29)) * 0xD6E8_FEB8_6659_FD93)
            + (end.Port * 0xA076_1D64_78BD_642F));
        return unchecked((mixed ^ (mixed >> 32)) * 0xE703_7ED1_A0B4_28DB);
    }

    private readonly record struct Entry(uint Hash, int Slot)
    {
        public static readonly Entry Empty = new(0, -1);
    }
}
