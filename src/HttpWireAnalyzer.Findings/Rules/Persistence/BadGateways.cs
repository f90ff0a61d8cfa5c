using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>What proxies told their clients when a server behind them did not answer: 502, 503 or 504 (RFC 9110 §15.6).</summary>
internal sealed class BadGateways
{
    private readonly Dictionary<Address, List<BadGateway>> _byProxy = [];
    private int _count;

    /// <param name="most">That are kept.</param>
    public void Note(in ExchangeCase exchange, int most)
    {
        ref readonly var it = ref exchange.Exchange;
        if (exchange.Pool.IsBeforeProxy
            && it is { Request: { } request, Response: { IsGatewayError: true } response }
            && _count < most)
        {
            var proxy = exchange.PoolName.Server.Address;
            if (!_byProxy.TryGetValue(proxy, out var answers))
            {
                _byProxy.Add(proxy, answers = []);
            }

            answers.Add(new BadGateway(response.Status, request.Method, request.Target, it.ResponseTrace.Start));
            _count++;
        }
    }

    /// <summary>The first such answer to the same request, after its loss and soon enough; null without one.</summary>
    public BadGateway? Find(LostRequest lost, long within) => _byProxy.GetValueOrDefault(lost.PoolName.Client)?.Find(answer =>
        answer.Method == lost.Request.Method
        && answer.Packet.Number > lost.Start.Number
        && answer.Packet.Time.Since(lost.ServerEnd.Time) <= within
        && answer.Target.EndsWith(lost.Request.Target, StringComparison.Ordinal));
}

/// <param name="Packet">Where the answer begins.</param>
internal sealed record BadGateway(int Status, string Method, string Target, PacketRef Packet);
