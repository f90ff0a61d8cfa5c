using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting;

/// <summary>A file's name as one word of a command that is to be copied: safe to show, and the same file to a shell.</summary>
public static class ShellWord
{
    /// <summary>As it is where no shell reads more than letters in it; else in quotes, and in $'…' where it has controls.</summary>
    public static string Of(string name)
    {
        if (name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '/' or '+' or ':' or '-'))
        {
            return name;
        }

        // Our escapes are those of $'…'.
        return PrintableText.OfMessage(name) == name
            ? "'" + name.Replace("'", @"'\''", StringComparison.Ordinal) + "'"
            : "$'" + PrintableText.Of(name).Replace("'", @"\'", StringComparison.Ordinal) + "'";
    }
}
