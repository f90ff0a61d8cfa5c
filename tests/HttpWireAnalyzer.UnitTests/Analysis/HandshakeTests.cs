using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

public class HandshakeTests
{
    [Theory]
    [InlineData(20_000_000, 100_000, Vantage.Client)]
    [InlineData(100_000, 20_000_000, Vantage.Server)]
    [InlineData(10_000_000, 10_000_000, Vantage.Middle)]
    public void The_split_of_the_round_trip_tells_where_the_tap_stands(long front, long back, Vantage expected)
    {
        var handshake = Of(front, back, new EndCounters { Syns = 1 });
        Assert.Equal(expected, handshake.Vantage);
        Assert.Equal(front + back, handshake.RoundTrip);
    }

    [Fact]
    public void A_clock_that_was_set_back_within_the_handshake_leaves_the_whole_of_it()
    {
        var handshake = Of(23_000, -13_000, new EndCounters { Syns = 1 });
        Assert.Equal((-1, -1, 10_000, Vantage.Unknown), (handshake.Front, handshake.Back, handshake.Total, handshake.Vantage));
    }

    [Fact]
    public void A_repeated_syn_makes_the_sum_a_waiting_time()
    {
        var handshake = Of(1_020_000_000, 100_000, new EndCounters { Syns = 2 });
        Assert.Equal(Vantage.Unknown, handshake.Vantage);
        Assert.Equal(-1, handshake.RoundTrip);
        Assert.Equal(1_020_100_000, handshake.Total);
        Assert.Equal(1, handshake.SynRetransmissions);
    }

    [Theory]
    [InlineData(1460, -1, EndOptions.None, true)]
    [InlineData(1380, -1, EndOptions.None, false)]
    [InlineData(1460, 7, EndOptions.Sack, false)]
    [InlineData(1460, -1, EndOptions.Timestamps, false)]
    public void A_SYN_ACK_that_turns_down_all_that_a_cookie_cannot_keep_may_be_one(
        int segmentSize, int windowScale, EndOptions options, bool expected)
    {
        var talk = new Conversation().Handshake();
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var tcp = talk.Record().Tcp;
        var handshake = Handshake.Of(tcp with
        {
            ClientEnd = tcp.ClientEnd with { WindowScale = 7, Options = EndOptions.Sack },
            ServerEnd = tcp.ServerEnd with
            {
                MaximumSegmentSize = (ushort)segmentSize,
                WindowScale = (sbyte)windowScale,
                Options = options,
            },
        });
        Assert.Equal(expected, handshake.SynCookiePossible);
    }

    private static Handshake Of(long front, long back, EndCounters client)
    {
        var talk = new Conversation().Handshake();
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var tcp = talk.Record().Tcp;
        var syn = tcp.ClientEnd.Syn;
        var synAck = tcp.ServerEnd.Syn with { Time = syn.Time.Plus(front) };
        return Handshake.Of(tcp with
        {
            ClientEnd = tcp.ClientEnd with { Counters = client },
            ServerEnd = tcp.ServerEnd with { Syn = synAck },
            HandshakeAck = tcp.HandshakeAck with { Time = synAck.Time.Plus(back) },
        });
    }
}
