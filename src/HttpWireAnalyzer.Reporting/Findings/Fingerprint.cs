using System.Security.Cryptography;
using System.Text;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>
/// What stays the same of a finding when the same traffic is captured again: rule, client and server addresses, method
/// and target; not ports of clients, frames, times or numbers of connections.
/// </summary>
public static class Fingerprint
{
    /// <summary>Octets of the digest that are kept: chance makes two alike in one of 2^32 pairs at most.</summary>
    private const int Octets = 8;

    /// <summary>Measures that say which request it was.</summary>
    private static readonly string[] Named = ["method", "target", "host"];

    public static string Of(Finding finding)
    {
        var text = new StringBuilder(finding.Rule.Id);
        if (finding.Subject.Pool is { } pool)
        {
            text.Append('\n').Append(pool.Client).Append('\n').Append(pool.Server);
        }

        foreach (var measure in finding.Measured.Where(measure => Named.Contains(measure.Name)))
        {
            text.Append('\n').Append(measure.Name).Append('=').Append(measure.Text);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Octets));
    }
}
