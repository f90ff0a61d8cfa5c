namespace HttpWireAnalyzer.Capture;

/// <summary>Why a file does not open, in a few words: .NET's own messages repeat the whole path.</summary>
public static class OpenFailure
{
    /// <summary>One of those that opening, reading and writing a file throw.</summary>
    public static bool IsOne(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Why nothing can be written there: a sentence without its stop.</summary>
    public static string WhyNotWritten(string path, Exception error) => error switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "that is not permitted",
        _ => Reason(error),
    };

    /// <summary>What .NET says of it, without the path that it may put behind it: a sentence without its stop.</summary>
    public static string Reason(Exception error)
    {
        var path = error.Message.EndsWith('\'') ? error.Message.IndexOf(" : '", StringComparison.Ordinal) : -1;
        return (path < 0 ? error.Message : error.Message[..path]).TrimEnd('.');
    }

    /// <summary>"a directory", "no such file": what stands behind "expected a capture file, found".</summary>
    public static string Found(string path, Exception error) => error switch
    {
        _ when path.Length == 0 => "an empty name",
        _ when Directory.Exists(path) => "a directory",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "one that may not be read",
        _ => $"one that does not open: {Reason(error)}",
    };
}
