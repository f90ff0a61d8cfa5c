using System.Security.Cryptography;
using System.Text;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Writes the files that hwa check is asked for.</summary>
internal static class CheckReports
{
    public static void Write(CheckRequest request, IReadOnlyList<CheckedCapture> captures, Terminal terminal)
    {
        if (request.JUnit is { } junit)
        {
            To(junit, terminal, file => JUnitXml.Write(file, captures, Hwa.NameAndVersion, request.Policy));
        }

        if (request.Sarif is { } sarif)
        {
            To(sarif, terminal, file => Sarif.Write(file, captures, Hwa.Version));
        }

        if (request.Annotates)
        {
            Annotate(request, captures, terminal);
        }
    }

    /// <summary>A report takes the place of nothing that it is about.</summary>
    /// <param name="read">Specs and captures.</param>
    public static void RefuseToOverwrite(CheckRequest request, IReadOnlyList<string> read)
    {
        foreach (var path in (string?[])[request.JUnit, request.Sarif])
        {
            if (path is not null && ReadFiles.Has(read, path))
            {
                throw ReadFiles.Refusal(path);
            }
        }
    }

    /// <summary>Of the file's octets; null where no report has it, or it cannot be read again.</summary>
    public static string? DigestOf(string path, CheckRequest request)
    {
        if (request.JUnit is null || path == CaptureFile.StandardInputName)
        {
            return null;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was read a moment ago; a digest that is missing is no reason to lose the verdicts.
            return null;
        }
    }

    /// <summary>Annotations stand on standard output, or on standard error where that has a report: the runner reads both.</summary>
    private static void Annotate(CheckRequest request, IReadOnlyList<CheckedCapture> captures, Terminal terminal)
    {
        using var text = new StringWriter { NewLine = "\n" };
        GitHubActions.WriteAnnotations(text, captures, request.Policy);
        if (request.FillsOutput)
        {
            terminal.Error.Write(text.ToString());
        }
        else
        {
            Hwa.Write(terminal, text.ToString());
        }

        if (terminal.Variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            // Other steps may have written there before.
            ToFile(summary, FileMode.Append, file =>
            {
                using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                GitHubActions.WriteSummary(writer, captures, request.Policy);
            });
        }
    }

    private static void To(string path, Terminal terminal, Action<Stream> write)
    {
        if (path == OutputFile.StandardOutputName)
        {
            write(terminal.Output);
        }
        else
        {
            ToFile(path, FileMode.Create, write);
        }
    }

    private static void ToFile(string path, FileMode mode, Action<Stream> write)
    {
        try
        {
            using var file = new FileStream(path, mode, FileAccess.Write);
            write(file);
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            throw CaptureWriteException.Of(path, error);
        }
    }
}
