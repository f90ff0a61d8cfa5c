using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa slice: writes the packets of the selected connections to a file of their own.</summary>
internal static class SliceVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        var output = OutputOf(request, terminal);
        using var session = new Session(request, terminal);
        var truths = selection.BeforeSlice(session);
        if (terminal.Interrupt.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        using var source = session.Open(keepsExtras: true);
        using var file = output == OutputFile.StandardOutputName ? null : OutputFile.Create(output, request.Force);
        var writer = new PcapngWriter(file ?? terminal.Output, new CaptureOrigin(Hwa.NameAndVersion));
        try
        {
            var window = new FrameWindow(source);
            var sliced = new SlicedPackets(window, writer);
            var taps = selection.Sliced(truths, window, sliced);
            var totals = session.Run(window, source as IReadProgress, new NoExchanges(), taps);
            sliced.End(totals);
            Tell(request, terminal, writer, totals);
            return Session.ExitCodeOf(totals);
        }
        catch (IOException error)
        {
            throw CaptureWriteException.CutShort(output, Packets(writer.Packets), error);
        }
    }

    private static string OutputOf(Request request, Terminal terminal)
    {
        switch (request.Output)
        {
            case null:
                throw new UsageException("where to? -w OUT.pcapng names a file, -w - is standard output.");
            case OutputFile.StandardOutputName when terminal.OutputIsTerminal:
                throw new UsageException("-w - writes packets, and not to a terminal: pipe it, or name a file.");
            case OutputFile.StandardOutputName:
                return OutputFile.StandardOutputName;
            case var output when ReadFiles.Has(request.Files, output):
                throw ReadFiles.Refusal(output);
            case var output:
                OutputFile.RefuseIfTaken(output, request.Force);
                return output;
        }
    }

    private static void Tell(Request request, Terminal terminal, PcapngWriter writer, CaptureTotals totals)
    {
        if (!request.Quiet)
        {
            terminal.Error.WriteLine($"hwa: wrote {Packets(writer.Packets)} of {Quantity.Count(totals.Packets)}");
        }
    }

    private static string Packets(long packets) => Quantity.Count(packets, "packet", "packets");
}
