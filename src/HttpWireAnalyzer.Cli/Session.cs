using System.Diagnostics;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>One run over the input: opens it, pulls it through the pipeline, says what was wrong with it.</summary>
internal sealed class Session(SessionRequest request, Terminal terminal) : IDisposable
{
    private readonly StreamWriter _text = new(terminal.Output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true)
    {
        NewLine = "\n",
    };

    private SpooledInput? _spooled;

    /// <summary>For people and TSV.</summary>
    public TextWriter Text => _text;

    public TextStyle Style { get; } = new(Colourings.IsColoured(request.Colour, terminal));

    /// <summary>The only pass, or the second one: says what is wrong with the input.</summary>
    public CaptureTotals Run(IExchangeSink sink, AnalysisTaps taps)
    {
        var totals = Pass(sink, taps);
        TellRemarksUnlessQuiet(totals);
        return totals;
    }

    /// <summary>A first pass over input that a second one will read again.</summary>
    public CaptureTotals Prepare(IExchangeSink sink, AnalysisTaps taps)
    {
        KeepInput();
        return Pass(sink, taps);
    }

    /// <summary>Makes sure that the input can be read again.</summary>
    public void KeepInput()
    {
        foreach (var path in request.Files)
        {
            if (path == CaptureFile.StandardInputName)
            {
                _spooled ??= Spool();
            }
            else
            {
                RefuseUnlessSeekable(path);
            }
        }
    }

    /// <summary>The input, for a pass over a source that is made of it.</summary>
    /// <param name="keepsExtras">As <see cref="CaptureFileOptions.KeepsExtras"/>.</param>
    public IPacketSource Open(bool keepsExtras) => CaptureFile.Open(request.Files, new CaptureFileOptions
    {
        Filter = request.Filter,
        StandardInput = _spooled?.Rewound() ?? terminal.Input,
        KeepsExtras = keepsExtras,
        IsReadAhead = request.Jobs > 1,
    });

    /// <summary>As the other, over <paramref name="source"/>; <paramref name="progress"/> says how far it has been read.</summary>
    public CaptureTotals Run(IPacketSource source, IReadProgress? progress, IExchangeSink sink, AnalysisTaps taps)
    {
        var totals = Pass(source, progress, sink, taps);
        TellRemarksUnlessQuiet(totals);
        return totals;
    }

    private CaptureTotals Pass(IExchangeSink sink, AnalysisTaps taps)
    {
        using var source = Open(keepsExtras: false);
        return Pass(source, source as IReadProgress, sink, taps);
    }

    private CaptureTotals Pass(IPacketSource source, IReadProgress? read, IExchangeSink sink, AnalysisTaps taps)
    {
        var options = new AnalysisOptions { MaxPackets = request.MaxPackets, Threads = request.Jobs };
        var progress = terminal.ErrorIsTerminal && !request.Quiet
            ? new ProgressLine(terminal.Error, read)
            : null;
        try
        {
            return AnalysisPipeline.Run(source, sink, options, taps with { Progress = progress }, terminal.Interrupt);
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

    public void Dispose()
    {
        _text.Dispose();
        _spooled?.Dispose();
    }

    /// <summary>What makes a second pass necessary.</summary>
    private string Twice => request.DisplayFilter is null ? "this verb" : "this -Y";

    private SpooledInput Spool()
    {
        try
        {
            return new SpooledInput(terminal.Input, terminal.Interrupt);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CaptureFormatException(
                $"-: {Twice} reads its input twice, and it cannot be kept in {Path.GetTempPath()}: {error.Message}", error);
        }
    }

    /// <summary>A pipe under a file's name, such as the shell's &lt;(…), gives its octets once.</summary>
    private void RefuseUnlessSeekable(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!file.CanSeek)
            {
                throw new UsageException($"{path} is a pipe, and {Twice} reads its input twice: give it as standard input, with - as the file.");
            }
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            // Reading says what is wrong with it.
        }
    }

    private void TellRemarksUnlessQuiet(CaptureTotals totals)
    {
        if (!request.Quiet)
        {
            TellRemarks(totals.Remarks, terminal);
        }
    }

    /// <summary>A line for each thing that was wrong with the input.</summary>
    public static void TellRemarks(IEnumerable<CaptureRemark> remarks, Terminal terminal)
    {
        foreach (var remark in remarks)
        {
            var place = remark.Offset < 0 ? "" : $" at octet {remark.Offset}";
            terminal.Error.WriteLine(PrintableText.OfMessage(
                $"hwa: {remark.Source}: {Kind(remark.Kind)}{place}: expected {remark.Expected}, found {remark.Found}"));
        }
    }

    private static string Kind(CaptureRemarkKind kind) => kind switch
    {
        CaptureRemarkKind.Truncated => "ends too soon",
        CaptureRemarkKind.Damaged => "damaged",
        CaptureRemarkKind.Skipped => "passed over",
        CaptureRemarkKind.Lost => "lost",
        CaptureRemarkKind.Odd => "odd",
        _ => throw new UnreachableException(),
    };
}
