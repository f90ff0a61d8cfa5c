using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>SARIF 2.1.0 (OASIS): a result for each record that breaks a claim, and for each claim that is not shown.</summary>
/// <remarks>
/// Every result has a physical location, for uploads are refused without one; a capture has no lines, so it is line 1. The
/// fingerprint stays when the same traffic is captured again: no ports of clients, no frames, no times.
/// </remarks>
public sealed class Sarif
{
    public const string Version = "2.1.0";
    public const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The part of a fingerprint's name behind the slash is counted up when what goes into it changes.</summary>
    public const string FingerprintName = "hwa/v1";

    /// <summary>Octets of the digest that are kept.</summary>
    private const int FingerprintOctets = 8;

    private readonly Utf8JsonWriter _json;
    private readonly List<(string Id, string Title, string Help, Severity Severity)> _rules = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private Sarif(Utf8JsonWriter json) => _json = json;

    /// <param name="version">Of hwa, without its name.</param>
    public static void Write(Stream output, IReadOnlyList<CheckedCapture> captures, string? version)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        new Sarif(json).WriteLog(captures, version);
    }

    private void WriteLog(IReadOnlyList<CheckedCapture> captures, string? version)
    {
        foreach (var (verdict, example) in captures.SelectMany(Results).Select(result => (result.Verdict, result.Example)))
        {
            AddRule(verdict, example);
        }

        _json.WriteStartObject();
        _json.WriteString("$schema", SchemaUri);
        _json.WriteString("version", Version);
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool(version);
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
        foreach (var (capture, verdict, example) in captures.SelectMany(Results))
        {
            WriteResult(capture, verdict, example);
        }

        _json.WriteEndArray();
        WriteInvocation(captures);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>What did not pass, record by record; without records, once.</summary>
    private static IEnumerable<(CheckedCapture Capture, Verdict Verdict, Counterexample? Example)> Results(CheckedCapture capture)
    {
        foreach (var verdict in capture.Verdicts.Where(verdict => verdict.Outcome != Outcome.Passed))
        {
            if (verdict.Examples.Count == 0)
            {
                yield return (capture, verdict, null);
            }

            foreach (var example in verdict.Examples)
            {
                yield return (capture, verdict, example);
            }
        }
    }

    private void AddRule(Verdict verdict, Counterexample? example)
    {
        var id = RuleOf(verdict, example);
        if (!_places.TryAdd(id, _rules.Count))
        {
            return;
        }

        _rules.Add(CardOf(verdict, example) is { } card
            ? (id, card.Title.English, $"hwa explain {card.Id} says what it means and what to do.", verdict.Assertion.Severity)
            : (id, VerdictText.Claim(verdict), PrintableText.Of(verdict.Assertion.Because ?? $"The claim: {VerdictText.Claim(verdict)}"), verdict.Assertion.Severity));
    }

    private static RuleCard? CardOf(Verdict verdict, Counterexample? example) =>
        verdict.Assertion is FindingsAssertion ? example?.Place.Finding?.Rule : null;

    private static string RuleOf(Verdict verdict, Counterexample? example) =>
        CardOf(verdict, example)?.Id ?? PrintableText.Of(verdict.Assertion.Id);

    private void WriteTool(string? version)
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "hwa");
        _json.WriteString("version", version);
        _json.WriteStartArray("rules");
        foreach (var (id, title, help, severity) in _rules)
        {
            _json.WriteStartObject();
            _json.WriteString("id", id);
            WriteMessage("shortDescription", title);
            WriteMessage("help", help);
            _json.WriteStartObject("defaultConfiguration");
            _json.WriteString("level", LevelOf(severity));
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteResult(CheckedCapture capture, Verdict verdict, Counterexample? example)
    {
        var isOpen = verdict.Outcome == Outcome.Inconclusive;
        var rule = RuleOf(verdict, example);
        _json.WriteStartObject();
        _json.WriteString("ruleId", rule);
        _json.WriteNumber("ruleIndex", _places[rule]);

        // "open": there was not enough to evaluate it (SARIF §3.27.9); only failures have a level.
        _json.WriteString("kind", isOpen ? "open" : "fail");
        _json.WriteString("level", isOpen ? "none" : LevelOf(verdict.Assertion.Severity));
        WriteMessage("message", example is null
            ? VerdictText.Summary(verdict)
            : $"{VerdictText.Of(example.Place)}: {VerdictText.Of(verdict, example)}");
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        WritePhysical(capture.Path, line: 1);
        if (example is not null)
        {
            _json.WriteStartArray("logicalLocations");
            _json.WriteStartObject();
            _json.WriteString("name", VerdictText.Of(example.Place));
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteStartArray("relatedLocations");
        _json.WriteStartObject();
        _json.WriteNumber("id", 1);
        WritePhysical(capture.SpecPath, verdict.Assertion.Line);
        WriteMessage("message", "the assertion");
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(FingerprintName, FingerprintOf(verdict, example));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>Captures that could not be read.</summary>
    private void WriteInvocation(IReadOnlyList<CheckedCapture> captures)
    {
        List<CheckedCapture> unread = [.. captures.Where(capture => capture.Unreadable is not null)];
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", unread.Count == 0);
        _json.WriteStartArray("toolExecutionNotifications");
        foreach (var capture in unread)
        {
            _json.WriteStartObject();
            _json.WriteString("level", "error");
            WriteMessage("message", PrintableText.OfMessage(capture.Unreadable!));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WritePhysical(string path, int line)
    {
        _json.WriteStartObject("physicalLocation");
        _json.WriteStartObject("artifactLocation");
        _json.WriteString("uri", UriOf(path));
        _json.WriteEndObject();
        _json.WriteStartObject("region");
        _json.WriteNumber("startLine", line);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", text);
        _json.WriteEndObject();
    }

    /// <summary>Relative where the path is: to the folder that hwa ran in, which is the repository's in CI.</summary>
    private static string UriOf(string path)
    {
        var uri = string.Join('/', path.Split('/', '\\').Select(Uri.EscapeDataString));
        return path == "-" ? "stdin" : Path.IsPathRooted(path) ? $"file://{(uri.StartsWith('/') ? "" : "/")}{uri}" : uri;
    }

    private static string FingerprintOf(Verdict verdict, Counterexample? example)
    {
        if (example?.Place.Finding is { } finding && verdict.Assertion is FindingsAssertion)
        {
            return Fingerprint.Of(finding);
        }

        var text = new StringBuilder(verdict.Assertion.Id);
        if (example is not null)
        {
            text.Append('\n').Append(example.Place.Client.Address).Append('\n').Append(example.Place.Server);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, FingerprintOctets));
    }

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note => "note",
        Severity.Info => "none",
        _ => throw new UnreachableException(),
    };
}
