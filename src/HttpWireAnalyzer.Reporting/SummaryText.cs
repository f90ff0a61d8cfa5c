using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting;

/// <summary>A capture on one screen of 80 columns, and what to type next.</summary>
public sealed class SummaryText(TextWriter output, TextStyle style, Language language)
{
    private const int LabelWidth = 12;
    private const int ReasonsShown = 5;
    private const int PoolsShown = 3;
    private const int FindingsShown = 5;
    private const int TargetLength = 34;

    /// <param name="files">As the user named them.</param>
    public void Write(IReadOnlyList<string> files, CaptureTotals totals, CaptureOverview overview, PoolReport pools, FindingReport findings)
    {
        var name = files.Count == 1 ? files[0] : $"{files[0]} and {files.Count - 1} more";
        output.WriteLine(style.Bold(PrintableText.Of(name)));
        WriteCapture(totals);
        if (overview.Connections > 0)
        {
            WriteConnections(overview);
        }

        if (overview.Requests > 0)
        {
            WriteExchanges(overview);
            WritePools(pools);
        }

        WriteDelivery(overview);
        WriteOddities(totals, overview, pools);
        WriteFindings(findings);
        WriteNext(files, overview, findings);
    }

    private void Line(string label, string text) =>
        output.WriteLine("  " + style.Dim(label.PadRight(LabelWidth)) + text);

    private void WriteCapture(CaptureTotals totals)
    {
        if (totals.Packets == 0)
        {
            Line("packets", "none");
            return;
        }

        var kinds = totals.Kinds;
        Line("packets", $"{Quantity.Count(kinds.Packets)}, {Quantity.Octets(totals.Octets)}; "
            + (kinds.Tcp == kinds.Packets ? "all TCP" : $"{Quantity.Count(kinds.Tcp)} TCP"));
        Line("time", $"{Quantity.Time(totals.Earliest)}, {Quantity.Duration(totals.Latest.Since(totals.Earliest))} long");
        Line("link", string.Join(", ", CaptureFields.LinkTypes(totals)));
    }

    private void WriteConnections(CaptureOverview overview)
    {
        var http = overview.HttpConnections == overview.Connections
            ? "all HTTP/1"
            : $"{(overview.HttpConnections == 0 ? "none" : Quantity.Count(overview.HttpConnections))} with HTTP/1";
        Line("connections", $"{Quantity.Count(overview.Connections)}, {http}"
            + (overview.MidstreamConnections > 0
                ? $"; the opening of {Quantity.Count(overview.MidstreamConnections)} was not captured"
                : ""));
        Line("closed by", Closers(overview));
        var reasons = Enum.GetValues<CloseReason>()
            .Where(reason => reason != CloseReason.StillOpen && overview.Because(reason) > 0)
            .OrderByDescending(overview.Because)
            .Take(ReasonsShown)
            .Select(reason => $"{CloseReasonText.Title(reason, Language.English)}: {Quantity.Count(overview.Because(reason))}");
        var label = "because";
        foreach (var reason in reasons)
        {
            Line(label, reason);
            label = "";
        }
    }

    /// <summary>Only what there is.</summary>
    private static string Closers(CaptureOverview overview)
    {
        var closed = overview.ClosedByClient + overview.ClosedByServer + overview.ClosedByBoth;
        var parts = new List<string>();
        AddIfAny(parts, "the client", overview.ClosedByClient);
        AddIfAny(parts, "the server", overview.ClosedByServer);
        AddIfAny(parts, "both at once", overview.ClosedByBoth);
        var others = new List<string> { closed == 0 ? "nobody" : string.Join(", ", parts) };
        AddIfAny(others, "never opened", overview.NeverOpened);
        AddIfAny(others, "still open", overview.Connections - closed - overview.NeverOpened);
        return string.Join("; ", others);
    }

    private static void AddIfAny(List<string> parts, string what, long count)
    {
        if (count > 0)
        {
            parts.Add($"{what} {Quantity.Count(count)}");
        }
    }

    private void WriteExchanges(CaptureOverview overview)
    {
        Line("requests", $"{Quantity.Count(overview.Requests)}; "
            + (overview.WarmRequests == 0 ? "none" : Quantity.Percent(overview.WarmRequests, overview.Requests))
            + " reused a connection"
            + (overview.PipelinedConnections > 0
                ? $"; {Quantity.Count(overview.PipelinedConnections, "connection", "connections")} pipelined"
                : ""));
        var label = "slowest";
        foreach (var slow in overview.Slowest)
        {
            var target = slow.Target.Length <= TargetLength ? slow.Target : slow.Target[..(TargetLength - 1)] + "…";
            Line(label, PrintableText.Of(
                $"{Quantity.Duration(slow.Latency),-10} {slow.Method} {target} → {slow.Status}")
                + style.Dim($"  conn {slow.Connection}, #{slow.Packet.Number}"));
            label = "";
        }
    }

    /// <summary>Why octets were sent again, and for how long exchanges stood still; nothing where nothing did.</summary>
    private void WriteDelivery(CaptureOverview overview)
    {
        var again = new List<string>();
        AddIfAny(again, "on duplicate ACKs", overview.FastRetransmissions);
        AddIfAny(again, "after timeouts", overview.Timeouts);
        AddIfAny(again, "for nothing", overview.SpuriousRetransmissions);
        if (again.Count > 0)
        {
            Line("sent again", style.Warning(string.Join(", ", again)));
        }

        var stalled = new List<string>();
        AddIfAny(stalled, overview.StalledInTimeouts, "before timeouts");
        AddIfAny(stalled, overview.StalledInLoss, "for missing octets");
        AddIfAny(stalled, overview.StalledAtZeroWindow, "at closed windows");
        AddIfAny(stalled, overview.StalledByDelayedAcks, "for delayed ACKs");
        if (stalled.Count > 0)
        {
            Line("stalled", style.Warning(string.Join(", ", stalled)));
        }
    }

