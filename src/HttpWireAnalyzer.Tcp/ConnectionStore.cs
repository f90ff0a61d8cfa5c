using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Connections and the tombstones of those that left, each by its slot. A reference tells them apart: a connection's
/// is its slot, a tombstone's is below -1.
/// </summary>
internal sealed class ConnectionStore
{
    /// <summary>Whole addresses of the connections whose key is only a digest of them.</summary>
    private readonly SlotArray<WideEnds> _wide = new();
    private readonly SlotArray<WideEnds> _wideGone = new();

    public SlotArray<TcpConnection> Connections { get; } = new();

    public SlotArray<Tombstone> Tombstones { get; } = new();

    public static int ReferenceOfTombstone(int slot) => -2 - slot;

    public static bool IsTombstone(int reference, out int slot)
    {
        slot = -2 - reference;
        return reference < -1;
    }

    /// <summary>
    /// Takes a slot for a connection, all of whose fields but its ends are still to be set. A slot is clear: pages begin
    /// so, and <see cref="Close"/> leaves it so.
    /// </summary>
    /// <param name="key">Of the ends, the client first.</param>
    public int Open(in TupleKey key, in WideEnds ends)
    {
        var slot = Connections.Take();
        ref var connection = ref Connections[slot];
        connection.Addresses = key.Addresses;
        connection.Ports = key.Ports;
        if (key.IsWide)
        {
            connection.Flags = ConnectionFlags.Wide;
            _wide.Reach(slot) = ends;
        }

        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleKey KeyOf(int slot)
    {
        ref readonly var connection = ref Connections[slot];
        return new TupleKey(connection.Addresses, connection.Ports, connection.Has(ConnectionFlags.Wide));
    }

    public TupleKey KeyOfTombstone(int slot)
    {
        ref readonly var tombstone = ref Tombstones[slot];
        return new TupleKey(tombstone.Addresses, tombstone.Ports, tombstone.IsWide);
    }

    public WideEnds EndsOf(int slot)
    {
        var key = KeyOf(slot);
        return key.IsWide ? _wide[slot] : new WideEnds(key.FirstIpv4, key.SecondIpv4);
    }

    /// <summary>Clears a connection's slot and gives it back.</summary>
    public void Close(int slot)
    {
        // A span is cleared in longer strides than a struct with references.
        new Span<TcpConnection>(ref Connections[slot]).Clear();
        Connections.GiveBack(slot);
    }

    /// <summary>Leaves a tombstone for a connection, which is still there.</summary>
    public int Bury(int slot)
    {
        var at = Tombstones.Take();
        Tombstones[at] = Tombstone.Of(Connections[slot]);
        if (Tombstones[at].IsWide)
        {
            _wideGone.Reach(at) = _wide[slot];
        }

        return at;
    }

    public void Forget(int tombstone)
    {
        Tombstones[tombstone] = default;
        Tombstones.GiveBack(tombstone);
    }

    /// <summary>
    /// Whether the reference, whose hash is the key's, is of that 4-tuple; and which end of it the first of the key is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(int reference, in TupleKey key, in AddressPair wide, out Side sender)
    {
        if (reference >= 0)
        {
            ref readonly var connection = ref Connections[reference];
            var isSame = key.TryMatch(connection.Addresses, connection.Ports, out var isReversed);
            sender = isReversed ? Side.Server : Side.Client;
            return isSame && (!key.IsWide || IsSame(_wide[reference], key, wide, out sender));
        }

        return MatchesTombstone(reference, key, wide, out sender);
    }

    private bool MatchesTombstone(int reference, in TupleKey key, in AddressPair wide, out Side sender)
    {
        IsTombstone(reference, out var slot);
        ref readonly var tombstone = ref Tombstones[slot];
        var isSame = key.TryMatch(tombstone.Addresses, tombstone.Ports, out var isReversed);
        sender = isReversed ? Side.Server : Side.Client;
        return isSame && (!key.IsWide || IsSame(_wideGone[slot], key, wide, out sender));
    }

    private static bool IsSame(in WideEnds ends, in TupleKey key, in AddressPair wide, out Side sender)
    {
        var first = new Endpoint(wide.First, key.FirstPort);
        var second = new Endpoint(wide.Second, key.SecondPort);
        sender = ends.Client == first && ends.Server == second ? Side.Client : Side.Server;
        return sender == Side.Client || (ends.Client == second && ends.Server == first);
    }
}

/// <summary>The ends of a connection, as first seen.</summary>
internal readonly record struct WideEnds(Endpoint Client, Endpoint Server);
