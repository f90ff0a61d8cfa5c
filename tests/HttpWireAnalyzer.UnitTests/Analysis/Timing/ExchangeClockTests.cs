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

    /// <summary>TCP Fast Open (RFC 7413): it came with the SYN.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 25)]
    public void A_request_waits_for_what_came_before_it(int request, int connect)
    {
        var clock = default(ExchangeClock);
        clock.Add(Change(Side.Client, TcpInput.SendSyn, 0));
        clock.Add(Change(Side.Server, TcpInput.SendSynAck, 20));
        clock.Add(Change(Side.Server, TcpInput.SynAcknowledged, 25));
        var start = new PacketRef(2, new Timestamp(request * 1_000_000L));
        var timing = clock.Of(default(HttpExchange) with { IsCold = true, RequestTrace = default(MessageTrace) with { Start = start } });
        Assert.Equal(connect * 1_000_000L, timing.Connect);
    }

    private static TcpStateChange Change(Side side, TcpInput input, int at) => default(TcpStateChange) with
    {
        Side = side,
        Input = input,
        Packet = new PacketRef(1, new Timestamp(at * 1_000_000L)),
    };
}
