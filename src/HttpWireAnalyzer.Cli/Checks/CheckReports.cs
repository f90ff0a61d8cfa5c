using System.Security.Cryptography;
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
            ToFile(junit, file => JUnitXml.Write(file, captures, Hwa.NameAndVersion, request.SkipsInconclusive));
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

    private static void ToFile(string path, Action<Stream> write)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            write(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptureWriteException($"{path}: {error.Message}", error);
        }
    }
}
