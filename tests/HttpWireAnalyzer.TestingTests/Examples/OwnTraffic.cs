using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Testing.Xunit;

namespace Examples;

public sealed class OwnTraffic
{
    [WireTapFact]
    public async Task One_client_uses_one_connection()
    {
        using var server = new AnsweringServer();
        using var tap = WireTap.Start("lo", $"tcp port {server.Port}");
        using (var client = new HttpClient())
        {
            for (var i = 0; i < 10; i++)
            {
                await client.GetStringAsync(server.Address);
            }
        }

        var capture = tap.Stop();

        capture.Pools.ShouldHaveCount(1).ShouldAll(pool => pool.Connections == 1 && pool.Exchanges == 10);
    }
}
