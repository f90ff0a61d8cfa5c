using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Live;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

public class RecordingTriggersTests
{
    /// <summary>A request that never ended: the server's RST is the fifth packet.</summary>
    [Fact]
    public void The_packet_that_ended_the_exchange_is_the_evidence()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /x HTTP/1.1\r\nHost: app\r\nContent-Length: 9\r\n\r\nabc").Rst(Side.Server, 2);
        var fired = new Fired();
        using var source = CaptureFile.Open(
            [CaptureFile.StandardInputName], new CaptureFileOptions { StandardInput = new MemoryStream(scene.Capture()) });
        AnalysisPipeline.Run(
            source, new ConnectionRecords(new RecordingTriggers("exchange", true, fired)), new AnalysisOptions(), AnalysisTaps.None, default);

        Assert.Equal([5], fired.Evidence);
    }

    private sealed class Fired : IRecordingTrigger
    {
        public List<long> Evidence { get; } = [];

        public void Fire(PacketRef evidence, string reason) => Evidence.Add(evidence.Number);
    }
}
