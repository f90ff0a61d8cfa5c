using System.Text;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>hwa doctor: what live capture needs, tried out, and how to get what is missing.</summary>
internal static class DoctorVerb
{
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        if (args.Count > 1)
        {
            if (args[1] is not ("-h" or "--help"))
            {
                throw new UsageException($"hwa doctor takes nothing, not '{args[1]}'.");
            }

            Hwa.Write(terminal, LiveHelp.Doctor);
            return ExitCode.Done;
        }

        var text = new StringBuilder();
        var examination = CaptureExamination.Of();
        foreach (var finding in examination.Findings)
        {
            text.Append(finding.IsGood ? "ok      " : "missing ").Append(PrintableText.Of(finding.What)).Append('\n');
            if (finding.Remedy is { } remedy)
            {
                text.Append("        ").Append(PrintableText.Of(remedy)).Append('\n');
            }
        }

        text.Append(examination.CanCapture
            ? "Live capture works: hwa live -i IF.\n"
            : "Live capture does not work yet. Files are read all the same.\n");
        Hwa.Write(terminal, text.ToString());
        return examination.CanCapture ? ExitCode.Done : ExitCode.Unreadable;
    }
}
