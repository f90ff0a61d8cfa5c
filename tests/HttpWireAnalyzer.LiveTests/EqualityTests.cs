using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Live traffic is told as its file is.</summary>
public sealed class EqualityTests(Network network) : IClassFixture<Network>
{
    [Fact]
    public async Task Live_analysis_says_octet_for_octet_what_analysis_of_the_file_says()
    {
        using var server = new WebServer(network);
        using var live = network.InClient(() => LiveSource.Open(
            new LiveOptions { Interfaces = ["eth0"], Filter = "tcp", QueueOctets = 256 << 20 }));
        using var recording = new RecordingSource(live);
        using var said = new MemoryStream();
        var lines = new JsonLines(said);
        var analysis = Task.Run(() => AnalysisPipeline.Run(
            recording,
            new PoolAccount(new ConnectionRecords(new JsonReport(lines, connections: true, exchanges: true))),
            new AnalysisOptions(),
            AnalysisTaps.None,
            CancellationToken.None));

        MakeTraffic();
        live.Stop();
        var totals = await analysis;
        JsonReport.WriteTotals(lines, totals);

        Assert.InRange(totals.Packets, 1_000, long.MaxValue);
        Assert.Equal(SaidOf(recording.File), WithoutDropped(Encoding.UTF8.GetString(said.ToArray())));
    }

    // A second of silence in the middle: the clock goes on without packets, and ticks.
    private void MakeTraffic()
    {
        string[] pages = [.. Enumerable.Range(0, 5).Select(page => $"http://{Network.ServerAddress}/{page}")];
        Commands.Run(network.AtClient(["curl", "-s", "-o", "/dev/null", .. pages]));
        Commands.Try(network.AtClient("curl", "-s", $"http://{Network.ServerAddress}:81/"));
        Commands.Run(network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}/files/large"));
        Thread.Sleep(1_200);
        Commands.Run(network.AtClient("wrk", "-c", "8", "-t", "1", "-d", "1s", $"http://{Network.ServerAddress}/"));
    }

    private static string SaidOf(byte[] file)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(["conns", "--json", "--exchanges", "-"], new Terminal
        {
            Input = new MemoryStream(file),
            Output = output,
            Error = error,
        });
        Assert.Equal((0, ""), (code, error.ToString()));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    // The file that was written has no place for it.
    private static string WithoutDropped(string said) =>
        said.Replace(",\"capture.dropped\":0", "", StringComparison.Ordinal);
}
