using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>hwa check: holds captures against specs.</summary>
internal static class CheckVerb
{
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        List<string> given = [.. args.Skip(1)];
        if (given.Any(arg => arg is "-h" or "--help"))
        {
            Hwa.Write(terminal, CheckHelp.Check);
            return ExitCode.Done;
        }

        if (given.Contains("--schema"))
        {
            Hwa.Write(terminal, CheckSchema.Text());
            return ExitCode.Done;
        }

        return Run(new CheckArguments().Parse(given, terminal), terminal.ForVerdict());
    }

    private static int Run(CheckRequest request, Terminal terminal)
    {
        var rules = RuleThresholds.Of(request.Settings, terminal);
        var known = request.Baseline is { } path ? Baseline.Read(path) : null;

        // All specs are read before the first capture: what is wrong with one is said at once.
        List<SpecFile> specs = [.. request.Specs.Select(spec => SpecReader.Read(spec, FindingRecords.English, rules))];
        List<(SpecFile Spec, string Capture)> work =
            [.. specs.SelectMany(spec => CapturesOf(spec, request).Select(capture => (spec, capture)))];
        CheckReports.RefuseToOverwrite(request, [.. request.Specs, .. work.Select(one => one.Capture)]);

        var captures = new List<CheckedCapture>();
        var lines = new JsonLines(terminal.Output);
        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var report = new CheckText(text, new TextStyle(Colourings.IsColoured(request.Colour, terminal)), request.Policy);
        foreach (var (spec, capture) in work)
        {
            var judged = Judge(spec, capture, known, request, terminal);
            if (terminal.Interrupt.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            captures.Add(judged);
            if (request.Json)
            {
                CheckJson.Write(lines, judged);
            }

            if (request.FillsOutput)
            {
                TellUnreadable(judged, terminal);
                continue;
            }

            report.Write(judged);
            text.Flush();
        }

        if (!request.FillsOutput)
        {
            report.WriteTotal(captures);
            text.Flush();
        }

        CheckReports.Write(request, captures, terminal);
        return CodeOf(captures, request.Policy);
    }

    /// <summary>Reports have verdicts alone, or are read by nobody at once.</summary>
    private static void TellUnreadable(CheckedCapture judged, Terminal terminal)
    {
        if (judged.Unreadable is { } problem)
        {
            terminal.Error.WriteLine("hwa: " + PrintableText.OfMessage(problem));
        }
    }

    /// <summary>What the shell learns: what is wrong with input comes first, then what failed, then what is not known.</summary>
    private static int CodeOf(IReadOnlyList<CheckedCapture> captures, FailurePolicy policy)
    {
        if (captures.Any(capture => capture.Unreadable is not null))
        {
            return ExitCode.Unreadable;
        }

        if (captures.Any(capture => capture.Verdicts.Any(policy.Fails)))
        {
            return ExitCode.Failed;
        }

        // A run in which nothing could be judged has shown nothing.
        var isJudged = captures.Any(capture => capture.Verdicts.Any(verdict => verdict.Outcome != Outcome.Inconclusive));
        return isJudged && !captures.Any(capture => capture.Verdicts.Any(policy.IsOpen))
            ? ExitCode.Done
            : ExitCode.Inconclusive;
    }

    private static IReadOnlyList<string> CapturesOf(SpecFile spec, CheckRequest request)
    {
        if (request.Captures.Count > 0)
        {
            return request.Captures;
        }

        if (spec.Captures.Count == 0)
        {
            throw new UsageException($"{spec.Path}: which captures? captures: in the spec, or files behind it.");
        }

        var folder = Path.GetDirectoryName(spec.Path) ?? "";
        return [.. spec.Captures.SelectMany(pattern => CaptureGlob.Find(folder, pattern.Value) is { Count: > 0 } files
            ? files
            : throw spec.Source.Wrong(pattern, "no file is there that fits this.")).Distinct(StringComparer.Ordinal)];
    }

    private static CheckedCapture Judge(SpecFile file, string path, Baseline? known, CheckRequest request, Terminal terminal)
    {
        var judged = new CheckedCapture { SpecPath = file.Path, Spec = file.Spec, Path = path };
        using var session = new Session(new SessionRequest { Files = [path], Quiet = request.Quiet }, terminal);
        try
        {
            session.KeepInput();
            var run = new CheckRun(file.Spec, FindingRecords.English, known);
            var totals = session.Run(run.First, run.FirstTaps);
            if (run.NeedsSecond && !terminal.Interrupt.IsCancellationRequested)
            {
                session.Prepare(run.Second(out var taps), taps);
            }

            var verdicts = run.Conclude(totals);
            var packets = new EvidencePackets(verdicts);
            if (!packets.IsEmpty && !terminal.Interrupt.IsCancellationRequested)
            {
                session.Prepare(new Http.NoExchanges(), new AnalysisTaps(Packets: packets));
            }

            return judged with { Verdicts = verdicts, Packets = packets, Sha256 = CheckReports.DigestOf(path, request) };
        }
        catch (CaptureFormatException error)
        {
            return judged with { Unreadable = error.Message };
        }
    }
}
