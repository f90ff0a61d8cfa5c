using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;

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
            var slots = new SlotArray<TcpConnection>();
            var table = new ConnectionTable(slots);
            var model = new Dictionary<(Endpoint, Endpoint), int>();
            foreach (var (verb, client, server) in steps)
            {
                var key = client.Port < server.Port ? (client, server) : (server, client);
                switch (verb)
                {
                    case Verb.Set:
                        model[key] = Add(slots, table, client, server);
                        break;
                    case Verb.Remove when model.Remove(key, out var slot):
                        table.Remove(slot);
                        slots.GiveBack(slot);
                        break;
                    default:
                        Assert.Equal(model.GetValueOrDefault(key, -1), table.Find(client, server, out _));
                        break;
                }
            }

            foreach (var (key, slot) in model)
            {
                Assert.Equal(slot, table.Find(key.Item1, key.Item2, out var sender));
                Assert.Equal(slots[slot].Client == key.Item1 ? Side.Client : Side.Server, sender);
                Assert.Equal(slot, table.Find(key.Item2, key.Item1, out var other));
                Assert.Equal(sender.Other(), other);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(400));

    [Fact]
    public void Grows_and_shrinks_without_losing_any()
    {
        var slots = new SlotArray<TcpConnection>();
        var table = new ConnectionTable(slots);
        for (var i = 0; i < 5_000; i++)
        {
            Add(slots, table, Client(i), Server);
        }

        for (var i = 0; i < 5_000; i += 2)
        {
            table.Remove(table.Find(Client(i), Server, out _));
        }

        for (var i = 0; i < 5_000; i++)
        {
            Assert.Equal(i % 2 == 0 ? -1 : i, table.Find(Server, Client(i), out _));
        }
    }

    [Fact]
    public void An_older_connection_of_the_4_tuple_does_not_remove_the_newer()
    {
        var slots = new SlotArray<TcpConnection>();
        var table = new ConnectionTable(slots);
        var old = Add(slots, table, Client(1), Server);
        var newer = Add(slots, table, Server, Client(1));

        table.Remove(old);

        Assert.Equal(newer, table.Find(Client(1), Server, out var sender));
        Assert.Equal(Side.Server, sender);
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
        new(Address.FromIpv4(0x0A01_0000 + (uint)(number >> 4)), (ushort)(1024 + (number & 15)));

    private static int Add(SlotArray<TcpConnection> slots, ConnectionTable table, Endpoint client, Endpoint server)
    {
        var slot = slots.Take();
        slots[slot] = new TcpConnection { Client = client, Server = server };
        table.Set(slot);
        return slot;
    }

    private static Gen<(Verb Verb, Endpoint Client, Endpoint Server)> AnyStep() =>
        from verb in Gen.Elements(Verb.Set, Verb.Find, Verb.Remove)
        from client in Gen.Choose(0, 40).Select(Client)
        from isForward in Gen.Elements(true, false)
        select isForward ? (verb, client, Server) : (verb, Server, client);
}
