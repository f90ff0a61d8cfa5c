using System.Runtime.InteropServices;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class EndSignalTests
{
    [Fact]
    public void A_user_who_insists_ends_it_at_once()
    {
        var signal = new EndSignal();
        Assert.True(signal.LetsEndInOrder(PosixSignal.SIGINT, 1000));
        Assert.False(signal.LetsEndInOrder(PosixSignal.SIGINT, 1500));
        Assert.True(signal.LetsEndInOrder(PosixSignal.SIGHUP, 2000));
    }

    [Fact]
    public void The_same_signal_to_the_process_and_to_its_group_is_one()
    {
        var signal = new EndSignal();
        Assert.True(signal.LetsEndInOrder(PosixSignal.SIGINT, 1000));
        Assert.True(signal.LetsEndInOrder(PosixSignal.SIGINT, 1001));
    }
}