    private static void AddIfAny(List<string> stalled, long nanoseconds, string why)
    {
        if (nanoseconds > 0)
        {
            stalled.Add($"{Quantity.Duration(nanoseconds)} {why}");
        }
    }

    private void WritePools(PoolReport pools)
    {
        var carrying = pools.Pools.Where(pool => pool.Exchanges.Total > 0).ToList();
        var label = "pools";
        foreach (var pool in carrying.Take(PoolsShown))
        {
            Line(label, $"{pool.Client} → {pool.Server}  {Quantity.Count(pool.Connections.Total, "conn", "conns")}, "
                + $"{Quantity.Count(pool.Occupancy.Open.Max)} at once ({Quantity.Count(pool.Occupancy.Busy.Max)} busy), "
                + $"reuse {Quantity.Percent(pool.Exchanges.Reusing, pool.Exchanges.Total)}");
            label = "";
        }

        if (carrying.Count > PoolsShown)
        {
            Line(label, $"and {Quantity.Count(carrying.Count - PoolsShown)} more: hwa pools");
        }

        label = "sharding";
        foreach (var site in pools.Sharded.Take(PoolsShown))
        {
            Line(label, PrintableText.Of($"{site.Client}: {Quantity.Count(site.MaxOpen)} conns at once to "
                + $"{Quantity.Count(site.MaxHosts)} names of {site.Domain}"));
            label = "";
        }
    }

    private void WriteOddities(CaptureTotals totals, CaptureOverview overview, PoolReport pools)
    {
        var oddities = new List<string>();
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.Unanswered), "request never answered", "requests never answered");
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.RequestTruncated), "request cut off", "requests cut off");
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.ResponseTruncated), "response cut off", "responses cut off");
        AddIfAny(oddities, pools.Retries, "failed request sent again", "failed requests sent again");
        AddIfAny(
            oddities,
            pools.UnsafeRetries,
            "of them not safe to repeat (RFC 9110 §9.2.2)",
            "of them not safe to repeat (RFC 9110 §9.2.2)");
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.Unsolicited), "response to nothing", "responses to nothing");
        AddIfAny(
            oddities,
            overview.RequestsAfterClose,
            "request sent after the other end had closed",
            "requests sent after the other end had closed");
        AddIfAny(
            oddities,
            overview.Ended(CloseManner.Reset) + overview.Ended(CloseManner.FinThenReset),
            "connection reset",
            "connections reset");
        AddIfAny(oddities, overview.Ended(CloseManner.Refused), "connection refused", "connections refused");
        AddIfAny(oddities, overview.Ended(CloseManner.Unanswered), "SYN unanswered", "SYNs unanswered");
        AddIfAny(oddities, overview.SynRetransmissions, "SYN or SYN-ACK sent again", "SYNs or SYN-ACKs sent again");
        AddIfAny(oddities, overview.Retransmissions, "retransmission", "retransmissions");
        AddIfAny(oddities, overview.OutOfOrder, "segment came late, into a hole", "segments came late, into a hole");
        AddIfAny(
            oddities, overview.ConnectionsWithGaps, "connection not wholly captured", "connections not wholly captured");
        AddIfAny(oddities, totals.Kinds.Undecodable, "packet undecodable", "packets undecodable");
        AddIfAny(oddities, CaptureFields.DroppedBy(totals) ?? 0, "packet lost by the capture", "packets lost by the capture");
        AddIfAny(oddities, totals.Remarks.Count, "remark on the file", "remarks on the file");
        oddities.AddRange(AnomalyText.Of(overview.Anomalies, Language.English));
        var label = "odd";
        foreach (var oddity in oddities)
        {
            Line(label, style.Warning(oddity));
            label = "";
        }
    }

    private static void AddIfAny(List<string> oddities, long count, string one, string many)
    {
        if (count > 0)
        {
            oddities.Add(Quantity.Count(count, one, many));
        }
    }

    /// <summary>What is wrong, by rule, worst first; what is merely told is left to hwa findings.</summary>
    private void WriteFindings(FindingReport findings)
    {
        var label = "findings";
        foreach (var ofRule in findings.Findings
            .Where(finding => finding.Severity >= Severity.Note)
            .GroupBy(finding => (finding.Severity, finding.Rule.Id))
            .Take(FindingsShown))
        {
            var first = ofRule.First();
            var count = ofRule.Count();
            var text = $"{SeverityText.Glyph(first.Severity)} {first.Rule.Id}  {first.Rule.Title.In(language)}"
                + (count == 1 ? "" : $"  × {Quantity.Count(count)}");
            Line(label, first.Severity switch
            {
                Severity.Error => style.Error(text),
                Severity.Warning => style.Warning(text),
                _ => text,
            });
            label = "";
        }
    }

    private void WriteNext(IReadOnlyList<string> files, CaptureOverview overview, FindingReport findings)
    {
        if (overview.MostTelling is not { } telling)
        {
            return;
        }

        var arguments = PrintableText.Of(string.Join(' ', files.Select(Quoted)));
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  next: hwa story {arguments} {telling.Number}"));
        output.WriteLine($"        hwa {(findings.Findings.Count > 0 ? "findings" : "conns")} {arguments}");
    }

    private static string Quoted(string file) => file.Any(letter => char.IsWhiteSpace(letter) || letter is '\'' or '"' or '$' or '&' or ';' or '(' or ')')
        ? "'" + file.Replace("'", @"'\''", StringComparison.Ordinal) + "'"
        : file;
}
