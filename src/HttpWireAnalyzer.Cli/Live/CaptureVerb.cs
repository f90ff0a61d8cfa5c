using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Live;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>hwa capture: packets to files, all of them or those around what a filter looks for.</summary>
internal static class CaptureVerb
{
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        if (args.Skip(1).TakeWhile(arg => arg != "--").Any(arg => arg is "-h" or "--help"))
        {
            Hwa.Write(terminal, LiveHelp.Capture);
            return ExitCode.Done;
        }

        var request = new CaptureCommandLine().Parse([.. args.Skip(1)]);
        var choice = LiveFilter.Of(request.On, "--on");
        var rules = request.OnFindings.Count > 0 ? RuleThresholds.Of(request.Settings, terminal) : RuleSettings.Usual;
        Recording.RefuseIfImpossible(request.Recording, terminal);
        using var source = LiveSource.Open(request.Capture);
        ThreadPrivileges.Drop(KeptPrivileges.Files);
        using var stopping = terminal.Interrupt.Register(source.Stop);
        return request.WaitsForReason
            ? RecordAround(choice, request, rules, source, terminal)
            : RecordAll(request, source, terminal);
    }

    private static int RecordAll(CaptureRequest request, LiveSource source, Terminal terminal)
    {
        var files = Recording.ToFiles(source, request.Recording, terminal);
        var recording = new Recording(source, files);
        var watch = new LiveWatch(source, () => { }, null, LiveVerb.LineOf(request.Quiet, terminal));
        var batch = new PacketBatch();
        while (recording.Packets.Read(batch))
        {
            watch.OnProgress(files.Packets, files.Octets);
        }

        watch.Clear();
        return Finish(request, recording, source, terminal, () => files.Files == 1
            ? $"wrote {Packets(files.Packets)} to {files.LastPath}"
            : $"wrote {Packets(files.Packets)} to {Quantity.Count(files.Files)} files, the last {files.LastPath}");
    }

    /// <summary>The line of stages runs beside the recorder, and tells it what ends.</summary>
    private static int RecordAround(
        LiveFilter choice, CaptureRequest request, RuleSettings rules, LiveSource source, Terminal terminal)
    {
        var files = new TriggeredFiles(source, request.Recording, request.Trigger, TimeZoneInfo.Local);
        var recording = new Recording(source, files);
        var sink = new PoolAccount(request.On is { } filter ? OnFilter(filter, choice, files) : OnFindings(request.OnFindings, rules, files));
        var watch = new LiveWatch(source, () => { }, null, LiveVerb.LineOf(request.Quiet, terminal));
        AnalysisPipeline.Run(
            recording.Packets,
            sink,
            new AnalysisOptions { Tracker = LiveLimits.Tracker },
            new AnalysisTaps(Packets: choice.Packets, Progress: watch),
            CancellationToken.None);
        watch.Clear();
        return Finish(request, recording, source, terminal, () => files.Files == 0
            ? "wrote no file: nothing that was asked for happened"
            : $"wrote {Packets(files.Packets)} to {Quantity.Count(files.Files, "file", "files")}, the last {files.LastPath}");
    }

    private static ConnectionRecords OnFilter(string filter, LiveFilter choice, TriggeredFiles files)
    {
        var triggers = new RecordingTriggers(filter, choice.TellsExchanges, files);
        return new ConnectionRecords(choice.Over(triggers, triggers), mostWaiting: 0);
    }

    private static FindingsLine OnFindings(IReadOnlyList<RuleCard> cards, RuleSettings rules, TriggeredFiles files) => new(
        [.. RuleBook.Begin(rules).Where(rule => cards.Contains(rule.Card))],
        FindingLimits.Default,
        alarm: new FindingTriggers(cards, files));

    /// <param name="written">What was; asked for once the last file has its end.</param>
    private static int Finish(
        CaptureRequest request, Recording recording, LiveSource source, Terminal terminal, Func<string> written)
    {
        var failure = recording.End();
        if (!request.Quiet)
        {
            LiveVerb.TellCounters(source, terminal);
            Session.TellRemarks(source.Remarks, terminal);
        }

        if (failure is not null)
        {
            throw failure;
        }

        if (!request.Quiet)
        {
            terminal.Error.WriteLine("hwa: " + PrintableText.OfMessage(written()));
        }

        return source.HasLostAll ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static string Packets(long packets) => Quantity.Count(packets, "packet", "packets");
}
