using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Testing.Xunit;

namespace Examples;

public sealed class CheckoutContract
{
    [WireFact("captures/checkout-*.pcapng")]
    public void Connections_are_kept_and_nothing_races(WireCapture capture)
    {
        capture.Require(bothDirections: true, minConnections: 1);

        capture.Findings.ShouldNotContain("HWA-K001", "HWA-K002");

        capture.Connections
            .Where(connection => connection.Requests > 0)
            .Because("a connection for each request runs out of ports")
            .Showing(1)
            .ShouldAll(connection => connection.Reuse >= 0.5);

        capture.Exchanges.ShouldMeasure("p99(exchange.latency) < 2s && ratio(!exchange.cold) >= 50%");
    }
}
