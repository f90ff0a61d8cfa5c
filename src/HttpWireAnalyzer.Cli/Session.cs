using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>One run over the input: opens it, pulls it through the pipeline, says what was wrong with it.</summary>
internal sealed class Session(Request request, Terminal terminal) : IDisposable
{
    private readonly StreamWriter _text = new(terminal.Output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true)
    {
        NewLine = "\n",
    };

    /// <summary>For people and TSV.</summary>
    public TextWriter Text => _text;

    public TextStyle Style { get; } = new(IsColoured(request, terminal));

    public CaptureTotals Run(IExchangeSink sink, AnalysisTaps taps)
    {
        using var source = CaptureFile.Open(request.Files, new CaptureFileOptions
        {
            Filter = request.Filter,
            StandardInput = terminal.Input,
        });
        var options = new AnalysisOptions { MaxPackets = request.MaxPackets, Lines = request.Jobs ?? 1 };
        var progress = terminal.ErrorIsTerminal && !request.Quiet
            ? new ProgressLine(terminal.Error, source as IReadProgress)
            : null;
        try
        {
            var totals = AnalysisPipeline.Run(
                source, sink, options, taps with { Progress = progress }, terminal.Interrupt);
            progress?.Clear();
            TellRemarks(totals);
            return totals;
        }
        finally
        {
            progress?.Clear();
        }
    }

    public static int ExitCodeOf(CaptureTotals totals) => totals.Interrupted ? ExitCode.Interrupted : ExitCode.Done;

    public static int FinishJson(JsonLines lines, CaptureTotals totals)
    {
        JsonReport.WriteTotals(lines, totals);
        return ExitCodeOf(totals);
    }

    public int FinishText(CaptureTotals totals)
    {
        _text.Flush();
        return ExitCodeOf(totals);
    }

    public void Dispose() => _text.Dispose();

    private static bool IsColoured(Request request, Terminal terminal) => request.Colour switch
    {
        "always" => true,
        "never" => false,
        _ when !string.IsNullOrEmpty(terminal.Variable("NO_COLOR")) => false,
        _ when terminal.Variable("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0" => true,
        _ => terminal.OutputIsTerminal && terminal.Variable("TERM") != "dumb",
    };

    private void TellRemarks(CaptureTotals totals)
    {
        if (request.Quiet)
        {
            return;
        }

        foreach (var remark in totals.Remarks)
        {
            terminal.Error.WriteLine(PrintableText.Of(
                $"hwa: {remark.File}: {Kind(remark.Kind)} at octet {remark.Offset}: expected {remark.Expected}, found {remark.Found}"));
        }
    }

    private static string Kind(CaptureRemarkKind kind) => kind switch
    {
        CaptureRemarkKind.Truncated => "ends too soon",
        CaptureRemarkKind.Damaged => "damaged",
        CaptureRemarkKind.Skipped => "passed over",
        _ => "odd",
    };
}
