using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
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

        var request = new LiveCommandLine().Parse([.. args.Skip(1)]);
        var choice = LiveFilter.Of(request.DisplayFilter, "-Y");
        RefuseImpossibleRecording(request, terminal);
        var isScreen = !request.Json && !request.Plain && ScreenVerb.IsPossible(terminal);
        var rules = isScreen ? RuleThresholds.Of(request.Settings, terminal) : RuleSettings.Usual;
        using var source = LiveSource.Open(request.Capture);
        using var processes = request.Processes && LocalProcesses.IsSupported ? new LocalProcesses() : null;
        ThreadPrivileges.Drop(request.Recording is null && !isScreen ? KeptPrivileges.Nothing : KeptPrivileges.Files);
        var recording = request.Recording is { } where ? new Recording(source, Recording.ToFiles(source, where, terminal)) : null;
        var tap = new LiveTap(source, processes, recording);
        if (isScreen)
        {
            return Show(request, rules, tap, terminal);
        }

        using var stopping = terminal.Interrupt.Register(source.Stop);
        var totals = request.Json
            ? TellJson(request, choice, tap, terminal, out var failure)
            : TellText(request, choice, tap, terminal, out failure);
        Finish(request, source, totals, terminal);
        return failure is not null ? throw failure : source.HasLostAll ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static int Show(LiveRequest request, RuleSettings rules, LiveTap tap, Terminal terminal)
    {
        using var screen = new LiveScreen(request, rules, tap, terminal);
        screen.Show(terminal);
        TellCounters(tap.Source, terminal);
        return tap.Source.HasLostAll ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static void RefuseImpossibleRecording(LiveRequest request, Terminal terminal)
    {
        if (request.Recording is { IsStandardOutput: true })
        {
            throw new UsageException("-w - goes with hwa capture: hwa live tells connections on standard output.");
        }

        if (request.Recording is { } recording)
        {
            Recording.RefuseIfImpossible(recording, terminal);
        }
    }

    private static CaptureTotals TellText(
        LiveRequest request, LiveFilter choice, LiveTap tap, Terminal terminal, out CaptureWriteException? failure)
    {
        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
        var style = new TextStyle(Colourings.IsColoured(request.Colour, terminal));
        var told = choice.Over(
            new LiveText(text, style, request.Connections, exchanges: false),
            new LiveText(text, style, connections: false, request.Exchanges));
        var watch = new LiveWatch(tap.Source, text.Flush, null, LineOf(request.Quiet, terminal));
        var totals = Analyse(request, choice, told, tap, watch);
        text.Flush();
        failure = tap.Recording?.End();
        return totals;
    }

    private static CaptureTotals TellJson(
        LiveRequest request, LiveFilter choice, LiveTap tap, Terminal terminal, out CaptureWriteException? failure)
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
        var watch = new LiveWatch(tap.Source, lines.Flush, Tell, LineOf(request.Quiet, terminal));
        var totals = Analyse(request, choice, told, tap, watch);
        failure = tap.Recording?.End();
        foreach (var counters in tap.Source.Counters)
        {
            Tell(counters);
        }

        JsonReport.WriteTotals(lines, totals);
        return totals;
    }

    private static CaptureTotals Analyse(LiveRequest request, LiveFilter choice, IConnectionSink told, LiveTap tap, LiveWatch watch)
    {
        var named = tap.Processes is null ? told : new OwnedConnections(tap.Processes, told);
        IExchangeSink sink = new PoolAccount(new ConnectionRecords(named, mostWaiting: 0));
        sink = tap.Processes is null ? sink : new ExchangeTee(new OwnerQuestions(tap.Processes), sink);
        var options = new AnalysisOptions { Tracker = request.Limits };
        try
        {
            // The signal stops the source, and the line goes on until all that was captured has come.
            return AnalysisPipeline.Run(
                tap.Packets, sink, options, new AnalysisTaps(Packets: choice.Packets, Progress: watch), CancellationToken.None);
        }
        finally
        {
            watch.Clear();
        }
    }

    /// <summary>Where a line that is written over and over may stand; null where none is wanted.</summary>
    public static TextWriter? LineOf(bool isQuiet, Terminal terminal) =>
        terminal.ErrorIsTerminal && !isQuiet ? terminal.Error : null;

    /// <summary>What became of the packets of each interface.</summary>
    public static void TellCounters(LiveSource source, Terminal terminal)
    {
        foreach (var counters in source.Counters)
        {
            terminal.Error.WriteLine("hwa: " + PrintableText.OfMessage(LineOf(counters)));
        }
    }

    private static void Finish(LiveRequest request, LiveSource source, CaptureTotals totals, Terminal terminal)
    {
        if (!request.Quiet)
        {
            TellCounters(source, terminal);
            Session.TellRemarks(totals.Remarks, terminal);
        }
    }

    private static string LineOf(LiveCounters counters) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counters.Interface}: {counters.Received} packets accepted, {counters.Delivered} delivered, dropped by kernel {counters.DroppedByKernel}, by interface {counters.DroppedByInterface}, lost at the end {(counters.LostTail is { } tail ? tail.ToString(CultureInfo.InvariantCulture) : "unknown")}");
}
