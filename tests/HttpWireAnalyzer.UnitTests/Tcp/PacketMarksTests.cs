using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>Packets that a connection remembers, near and far, against an array.</summary>
public sealed class PacketMarksTests
{
    [Fact]
    public void Every_mark_is_on_the_packet_it_was_last_set_to() =>
        Prop.ForAll(Arb.From(Gen.ListOf(AnyStep())), steps =>
        {
            var pool = new DetailsPool();
            var connection = default(TcpConnection);
            connection.Begin(0, Packet(1_000, 5_000));
            var model = new PacketRef[5];
            foreach (var (mark, packet) in steps)
            {
                pool.Mark(ref connection, mark, packet);
                model[(int)mark] = packet;
            }

            for (var mark = PacketMark.ClientSyn; mark <= PacketMark.ServerStateSince; mark++)
            {
                Assert.Equal(model[(int)mark], connection.Marks.Of(mark, connection.DetailsOrNone));
                Assert.Equal(!model[(int)mark].IsNone, connection.Marks.Has(mark));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(40));

    [Fact]
    public void A_handshake_needs_no_details()
    {
        var pool = new DetailsPool();
        var connection = default(TcpConnection);
        connection.Begin(0, Packet(1, 0));
        pool.Mark(ref connection, PacketMark.ClientSyn, Packet(1, 0));
        pool.Mark(ref connection, PacketMark.ClientStateSince, Packet(1, 0));
        pool.Mark(ref connection, PacketMark.ServerStateSince, Packet(1, 0));
        pool.Mark(ref connection, PacketMark.ServerSyn, Packet(90_000, 30));
        pool.Mark(ref connection, PacketMark.ClientStateSince, Packet(90_000, 30));
        pool.Mark(ref connection, PacketMark.HandshakeAck, Packet(200_000, 60));
        pool.Mark(ref connection, PacketMark.ServerStateSince, Packet(200_000, 60));

        Assert.Null(connection.Details);
    }

    private static PacketRef Packet(long number, long milliseconds) =>
        new(number, new Timestamp(milliseconds * 1_000_000));

    // Few packets, so that marks meet; some too far from the first for a distance, or before it.
    private static Gen<(PacketMark Mark, PacketRef Packet)> AnyStep() =>
        from mark in Gen.Elements(Enum.GetValues<PacketMark>())
        from number in Gen.Elements(1_000L, 1_001L, 1_005L, 900L, 17_000_000L, 40_000_000L)
        from milliseconds in Gen.Elements(5_000L, 5_001L, 4_000L, 1_000_000L, 3_000_000L)
        select (mark, Packet(number, milliseconds));
}
