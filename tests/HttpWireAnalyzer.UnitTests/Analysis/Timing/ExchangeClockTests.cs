using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Analysis.Timing;

/// <summary>What opening a connection took of its first exchange. Times are milliseconds.</summary>
public class ExchangeClockTests
{
    [Theory]
    [InlineData(0, 20, 25, 25)]
    [InlineData(0, 20, 15, 15)]
    [InlineData(100, 20, 15, 0)]
    public void The_handshake_takes_from_SYN_to_ACK_whatever_the_clock_did_between(int syn, int synAck, int opened, int connect)
    {
        var clock = default(ExchangeClock);
        clock.Add(Change(Side.Client, TcpInput.SendSyn, syn));
        clock.Add(Change(Side.Server, TcpInput.SendSynAck, synAck));
        clock.Add(Change(Side.Server, TcpInput.SynAcknowledged, opened));
        var timing = clock.Of(default(HttpExchange) with { IsCold = true });
        Assert.Equal(connect * 1_000_000L, timing.Connect);
    }

    private static TcpStateChange Change(Side side, TcpInput input, int at) => default(TcpStateChange) with
    {
        Side = side,
        Input = input,
        Packet = new PacketRef(1, new Timestamp(at * 1_000_000L)),
    };
}
