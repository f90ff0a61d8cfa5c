using System.Text.Json;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>The members that SARIF 2.1.0's schema requires, and those without which an upload is refused.</summary>
public sealed class SarifTests
{
    private const string Claims = """
          - id: no stale reuse
            findings: {none: HWA-K002}
          - id: answered
            select: exchanges
            each: exchange.complete
            severity: warning
          - id: many
            select: connections
            expect: count() > 99
          - id: unknown
            select: exchanges
            where: exchange.ordinal > 9
            each: exchange.complete
            on_empty: inconclusive
          - id: fine
            select: connections
            each: conn.requests > 1
        """;

    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    [Fact]
    public void Results_have_what_the_schema_and_uploads_want()
    {
        using var folder = new CheckFolder();
        folder.Check(Stale(0, 51000), Claims, "", "--sarif", folder["report.sarif"]);
        using var log = JsonDocument.Parse(folder.Read("report.sarif"));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        Assert.Contains("sarif-schema-2.1.0", log.RootElement.GetProperty("$schema").GetString());
        var run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("hwa", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Equal(["HWA-K002", "answered", "many", "unknown"], rules);
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["HWA-K002", "answered", "many", "unknown"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.Equal(["error", "warning", "error", "none"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.Equal(["fail", "fail", "fail", "open"], results.Select(result => result.GetProperty("kind").GetString()));
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Contains(result.GetProperty("level").GetString(), Levels);
            var location = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            Assert.EndsWith("scene.pcap", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.True(location.GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
            Assert.Matches("^[0-9a-f]{16}$", result.GetProperty("partialFingerprints").GetProperty("hwa/v1").GetString());
        });
        var specLine = results[1].GetProperty("relatedLocations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine");
        Assert.Equal(7, specLine.GetInt32());
    }

    [Fact]
    public void Fingerprints_survive_another_capture_of_the_same_traffic()
    {
        using var folder = new CheckFolder();
        folder.Check(Stale(0, 51000), Claims, "", "--sarif", folder["a.sarif"]);
        folder.Check(Stale(700, 52000), Claims, "", "--sarif", folder["b.sarif"]);
        Assert.Equal(Fingerprints(folder.Read("a.sarif")), Fingerprints(folder.Read("b.sarif")));
        Assert.Equal(4, Fingerprints(folder.Read("a.sarif")).Distinct().Count());
    }

    [Fact]
    public void Names_of_files_become_URIs()
    {
        using var folder = new CheckFolder();
        folder.Write("spec.yaml", "version: 1\nassertions: [{id: a, select: connections, expect: count() > 99}]").Write("a b#c.pcap", Stale(0, 51000).Capture());
        folder.Run("check", folder["spec.yaml"], folder["a b#c.pcap"], "--sarif", folder["report.sarif"]);
        var text = folder.Read("report.sarif");
        Assert.Contains("/a%20b%23c.pcap\"", text);
        Assert.Contains("\"file:///", text);
    }

    private static List<string?> Fingerprints(string log)
    {
        using var document = JsonDocument.Parse(log);
        return [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("partialFingerprints").GetProperty("hwa/v1").GetString())];
    }

    private static Scene Stale(double at, int port)
    {
        var scene = new Scene();
        scene.Talk(port: port).Handshake(at).Exchange(at + 1).Fin(Side.Server, at + 1000).Ack(Side.Client, at + 1040)
            .Request(at + 1060, "POST /pay", body: "x=1").Rst(Side.Server, at + 1060.2);
        return scene;
    }
}
