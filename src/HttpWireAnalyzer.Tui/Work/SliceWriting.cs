using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Writes the packets of the chosen connections to a file of their own, as hwa slice does.</summary>
internal static class SliceWriting
{
    /// <summary>How many packets were written.</summary>
    /// <exception cref="CaptureWriteException">It cannot be written there.</exception>
    /// <exception cref="CaptureFormatException">The capture cannot be read again.</exception>
    public static long Of(
        ICaptureInput input, IReadOnlySet<int> connections, OutputPath path, CaptureOrigin origin, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: true);
        using var file = WrittenFile.Create(input, path);
        var writer = new PcapngWriter(file, origin);
        try
        {
            var window = new FrameWindow(source);
            var sliced = new SlicedPackets(window, writer);
            var chosen = new PacketsOfConnections(connections.Contains, sliced);
            var totals = AnalysisPipeline.Run(
                window, new NoExchanges(), input.Options with { Threads = 1 },
                new AnalysisTaps(Streams: chosen, Packets: new FragmentKeeper(window, chosen)), stop);
            sliced.End(totals);
            return writer.Packets;
        }
        catch (IOException error)
        {
            throw CaptureWriteException.CutShort(path.Name, Quantity.Count(writer.Packets, "packet", "packets"), error);
        }
    }
}
