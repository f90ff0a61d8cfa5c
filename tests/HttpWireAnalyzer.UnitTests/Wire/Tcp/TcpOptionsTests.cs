using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Wire.Tcp;

/// <summary>Layouts that are known at a glance say what they say when their options are read one by one.</summary>
public sealed class TcpOptionsTests
{
    private const string Timestamps = "0101080A0102030405060708";
    private const string LinuxSyn = "020405B40402080A010203040506070801030307";

    [Theory]
    [InlineData("")]
    [InlineData(Timestamps)]
    [InlineData(LinuxSyn)]
    [InlineData("020405B40402080A01020304050607080103030F")]
    public void A_layout_known_at_a_glance_says_what_its_options_say(string octets)
    {
        // RFC 9293 §3.2: what follows the end of the list is padding. No layout has any.
        Assert.Equal(Read(octets + "00000000"), Read(octets));
    }

    [Fact]
    public void A_SYN_offers_what_its_options_say()
    {
        var options = Read(LinuxSyn);

        Assert.Equal(1460, options.MaximumSegmentSize);
        Assert.Equal(7, options.WindowScale);
        Assert.True(options.SackPermitted);
        Assert.Equal(0x0102_0304u, options.TimestampValue);
        Assert.Equal(0x0506_0708u, options.TimestampEcho);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(Timestamps, false)]
    [InlineData("0101050A0000000100000002", true)]
    public void A_glance_leaves_open_whether_there_is_SACK_only_where_there_may_be(string octets, bool mayBe)
    {
        Assert.Equal(mayBe, TcpOptions.MayHaveSack(Convert.FromHexString(octets)));
        Assert.Equal(mayBe, Read(octets).SackBlocks > 0);
    }

    private static TcpOptions Read(string octets) => TcpOptions.Read(Convert.FromHexString(octets));
}
