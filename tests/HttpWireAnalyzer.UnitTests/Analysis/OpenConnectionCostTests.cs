using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Analysis;

public sealed class OpenConnectionCostTests
{
    private const int Connections = 8 * 2048;

    /// <summary>What is watched for its record takes 152 octets, and its place in its pool 48.</summary>
    private const int Budget = 208;

    /// <summary>The array for one stall.</summary>
    private const int StallBudget = 48;

    [Fact]
    public void An_open_connection_costs_few_octets() =>
        Assert.InRange(CostOf(Open), 1, Budget);

    [Fact]
    public void A_connection_that_stood_still_once_costs_few_octets_more() =>
        Assert.InRange(CostOf(OpenAndStandStill), Budget - StallBudget, Budget + StallBudget);

    private static long CostOf(Action<PoolAccount, int> open)
    {
        PoolAccount[] accounts =
            [.. Enumerable.Range(0, Allocation.Rounds).Select(_ => new PoolAccount(new ConnectionRecords(new NoConnections())))];
        return Allocation.LeastOf(round =>
        {
            for (var slot = 0; slot < Connections; slot++)
            {
                open(accounts[round], slot);
            }
        }) / Connections;
    }

    private static void OpenAndStandStill(PoolAccount account, int slot)
    {
        Open(account, slot);
        PacketRef packet = new(slot + Connections, new Timestamp(1_000_000_000));
        account.OnTcpRemark(new TcpRemark(
            new ConnectionId(slot, slot), Side.Server, TcpRemarkKind.RetransmissionTimeout, packet, default, 500_000_000));
    }

    private static void Open(PoolAccount account, int slot)
    {
        ConnectionId id = new(slot, slot);
        PacketRef packet = new(slot + 1, new Timestamp(slot * 1000L));
        account.OnOpened(new ConnectionOpening(
            id, new Endpoint(Address.FromIpv4(1), (ushort)slot), new Endpoint(Address.FromIpv4(2), 80), 1, false, packet));
        Change(TcpInput.SendSyn, Side.Client, TcpState.SynSent);
        Change(TcpInput.SendSynAck, Side.Server, TcpState.SynReceived);
        Change(TcpInput.ReceiveSynAck, Side.Client, TcpState.Established);
        Change(TcpInput.SynAcknowledged, Side.Server, TcpState.Established);

        void Change(TcpInput input, Side side, TcpState state) => account.OnStateChange(
            new TcpStateChange(id, side, TcpState.Closed, state, input, StateBasis.Sent, packet));
    }

    private sealed class NoConnections : IConnectionSink
    {
        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection)
        {
        }
    }
}
