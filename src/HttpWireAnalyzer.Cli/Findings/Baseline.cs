using System.Text.Json;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>
/// Findings that are known: a file that hwa findings --json wrote. They are left out, by their fingerprints, which
/// another capture of the same traffic has too.
/// </summary>
internal sealed class Baseline : IKnownFindings
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <exception cref="UsageException">The file cannot be read, or has a line that is no JSON.</exception>
    public static Baseline Read(string path)
    {
        var baseline = new Baseline();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0)
                {
                    baseline.Add(line);
                }
            }
        }
        catch (JsonException)
        {
            throw new UsageException($"{path}:{number}: no JSON object, as hwa findings --json writes them.");
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            throw new UsageException($"{path}: expected what hwa findings --json writes, found {OpenFailure.Found(path, error)}");
        }

        return baseline;
    }

    public bool Knows(Finding finding) => _known.Contains(Fingerprint.Of(finding));

    private void Add(string line)
    {
        using var record = JsonDocument.Parse(line);
        if (record.RootElement.ValueKind == JsonValueKind.Object
            && record.RootElement.TryGetProperty("finding.fingerprint", out var print)
            && print.ValueKind == JsonValueKind.String)
        {
            _known.Add(print.GetString()!);
        }
    }
}
