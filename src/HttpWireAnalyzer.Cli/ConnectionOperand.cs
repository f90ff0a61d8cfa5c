using System.Globalization;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>The number of a connection behind the files.</summary>
internal static class ConnectionOperand
{
    /// <summary>Takes it away from the files; -1 where there is none.</summary>
    /// <exception cref="UsageException">What stands in its place is neither a number nor a file.</exception>
    public static int Take(Verb verb, List<string> files)
    {
        if (files.Count == 0)
        {
            return -1;
        }

        var last = files[^1];
        if (int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            files.RemoveAt(files.Count - 1);
            return number;
        }

        return files.Count > 1 && IsNoFile(last) ? throw NoNumber(verb, files[0], last) : -1;
    }

    /// <summary>It is not there, and nobody would name a capture so.</summary>
    private static bool IsNoFile(string word) =>
        word.Length > 0 && word != CaptureFile.StandardInputName && !File.Exists(word) && !Directory.Exists(word)
        && (!word.AsSpan().ContainsAny('.', '/', '\\') || word.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-'));

    private static UsageException NoNumber(Verb verb, string file, string word)
    {
        var exchange = word.Split('.') is [var connection, { Length: > 0 } ordinal] && (connection + ordinal).All(char.IsAsciiDigit)
            && int.TryParse(connection, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"{word} names an exchange, and a connection is wanted: {connection}."
            : word.All(char.IsAsciiDigit)
            ? $"no connection has the number {word}: hwa conns {ShellWord.Of(file)} lists them."
            : $"'{word}' is neither a file nor the number of a connection: hwa {Verbs.Name(verb)} {ShellWord.Of(file)} 0 (hwa conns {ShellWord.Of(file)} lists them).";
        return new UsageException(exchange);
    }
}
