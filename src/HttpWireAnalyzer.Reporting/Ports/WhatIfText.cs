using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Ports;

/// <summary>Pools as they were, and as they would have been with connections kept.</summary>
public sealed class WhatIfText(TextWriter output, TextStyle style)
{
    /// <summary>What the numbers rest on.</summary>
    public const string Assumptions = "Assumed: each request comes when the client wanted it, keeps its own time at the server, and takes the "
        + "idle connection that was used last, or opens one; as many connections as it takes; the client drops them "
        + "when they have been idle for too long. TLS and slow start are not counted: more is saved than this.";

    private const int AssumptionsWidth = 105;
    private const int LabelWidth = 12;

    public void Write(PoolName pool, PoolRecord record, ReuseOutcome outcome, PortStanding? ports, long idleLimit)
    {
        output.WriteLine(style.Bold($"{pool}") + style.Dim($"  {Quantity.Count(outcome.Requests, "request", "requests")}, "
            + $"connections kept for {Quantity.Duration(idleLimit)} of idleness"));
        Line("connections", $"{Quantity.Count(record.Connections.Total)} → {Quantity.Count(outcome.Opened)}");
        Line("waiting", $"{Quantity.Duration(outcome.Saved)} saved of {Quantity.Duration(outcome.SumBefore)} "
            + $"({Quantity.Percent(outcome.Saved, outcome.SumBefore)}); {Quantity.Count(outcome.Cold)} had paid for a handshake");
        Line("latency", $"p50 {Change(outcome.Before.Median, outcome.After.Median)}   p95 {Change(outcome.Before.Percentile95, outcome.After.Percentile95)}"
            + $"   most {Change(outcome.Before.Most, outcome.After.Most)}");
        Line("all done", $"after {Change(outcome.EndBefore, outcome.EndAfter)}");
        if (ports is not null)
        {
            var before = ports.Use.Course().Moments.Max(moment => moment.Waiting);
            Line("TIME_WAIT", $"{Quantity.Count(before)} → {Quantity.Count(long.Min(outcome.TimeWaits, before))} of the client's ports at once at most");
        }
    }

    /// <summary>What all of them rest on.</summary>
    public void WriteAssumptions(long leftOut)
    {
        output.WriteLine();
        foreach (var line in Wrapping.Words(Assumptions, AssumptionsWidth))
        {
            output.WriteLine(style.Dim(line));
        }

        if (leftOut > 0)
        {
            output.WriteLine(style.Dim($"The first {Quantity.Count(ReuseReplay.MostRequests)} requests were replayed; {Quantity.Count(leftOut)} more were not."));
        }
    }

    private static string Change(long before, long after) => $"{Quantity.Duration(before)} → {Quantity.Duration(after)}";

    private void Line(string label, string text) => output.WriteLine("  " + style.Dim(label.PadRight(LabelWidth)) + text);
}
