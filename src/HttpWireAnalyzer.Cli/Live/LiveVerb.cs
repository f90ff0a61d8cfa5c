using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Live;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>hwa live: connections and exchanges of an interface, told as they end.</summary>
internal static class LiveVerb
{
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        if (args.Skip(1).TakeWhile(arg => arg != "--").Any(arg => arg is "-h" or "--help"))
        {
            Hwa.Write(terminal, LiveHelp.Live);
            return ExitCode.Done;
        }

        var request = LiveRequest.Of([.. args.Skip(1)]);
        var choice = LiveFilter.Of(request);
        using var source = LiveSource.Open(request.Capture);
        using var processes = request.Processes && LocalProcesses.IsSupported ? new LocalProcesses() : null;
        ThreadPrivileges.Drop(KeptPrivileges.Nothing);
        using var stopping = terminal.Interrupt.Register(source.Stop);
        return request.Json
            ? TellJson(request, choice, source, processes, terminal)
            : TellText(request, choice, source, processes, terminal);
    }

    private static int TellText(
        LiveRequest request, LiveFilter choice, LiveSource source, LocalProcesses? processes, Terminal terminal)
    {
        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
        var style = new TextStyle(Session.IsColoured(request.Colour, terminal));
        var told = choice.Over(
            new LiveText(text, style, request.Connections, exchanges: false),
            new LiveText(text, style, connections: false, request.Exchanges));
        var watch = new LiveWatch(source, text.Flush, null, LineOf(request, terminal));
        var totals = Analyse(request, choice, told, source, processes, watch);
        text.Flush();
        return Finish(request, source, totals, terminal);
    }

    private static int TellJson(
        LiveRequest request, LiveFilter choice, LiveSource source, LocalProcesses? processes, Terminal terminal)
    {
        var lines = new JsonLines(terminal.Output);
        void Tell(LiveCounters counters)
        {
            lines.Begin(InterfaceFields.Set);
            InterfaceFields.Write(counters, lines);
            lines.End();
        }

        var told = choice.Over(
            new JsonReport(lines, request.Connections, exchanges: false),
            new JsonReport(lines, connections: false, request.Exchanges));
        var watch = new LiveWatch(source, lines.Flush, Tell, LineOf(request, terminal));
        var totals = Analyse(request, choice, told, source, processes, watch);
        foreach (var counters in source.Counters)
        {
            Tell(counters);
        }

        JsonReport.WriteTotals(lines, totals);
        return Finish(request, source, totals, terminal);
    }

    private static CaptureTotals Analyse(
        LiveRequest request, LiveFilter choice, IConnectionSink told, LiveSource source, LocalProcesses? processes, LiveWatch watch)
    {
        var named = processes is null ? told : new OwnedConnections(processes, told);
        IExchangeSink sink = new PoolAccount(new ConnectionRecords(named, mostWaiting: 0));
        sink = processes is null ? sink : new ExchangeTee(new OwnerQuestions(processes), sink);
        var options = new AnalysisOptions { Tracker = request.Limits };
        try
        {
            // The signal stops the source, and the line goes on until all that was captured has come.
            return AnalysisPipeline.Run(
                source, sink, options, new AnalysisTaps(Packets: choice.Packets, Progress: watch), CancellationToken.None);
        }
        finally
        {
            watch.Clear();
        }
    }

    private static TextWriter? LineOf(LiveRequest request, Terminal terminal) =>
        terminal.ErrorIsTerminal && !request.Quiet ? terminal.Error : null;

    private static int Finish(LiveRequest request, LiveSource source, CaptureTotals totals, Terminal terminal)
    {
        if (!request.Quiet)
        {
            foreach (var counters in source.Counters)
            {
                terminal.Error.WriteLine("hwa: " + PrintableText.Of(LineOf(counters)));
            }

            Session.TellRemarks(totals, terminal);
        }

        return source.HasLostAll ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static string LineOf(LiveCounters counters) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counters.Interface}: {counters.Received} packets accepted, {counters.Delivered} delivered, dropped by kernel {counters.DroppedByKernel}, by interface {counters.DroppedByInterface}, lost at the end {(counters.LostTail is { } tail ? tail.ToString(CultureInfo.InvariantCulture) : "unknown")}");
}
