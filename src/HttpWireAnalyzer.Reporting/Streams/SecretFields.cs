using System.Text;

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
    public static bool MayBegin(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)':'))
        {
            return Begins(line);
        }

        var name = line.Trim(" \t"u8);
        foreach (var secret in Names)
        {
            if (name.Length <= secret.Length && Ascii.EqualsIgnoreCase(name, secret.AsSpan(0, name.Length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name of a secret, with its colon.</summary>
    public static bool Begins(ReadOnlySpan<byte> line)
    {
        var name = line[..int.Max(0, line.IndexOf((byte)':'))].Trim(" \t"u8);
        foreach (var secret in Names)
        {
            if (Ascii.EqualsIgnoreCase(name, secret))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A line that begins with such a name, its value masked.</summary>
    public static string Masked(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Mask : string.Concat(line.AsSpan(0, colon), ": ", Mask);
    }
}
