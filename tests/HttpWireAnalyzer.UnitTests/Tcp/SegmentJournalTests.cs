using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>Which packet brought an octet first, for as long as the journal reaches back.</summary>
public sealed class SegmentJournalTests
{
    private const int Capacity = 1 << 14;

    [Fact]
    public void Names_the_first_packet_that_brought_an_octet()
    {
        var journal = new SegmentJournal();
        var newest = Enter(journal, 0, 0, 10, 1);
        newest = Enter(journal, newest, 10, 10, 2);
        newest = Enter(journal, newest, 5, 10, 3);

        Assert.Equal(1, journal.FirstToBring(newest, 0, Side.Client, 7).Packet.Number);
        Assert.Equal(2, journal.FirstToBring(newest, 0, Side.Client, 12).Packet.Number);
        Assert.True(journal.FirstToBring(newest, 0, Side.Client, 20).Packet.IsNone);
    }

    [Fact]
    public void Streams_do_not_meet()
    {
        var journal = new SegmentJournal();
        var client = Enter(journal, 0, 0, 10, 1);
        journal.Enter(0, 0, Side.Server, 0, 10, 0, new PacketRef(2, default), default);

        Assert.Equal(1, journal.FirstToBring(client, 0, Side.Client, 0).Packet.Number);
        Assert.True(journal.FirstToBring(client, 1, Side.Client, 0).Packet.IsNone);
    }

    [Fact]
    public void Forgets_what_is_older_than_its_capacity()
    {
        var journal = new SegmentJournal();
        var old = Enter(journal, 0, 0, 10, 1);
        for (var i = 1; i < Capacity; i++)
        {
            Enter(journal, 0, 0, 10, 2);
        }

        Assert.Equal(1, journal.FirstToBring(old, 0, Side.Client, 0).Packet.Number);
        Enter(journal, 0, 0, 10, 3);
        Assert.True(journal.FirstToBring(old, 0, Side.Client, 0).Packet.IsNone);
    }

    [Fact]
    public void A_copy_that_differs_is_noticed_where_it_covers_a_whole_segment()
    {
        var journal = new SegmentJournal();
        var newest = journal.Enter(0, 0, Side.Client, 10, 3, SegmentJournal.Sum("abc"u8), new PacketRef(1, default), default);

        Assert.True(journal.Agrees(newest, 0, Side.Client, 8, "xxabcxx"u8, out _));
        Assert.False(journal.Agrees(newest, 0, Side.Client, 8, "xxabdxx"u8, out var conflict));
        Assert.Equal(10, conflict);
        // Part of a segment has no sum of its own.
        Assert.True(journal.Agrees(newest, 0, Side.Client, 10, "zz"u8, out _));
    }

    [Theory]
    [InlineData(0x34, 0x56, false)]
    [InlineData(0x35, 0x56, true)]
    [InlineData(0x34, 0x57, true)]
    public void A_copy_with_another_identification_or_checksum_is_another_packet(byte identification, byte checksum, bool isResent)
    {
        var journal = new SegmentJournal();
        var newest = journal.Enter(0, 0, Side.Client, 0, 10, 0, new PacketRef(1, default), new HeaderPrint(0x34, 0x56));

        var copy = new HeaderPrint(identification, checksum);
        Assert.Equal(isResent, journal.FirstToBring(newest, 0, Side.Client, 0).IsResentAs(copy));
        Assert.False(journal.FirstToBring(newest, 0, Side.Client, 20).IsResentAs(copy));
    }

    private static uint Enter(SegmentJournal journal, uint previous, long offset, int length, long packet) =>
        journal.Enter(previous, 0, Side.Client, offset, length, 0, new PacketRef(packet, default), default);
}
