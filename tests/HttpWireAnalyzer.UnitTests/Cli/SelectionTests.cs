using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>What -Y asks of other records than those that are listed.</summary>
public sealed class SelectionTests
{
    [Fact]
    public void What_waits_behind_a_connection_that_stays_open_is_asked_for_itself()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET /stays");
        for (var i = 0; i < ConnectionRecords.MostWaiting + 2000; i++)
        {
            var at = 10 + (2 * i);
            scene.Talk().Handshake(at).Exchange(at + 0.5, takes: 0.1, line: i % 2 == 0 ? "GET /client" : "GET /server")
                .Rst(i % 2 == 0 ? Side.Client : Side.Server, at + 1);
        }

        using var folder = new CheckFolder();
        var capture = scene.Capture();
        var (_, output, _) = folder.Run(capture, "exchanges", "-Y", "conn.close.first == client", "-e", "http.request.target", "-");
        Assert.Equal(["/client"], output.TrimEnd('\n').Split('\n').Skip(1).Distinct());
        Assert.Equal((ConnectionRecords.MostWaiting / 2) + 1000, output.TrimEnd('\n').Split('\n').Length - 1);
    }
}
