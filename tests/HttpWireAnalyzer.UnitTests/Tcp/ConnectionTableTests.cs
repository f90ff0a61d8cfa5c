using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>The table against a dictionary, and slots that are given out again.</summary>
public sealed class ConnectionTableTests
{
    private enum Verb
    {
        Set,
        Find,
        Remove,
    }

    [Fact]
    public void Behaves_as_a_dictionary_from_both_directions() =>
        Prop.ForAll(Arb.From(Gen.ListOf(AnyStep())), steps =>
        {
            var store = new ConnectionStore();
            var table = new ConnectionTable(store);
            var model = new Dictionary<(Endpoint, Endpoint), int>();
            foreach (var (verb, client, server) in steps)
            {
                var key = client.Port < server.Port ? (client, server) : (server, client);
                switch (verb)
                {
                    case Verb.Set:
                        model[key] = Add(store, table, client, server);
                        break;
                    case Verb.Remove when model.Remove(key, out var slot):
                        table.Remove(store.KeyOf(slot).Hash, slot);
                        store.Close(slot);
                        break;
                    default:
                        Assert.Equal(model.GetValueOrDefault(key, -1), table.Find(client, server, out _));
                        break;
                }
            }

            foreach (var (key, slot) in model)
            {
                Assert.Equal(slot, table.Find(key.Item1, key.Item2, out var sender));
                Assert.Equal(store.EndsOf(slot).Client == key.Item1 ? Side.Client : Side.Server, sender);
                Assert.Equal(slot, table.Find(key.Item2, key.Item1, out var other));
                Assert.Equal(sender.Other(), other);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(400));

    [Fact]
    public void Grows_and_shrinks_without_losing_any()
    {
        var store = new ConnectionStore();
        var table = new ConnectionTable(store);
        for (var i = 0; i < 5_000; i++)
        {
            Add(store, table, Client(i), Server);
        }

        for (var i = 0; i < 5_000; i += 2)
        {
            var slot = table.Find(Client(i), Server, out _);
            table.Remove(store.KeyOf(slot).Hash, slot);
        }

        for (var i = 0; i < 5_000; i++)
        {
            Assert.Equal(i % 2 == 0 ? -1 : i, table.Find(Server, Client(i), out _));
        }
    }

    [Fact]
    public void A_later_connection_stands_where_the_older_stood()
    {
        var store = new ConnectionStore();
        var table = new ConnectionTable(store);
        var old = Add(store, table, Client(1), Server);
        var newer = Add(store, table, Server, Client(1));

        Assert.False(table.Holds(store.KeyOf(old).Hash, old));
        Assert.Equal(newer, table.Find(Client(1), Server, out var sender));
        Assert.Equal(Side.Server, sender);
    }

    [Fact]
    public void IPv6_addresses_are_whole_though_the_key_has_a_digest()
    {
        var store = new ConnectionStore();
        var table = new ConnectionTable(store);
        var client = new Endpoint(new Address(0x2001_0DB8_0000_0000, 1), 40_000);
        var server = new Endpoint(new Address(0x2001_0DB8_0000_0000, 2), 80);
        var slot = Add(store, table, client, server);

        Assert.Equal(new WideEnds(client, server), store.EndsOf(slot));
        Assert.Equal(slot, table.Find(server, client, out var sender));
        Assert.Equal(Side.Server, sender);
        Assert.Equal(ConnectionTable.None, table.Find(client with { Address = server.Address }, server, out _));
    }

    [Fact]
    public void A_tombstone_stands_for_the_connection_that_left()
    {
        var store = new ConnectionStore();
        var table = new ConnectionTable(store);
        var client = new Endpoint(new Address(0x2001_0DB8_0000_0000, 1), 40_000);
        var slot = Add(store, table, client, Server);
        var reference = ConnectionStore.ReferenceOfTombstone(store.Bury(slot));
        table.Replace(store.KeyOf(slot).Hash, slot, reference);
        store.Close(slot);

        Assert.Equal(reference, table.Find(Server, client, out var sender));
        Assert.Equal(Side.Server, sender);
        Assert.True(ConnectionStore.IsTombstone(reference, out _));
    }

    [Fact]
    public void Slots_are_given_out_again_and_references_stay_good()
    {
        var slots = new SlotArray<int>();
        var first = slots.Take();
        ref var held = ref slots[first];
        for (var i = 0; i < 10_000; i++)
        {
            slots.Take();
        }

        held = 42;
        Assert.Equal(42, slots[first]);
        Assert.Equal(10_001, slots.End);
        slots.GiveBack(7);
        Assert.Equal(7, slots.Take());
        Assert.Equal(10_001, slots.Take());
    }

    private static readonly Endpoint Server = new(Address.FromIpv4(0x0A00_0002), 80);

    private static Endpoint Client(int number) =>
        new(
            number % 3 == 0 ? new Address(0x2001_0DB8_0000_0000, (ulong)(number >> 4)) : Address.FromIpv4(0x0A01_0000 + (uint)(number >> 4)),
            (ushort)(1024 + (number & 15)));

    private static int Add(ConnectionStore store, ConnectionTable table, Endpoint client, Endpoint server)
    {
        var slot = store.Open(new TupleKey(client, server), new WideEnds(client, server));
        var before = table.Find(client, server, out _);
        if (before == ConnectionTable.None)
        {
            table.Add(store.KeyOf(slot).Hash, slot);
        }
        else
        {
            table.Replace(store.KeyOf(slot).Hash, before, slot);
        }

        return slot;
    }

    private static Gen<(Verb Verb, Endpoint Client, Endpoint Server)> AnyStep() =>
        from verb in Gen.Elements(Verb.Set, Verb.Find, Verb.Remove)
        from client in Gen.Choose(0, 40).Select(Client)
        from isForward in Gen.Elements(true, false)
        select isForward ? (verb, client, Server) : (verb, Server, client);
}
