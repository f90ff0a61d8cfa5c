using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting.Ports;

/// <summary>Pools as they were, and as they would have been with connections kept.</summary>
public sealed class WhatIfText(TextWriter output, TextStyle style, Language language)
{
    /// <summary>Columns before what a line says.</summary>
    public const int LabelWidth = 12;

    private const int AssumptionsWidth = 105;

    /// <summary>What all numbers rest on.</summary>
    public static string Assumptions(Language language) => language.Say(
        "Assumed: each request comes when the client wanted it, keeps its own time at the server, and takes the "
        + "idle connection that was used last, or opens one; as many connections as it takes; the client drops idle "
        + "ones a second before the server would (after half of its time where that is below two), as its closes or its Keep-Alive tell, and after a minute at most. TLS and slow start are not counted: more is saved than this.",
        "가정: 요청은 클라이언트가 원한 때에 오고, 서버에서 걸린 시간은 그대로이며, 마지막으로 쓰인 유휴 연결을 쓰고 없으면 새로 엽니다. "
        + "연결은 필요한 만큼 열고, 클라이언트는 쉬는 연결을, 서버가 닫는 때(닫은 시각이나 Keep-Alive로 알 수 있으면)보다 1초 먼저(2초 미만이면 그 절반에), 늦어도 1분 뒤에 버립니다. TLS와 슬로 스타트는 세지 않으므로 실제로는 더 줄어듭니다.");

    public void Write(PoolName pool, PoolRecord record, ReuseOutcome outcome, PortStanding? ports, long idleLimit)
    {
        output.WriteLine(style.Bold($"{pool}") + style.Dim(language.Say(
            $"  {Quantity.Count(outcome.Requests, "request", "requests")}, connections kept for {Quantity.Duration(idleLimit)} of idleness",
            $"  요청 {Quantity.Count(outcome.Requests)}개, 연결은 {Quantity.Duration(idleLimit)} 쉴 때까지 유지")));
        Line(language.Say("connections", "연결"), $"{Quantity.Count(record.Connections.Total)} → {Quantity.Count(outcome.Opened)}");
        var (saved, all) = (Quantity.Duration(outcome.Saved), Quantity.Duration(outcome.SumBefore));
        var (share, cold) = (Quantity.Percent(outcome.Saved, outcome.SumBefore), Quantity.Count(outcome.Cold));
        Line(language.Say("waiting", "대기"), language.Say(
            $"{saved} saved of {all} ({share}); {cold} had paid for a handshake",
            $"{all} 중 {saved} 줄어듦({share}); {cold}개는 연결이 열리기를 기다렸음"));
        Line(
            language.Say("latency", "지연"),
            $"p50 {Change(outcome.Before.Median, outcome.After.Median)}   p95 {Change(outcome.Before.Percentile95, outcome.After.Percentile95)}"
            + $"   {language.Say("most", "최대")} {Change(outcome.Before.Most, outcome.After.Most)}");
        var end = Change(outcome.EndBefore, outcome.EndAfter);
        Line(language.Say("all done", "모두 끝남"), language.Say($"after {end}", $"{end} 뒤"));
        if (ports is not null)
        {
            var before = ports.Use.MostWaiting;
            var change = $"{Quantity.Count(before)} → {Quantity.Count(long.Min(outcome.TimeWaits, before))}";
            Line("TIME_WAIT", language.Say($"{change} of the client's ports at once at most", $"한때 최대, 클라이언트의 포트 {change}"));
        }
    }

    /// <summary>Instead of the rest, where nothing can be replayed.</summary>
    public void WriteNone() =>
        output.WriteLine(language.Say("no pool with finished exchanges", "끝난 교환이 있는 풀 없음"));

    public void WriteAssumptions(long leftOut)
    {
        output.WriteLine();
        foreach (var line in Wrapping.Words(Assumptions(language), AssumptionsWidth))
        {
            output.WriteLine(style.Dim(line));
        }

        if (leftOut > 0)
        {
            var (most, more) = (Quantity.Count(ReuseReplay.MostRequests), Quantity.Count(leftOut));
            output.WriteLine(style.Dim(language.Say(
                $"The first {most} requests were replayed; {more} more were not.",
                $"처음 요청 {most}개만 되풀이했습니다. {more}개는 하지 않았습니다.")));
        }
    }

    private static string Change(long before, long after) => $"{Quantity.Duration(before)} → {Quantity.Duration(after)}";

    private void Line(string label, string text) => output.WriteLine("  " + style.Dim(label + GlyphWidth.Blanks(label, LabelWidth)) + text);
}
