using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture;

public sealed class InterfaceCountsTests
{
    [Fact]
    public void Files_of_one_recording_have_what_the_ones_before_lost() =>
        Assert.Equal(7, CaptureInterface.LostBy([Lost(3, since: 1), Lost(7, since: 1), Lost(5, since: 1)]));

    [Fact]
    public void Recordings_that_began_apart_are_added() =>
        Assert.Equal(15, CaptureInterface.LostBy([Lost(3, since: 1), Lost(7, since: 1), Lost(8, since: 2)]));

    [Fact]
    public void Interfaces_of_one_recording_are_added() =>
        Assert.Equal(11, CaptureInterface.LostBy([Lost(4, since: 1), Lost(7, since: 1) with { Name = "eth1" }]));

    [Fact]
    public void Without_a_beginning_nothing_says_that_files_are_of_one_recording() =>
        Assert.Equal(6, CaptureInterface.LostBy([Lost(3, since: null), Lost(3, since: null)]));

    [Fact]
    public void Where_no_interface_says_what_it_lost_nobody_knows() =>
        Assert.Null(CaptureInterface.LostBy([Lost(null, since: 1), Lost(null, since: 1), Lost(null, since: null)]));

    /// <summary>isb_starttime counts in the interface's units, upper half first; of another length it is none.</summary>
    [Fact]
    public void The_beginning_is_read_in_the_units_of_the_interface()
    {
        var file = new PcapngBytes()
            .Section()
            .Interface(1, 0, "eth0", null, resolution: 6)
            .Block(PcapngBytes.InterfaceStatistics, body =>
                body.U32(0).U32(0).U32(9).U16(2).U16(8).U32(1).U32(2).U16(5).U16(8).U64(4).U32(0))
            .Block(PcapngBytes.InterfaceStatistics, body => body.U32(0).U32(0).U32(9).U16(2).U16(4).U32(1).U32(0))
            .ToArray();

        var port = Assert.Single(CaptureReading.Of(file).Interfaces);

        Assert.Equal(new Timestamp(0x1_0000_0002L * 1000), port.Counts.Since);
        Assert.Equal(4, port.Dropped);
    }

    private static CaptureInterface Lost(long? packets, long? since) => new("eth0", LinkType.Ethernet, 0, null)
    {
        Counts = new InterfaceCounts(null, null, null, packets, null)
        {
            Since = since is { } time ? new Timestamp(time) : null,
        },
    };
}
