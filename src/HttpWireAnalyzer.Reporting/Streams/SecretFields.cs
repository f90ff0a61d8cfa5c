namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>Field lines whose values let their reader act for somebody else.</summary>
public static class SecretFields
{
    public const string Mask = "********";

    private static readonly string[] Names =
    [
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token",
    ];

    /// <summary>The beginning of a line that is, or may become, a secret.</summary>
    public static bool MayBegin(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? line : line[..colon].TrimEnd();
        return Names.Any(secret => colon < 0
            ? secret.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            : secret.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The line with its value masked; the same object where there is nothing to mask.</summary>
    public static string Masked(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return line;
        }

        var name = line.AsSpan(0, colon).Trim();
        foreach (var secret in Names)
        {
            if (name.Equals(secret, StringComparison.OrdinalIgnoreCase))
            {
                return string.Concat(line.AsSpan(0, colon), ": ", Mask);
            }
        }

        return line;
    }
}
