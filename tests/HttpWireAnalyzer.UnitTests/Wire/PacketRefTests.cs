using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Wire;

public class PacketRefTests
{
    private static readonly PacketRef First = new(3, new Timestamp(1000));

    /// <summary>Clocks may go back: packets are in the order of their numbers.</summary>
    private static readonly PacketRef Second = new(4, new Timestamp(900));

    [Fact]
    public void Of_two_packets_the_number_says_which_passed_first()
    {
        Assert.Equal(First, PacketRef.Earlier(First, Second));
        Assert.Equal(First, PacketRef.Earlier(Second, First));
        Assert.Equal(Second, PacketRef.Later(First, Second));
        Assert.Equal(Second, PacketRef.Later(Second, First));
    }

    [Fact]
    public void No_packet_is_neither_the_earlier_nor_the_later()
    {
        Assert.Equal(First, PacketRef.Earlier(First, default));
        Assert.Equal(First, PacketRef.Earlier(default, First));
        Assert.Equal(First, PacketRef.Later(First, default));
        Assert.Equal(First, PacketRef.Later(default, First));
        Assert.True(PacketRef.Earlier(default, default).IsNone);
        Assert.True(PacketRef.Later(default, default).IsNone);
    }
}
