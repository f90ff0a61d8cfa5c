using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using static HttpWireAnalyzer.Reporting.Checks.YamlText;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>A spec that claims of a capture that it is as it is: to be edited.</summary>
public sealed class StarterSpec(TextWriter output)
{
    /// <summary>Servers that get claims; a person goes on from there.</summary>
    private const int MostServers = 8;

    private const long Millisecond = 1_000_000;

    public void Write(string path, CaptureTotals totals, StarterAccount account, FindingReport report)
    {
        output.WriteLine("# Made by hwa init: what is so in this capture. Keep what should stay so, and say why (because:).");
        output.WriteLine("# hwa check --schema > check.schema.json lets an editor complete the keys.");
        output.WriteLine("# yaml-language-server: $schema=./check.schema.json");
        output.WriteLine("version: 1");
        output.WriteLine($"name: {Quoted(Path.GetFileName(path))}");
        if (path != CaptureFile.StandardInputName)
        {
            output.WriteLine($"captures: {Quoted(path)}");
        }

        List<(string Name, ServerFacts Facts)> servers =
            [.. account.Servers.Take(MostServers).Select((facts, place) => (Invariant($"server-{place + 1}"), facts))];
        if (servers.Count > 0)
        {
            output.WriteLine("roles:");
        }

        foreach (var (name, facts) in servers)
        {
            output.WriteLine(Invariant($"  {name}: {{address: {Quoted(facts.Server.Address.ToString())}, port: {facts.Server.Port}}}"));
        }

        WriteRequirements(totals);
        output.WriteLine("assertions:");
        WriteFindings(report);
        foreach (var (name, facts) in servers)
        {
            WriteServer(name, facts);
        }
    }

    private void WriteRequirements(CaptureTotals totals)
    {
        var isWhole = totals.Remarks.All(remark => remark.Kind == CaptureRemarkKind.Odd);
        output.WriteLine($"require: {{{(totals.Lost > 0 ? "" : "dropped: 0, ")}{(isWhole ? "complete_file: true, " : "")}min_connections: 1}}");
    }

    /// <summary>Rules that found nothing and could have; and so many findings of those that did.</summary>
    private void WriteFindings(FindingReport report)
    {
        List<RuleCard> quiet =
        [
            .. RuleBook.Cards.Where(card => card.Severity >= Severity.Warning && !report.HasWithheld(card)
                && report.Findings.All(finding => finding.Rule != card)),
        ];
        Begin("nothing new goes wrong");
        output.WriteLine("    findings:");
        output.WriteLine("      none:");
        foreach (var card in quiet)
        {
            output.WriteLine($"        - {card.Id} # {card.Title.English}");
        }

        List<(RuleCard Rule, int Count)> found =
        [
            .. report.Findings.Where(finding => !report.HasWithheld(finding.Rule))
                .GroupBy(finding => finding.Rule.Id, StringComparer.Ordinal)
                .Where(group => group.Any(finding => finding.Severity >= Severity.Note)).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.First().Rule, group.Count())).Where(rule => rule.Item2 < FindingLimits.Default.FindingsOfRule),
        ];
        if (found.Count > 0)
        {
            Begin("what goes wrong does not get worse");
            output.WriteLine("    findings:");
            output.WriteLine("      max:");
            foreach (var (rule, count) in found)
            {
                output.WriteLine(Invariant($"        {rule.Id}: {count} # {rule.Title.English}"));
            }
        }
    }

    private void WriteServer(string name, ServerFacts facts)
    {
        if (facts.Connections > 0)
        {
            Claim($"{name}: connections", "connections", name, "", Invariant($"expect: count() <= {facts.Connections}"));
        }

        // Of no reuse nothing is claimed: 0 % or more is always so.
        if (facts.Reusing * 100 / long.Max(1, facts.Exchanges) is > 0 and var reuse)
        {
            Claim($"{name}: reuse", "exchanges", name, "", Invariant($"expect: ratio(!exchange.cold) >= {reuse}%"));
        }

        if (facts.Latency95() is { } latency and >= 0)
        {
            // Twice as long, in whole milliseconds: another run is never quite the same.
            Claim($"{name}: latency", "exchanges", name, "", Invariant($"expect: p95(exchange.latency) <= {(latency * 2 / Millisecond) + 1}ms"));
        }

        if (facts.WithHttp > 0 && facts.Answered == facts.WithHttp)
        {
            Claim($"{name}: every request is answered", "connections", name, " && conn.requests", "each: conn.unanswered == 0");
        }

        if (facts.Closed > 0 && (facts.ClosedByClient == facts.Closed || facts.ClosedByServer == facts.Closed))
        {
            var closer = facts.ClosedByClient == facts.Closed ? "client" : "server";
            Claim($"{name}: the {closer} closes first", "connections", name, " && conn.close.first", $"each: conn.close.first == {closer}");
        }

        if (facts.ShortestServerIdle >= 0)
        {
            Claim(
                $"{name}: idle connections last", "connections", name,
                " && conn.close.first == server && conn.close.reason in {idle_close announced_idle_timeout}",
                Invariant($"each: conn.idle.before_close >= {facts.ShortestServerIdle / Millisecond}ms"));
        }
    }

    private void Claim(string id, string select, string server, string more, string claim)
    {
        Begin(id);
        output.WriteLine($"    select: {select}");
        output.WriteLine($"    where: conn.to == \"{server}\"{more}");
        output.WriteLine($"    {claim}");
    }

    private void Begin(string id) => output.WriteLine($"  - id: {Quoted(id)}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
