namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>Field lines whose values let their reader act for somebody else.</summary>
internal static class SecretFields
{
    public const string Mask = "********";

    private static readonly string[] Names =
    [
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token",
    ];

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
