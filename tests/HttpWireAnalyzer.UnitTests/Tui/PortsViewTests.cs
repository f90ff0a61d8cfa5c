using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class PortsViewTests
{
    [Fact]
    public void The_plot_shows_the_most_that_were_taken_however_short_they_were()
    {
        var use = new PortUse(PortProfile.Linux.TimeWait);
        for (ushort port = 1; port <= 7; port++)
        {
            use.Add(new PortTerm(port, new Timestamp(port), new Timestamp(100), new Timestamp(100), HeldByClient: false, HeldByServer: true));
        }

        var pool = new PoolName(Address.FromIpv4(1), new Endpoint(Address.FromIpv4(2), 80));
        var forecast = PortForecast.Of(use, PortProfile.Linux.Ports, PortProfile.Linux.TimeWait);
        using var session = ScreenSession.Of("http/six-at-a-time", 120, 40);
        session.Press("6");
        session.Send(new PortsCounted([new PortStanding(pool, use, forecast)]));
        Assert.Equal(7, forecast.Peak);
        Assert.Contains("max 7", session.Draw(), StringComparison.Ordinal);
    }
}
