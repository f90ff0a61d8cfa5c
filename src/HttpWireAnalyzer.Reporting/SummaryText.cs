using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting;

/// <summary>A capture on one screen of 80 columns, and what to type next.</summary>
public sealed class SummaryText(TextWriter output, TextStyle style, Language language)
{
    private const int Margin = 2;
    private const int LabelWidth = 12;

    /// <summary>Where what is said begins, behind its label.</summary>
    public const int SaidAt = Margin + LabelWidth;

    private const int ReasonsShown = 5;
    private const int PoolsShown = 3;
    private const int FindingsShown = 5;
    private const int TargetLength = 34;

    /// <param name="files">As the user named them.</param>
    public void Write(IReadOnlyList<string> files, CaptureTotals totals, CaptureOverview overview, PoolReport pools, FindingReport findings)
    {
        var name = files.Count == 1 ? files[0] : Say($"{files[0]} and {files.Count - 1} more", $"{files[0]} 외 {files.Count - 1}개");
        output.WriteLine(style.Bold(PrintableText.OfMessage(name)));
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

    /// <summary>Of packets, connections, requests: Korean has a word for a piece.</summary>
    private string Counted(long count) => Quantity.Count(count) + Say("", "개");

    private string Say(string english, string korean) => language.Say(english, korean);

    private void Line(string label, string text) =>
        output.WriteLine(new string(' ', Margin) + style.Dim(label + GlyphWidth.Blanks(label, LabelWidth)) + text);

    private void WriteCapture(CaptureTotals totals)
    {
        if (totals.Packets == 0)
        {
            Line(Say("packets", "패킷"), Say("none", "없음"));
            return;
        }

        var kinds = totals.Kinds;
        Line(Say("packets", "패킷"), Counted(kinds.Packets) + $", {Quantity.Octets(totals.Octets)}; " + (kinds.Tcp == kinds.Packets
            ? Say("all TCP", "모두 TCP")
            : Say($"{Quantity.Count(kinds.Tcp)} TCP", $"TCP {Counted(kinds.Tcp)}")));
        var (begin, length) = (Quantity.Time(totals.Earliest), Quantity.Duration(totals.Latest.Since(totals.Earliest)));
        Line(Say("time", "시간"), Say($"{begin}, {length} long", $"{begin}부터 {length} 동안"));
        Line(Say("link", "링크"), string.Join(", ", CaptureFields.LinkTypes(totals)));
    }

    private string Protocols(CaptureOverview overview)
    {
        var (http1, http2) = (overview.HttpConnections, overview.Http2Connections);
        return http1 == overview.Connections ? Say("all HTTP/1", "모두 HTTP/1")
            : http2 == overview.Connections ? Say("all HTTP/2", "모두 HTTP/2")
            : http1 + http2 == 0 ? Say("none with HTTP/1", "HTTP/1 없음")
            : http2 == 0 ? With("HTTP/1", http1)
            : http1 == 0 ? With("HTTP/2", http2)
            : $"{With("HTTP/1", http1)}, {With("HTTP/2", http2)}";
    }

    private string With(string protocol, long connections) =>
        Say($"{Quantity.Count(connections)} with {protocol}", $"{protocol} {Counted(connections)}");

    private void WriteConnections(CaptureOverview overview)
    {
        var midstream = Quantity.Count(overview.MidstreamConnections);
        Line(Say("connections", "연결"), $"{Counted(overview.Connections)}, {Protocols(overview)}" + (overview.MidstreamConnections > 0
            ? Say($"; the opening of {midstream} was not captured", $"; {midstream}개는 열릴 때가 캡처되지 않음")
            : ""));
        Line(Say("closed by", "닫은 쪽"), Closers(overview));
        var reasons = Enum.GetValues<CloseReason>()
            .Where(reason => reason != CloseReason.StillOpen && overview.Because(reason) > 0)
            .OrderByDescending(overview.Because)
            .Take(ReasonsShown)
            .Select(reason => $"{CloseReasonText.Title(reason, language)}: {Quantity.Count(overview.Because(reason))}");
        var label = Say("because", "까닭");
        foreach (var reason in reasons)
        {
            Line(label, reason);
            label = "";
        }
    }

    /// <summary>Only what there is.</summary>
    private string Closers(CaptureOverview overview)
    {
        var closed = overview.ClosedByClient + overview.ClosedByServer + overview.ClosedByBoth;
        var parts = new List<string>();
        AddIfAny(parts, Say("the client", "클라이언트"), overview.ClosedByClient);
        AddIfAny(parts, Say("the server", "서버"), overview.ClosedByServer);
        AddIfAny(parts, Say("both at once", "동시에"), overview.ClosedByBoth);
        var others = new List<string> { closed == 0 ? Say("nobody", "없음") : string.Join(", ", parts) };
        AddIfAny(others, Say("never opened", "열리지 않음"), overview.NeverOpened);
        AddIfAny(others, Say("still open", "아직 열림"), overview.Connections - closed - overview.NeverOpened);
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
        var reused = overview.WarmRequests == 0 ? Say("none", "없음") : Quantity.Percent(overview.WarmRequests, overview.Requests);
        Line(Say("requests", "요청"), $"{Counted(overview.Requests)}; "
            + Say($"{reused} reused a connection", $"연결 재사용 {reused}")
            + (overview.PipelinedConnections > 0
                ? Say(
                    $"; {Quantity.Count(overview.PipelinedConnections, "connection", "connections")} pipelined",
                    $"; 파이프라이닝한 연결 {Counted(overview.PipelinedConnections)}")
                : ""));
        var label = Say("slowest", "가장 느림");
        foreach (var slow in overview.Slowest)
        {
            var target = PrintableText.Shortened(WireText.Of(slow.Target), TargetLength);
            Line(label, PrintableText.Of(
                $"{Quantity.Duration(slow.Latency),-10} {WireText.Of(slow.Method)} {target} → {slow.Status}{(slow.IsCutOff ? Say(", cut off", ", 끊김") : "")}")
                + style.Dim($"  {Say("conn", "연결")} {slow.Connection}, #{slow.Packet.Number}"));
            label = "";
        }
    }

    /// <summary>Why octets were sent again, and for how long exchanges stood still; nothing where nothing did.</summary>
    private void WriteDelivery(CaptureOverview overview)
    {
        var again = new List<string>();
        AddIfAny(again, Say("on duplicate ACKs", "중복 ACK에 따라"), overview.FastRetransmissions);
        AddIfAny(again, Say("after timeouts", "타임아웃 뒤"), overview.Timeouts);
        AddIfAny(again, Say("for nothing", "불필요하게"), overview.SpuriousRetransmissions);
        if (again.Count > 0)
        {
            Line(Say("sent again", "재전송"), style.Warning(string.Join(", ", again)));
        }

        var stalled = new List<string>();
        AddIfAny(stalled, overview.StalledInTimeouts, "before timeouts", "타임아웃 전");
        AddIfAny(stalled, overview.StalledInLoss, "for missing octets", "빠진 바이트를 기다리며");
        AddIfAny(stalled, overview.StalledAtZeroWindow, "at closed windows", "닫힌 윈도우에서");
        AddIfAny(stalled, overview.StalledByDelayedAcks, "for delayed ACKs", "지연된 ACK를 기다리며");
        if (stalled.Count > 0)
        {
            Line(Say("stalled", "멈춤"), style.Warning(string.Join(", ", stalled)));
        }
    }

    private void AddIfAny(List<string> stalled, long nanoseconds, string why, string korean)
    {
        if (nanoseconds > 0)
        {
            var time = Quantity.Duration(nanoseconds);
            stalled.Add(Say($"{time} {why}", $"{korean} {time}"));
        }
    }

    private void WritePools(PoolReport pools)
    {
        var carrying = pools.Pools.Where(pool => pool.Exchanges.Total > 0).ToList();
        var label = Say("pools", "풀");
        foreach (var pool in carrying.Take(PoolsShown))
        {
            var (open, busy) = (Quantity.Count(pool.Occupancy.Open.Max), Quantity.Count(pool.Occupancy.Busy.Max));
            Line(label, $"{pool.Client} → {pool.Server}  " + Say(
                $"{Quantity.Count(pool.Connections.Total, "conn", "conns")}, {open} at once ({busy} busy), reuse ",
                $"연결 {Counted(pool.Connections.Total)}, 한 번에 {open}개(사용 중 {busy}개), 재사용 ")
                + Quantity.Percent(pool.Exchanges.Reusing, pool.Exchanges.Total));
            label = "";
        }

        if (carrying.Count > PoolsShown)
        {
            var more = Quantity.Count(carrying.Count - PoolsShown);
            Line(label, Say($"and {more} more: hwa pools", $"외 {more}개: hwa pools"));
        }

        label = Say("sharding", "샤딩");
        foreach (var site in pools.Sharded.Take(PoolsShown))
        {
            var (open, hosts) = (Quantity.Count(site.MaxOpen), Quantity.Count(site.MaxHosts));
            Line(label, PrintableText.OfWire($"{site.Client}: " + Say(
                $"{open} conns at once to {hosts} names of {site.Domain}", $"{site.Domain}의 이름 {hosts}개에 한 번에 연결 {open}개")));
            label = "";
        }
    }

    private void WriteOddities(CaptureTotals totals, CaptureOverview overview, PoolReport pools)
    {
        var oddities = new List<string>();
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.Unanswered), "request never answered", "requests never answered", "응답받지 못한 요청");
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.RequestTruncated), "request cut off", "requests cut off", "끊긴 요청");
        AddIfAny(oddities, overview.Outcome(ExchangeEnd.ResponseTruncated), "response cut off", "responses cut off", "끊긴 응답");
        AddIfAny(
            oddities,
            overview.Outcome(ExchangeEnd.ResponseUnreadable),
            "answer that cannot be read",
            "answers that cannot be read",
            "읽을 수 없는 응답");
        var gateway = overview.GatewayErrors.Where(error => error.Count > 0).ToList();
        var statuses = string.Join(", ", gateway.Select(error => $"{error.Status} × {Quantity.Count(error.Count)}"));
        AddIfAny(
            oddities,
            gateway.Sum(error => error.Count),
            $"gateway error ({statuses})",
            $"gateway errors ({statuses})",
            $"게이트웨이 오류({statuses})");
        AddIfAny(oddities, pools.Retries, "failed request sent again", "failed requests sent again", "다시 보낸 실패한 요청");
        AddIfAny(
            oddities,
            pools.UnsafeRetries,
            "of them not safe to repeat (RFC 9110 §9.2.2)",
            "of them not safe to repeat (RFC 9110 §9.2.2)",
            "그중 반복하면 안전하지 않은 요청(RFC 9110 §9.2.2)");
        AddIfAny(oddities, overview.UnsolicitedResponses, "response to nothing", "responses to nothing", "요청 없이 온 응답");
        AddIfAny(
            oddities,
            overview.RequestsAfterClose,
            "request sent after the other end had closed",
            "requests sent after the other end had closed",
            "상대가 닫은 뒤 보낸 요청");
        AddIfAny(
            oddities,
            overview.Ended(CloseManner.Reset) + overview.Ended(CloseManner.FinThenReset),
            "connection reset",
            "connections reset",
            "리셋된 연결");
        AddIfAny(oddities, overview.Ended(CloseManner.Refused), "connection refused", "connections refused", "거부된 연결");
        AddIfAny(oddities, overview.Ended(CloseManner.Unanswered), "SYN unanswered", "SYNs unanswered", "응답 없는 SYN");
        AddIfAny(oddities, overview.SynRetransmissions, "SYN or SYN-ACK sent again", "SYNs or SYN-ACKs sent again", "다시 보낸 SYN과 SYN-ACK");
        AddIfAny(oddities, overview.Retransmissions, "retransmission", "retransmissions", "재전송");
        AddIfAny(oddities, overview.OutOfOrder, "segment came late, into a hole", "segments came late, into a hole", "늦게 와서 구멍을 메운 세그먼트");
        AddIfAny(
            oddities, overview.ConnectionsWithGaps, "connection not wholly captured", "connections not wholly captured", "다 캡처되지 않은 연결");
        AddIfAny(oddities, totals.Kinds.Undecodable, "packet undecodable", "packets undecodable", "해독할 수 없는 패킷");
        AddIfAny(oddities, totals.Lost ?? 0, "packet lost by the capture", "packets lost by the capture", "캡처가 잃은 패킷");
        AddIfAny(oddities, totals.Remarks.Count, "remark on the file", "remarks on the file", "파일에 대한 알림");
        oddities.AddRange(AnomalyText.Of(overview.Anomalies, language));
        var label = Say("odd", "이상");
        foreach (var oddity in oddities)
        {
            Line(label, style.Warning(oddity));
            label = "";
        }
    }

    private void AddIfAny(List<string> oddities, long count, string one, string many, string korean)
    {
        if (count > 0)
        {
            oddities.Add(Say(Quantity.Count(count, one, many), $"{korean} {Counted(count)}"));
        }
    }

    /// <summary>What is wrong, by rule, worst first; what is merely told is left to hwa findings.</summary>
    private void WriteFindings(FindingReport findings)
    {
        var label = Say("findings", "진단");
        var rules = findings.Findings
            .Where(finding => finding.Severity >= Severity.Note)
            .GroupBy(finding => (finding.Severity, finding.Rule.Id)).ToList();
        foreach (var ofRule in rules.Take(FindingsShown))
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

        if (rules.Count > FindingsShown)
        {
            var more = Quantity.Count(rules.Count - FindingsShown);
            Line(label, Say($"and {more} more: hwa findings", $"외 {more}개: hwa findings"));
        }
    }

    private void WriteNext(IReadOnlyList<string> files, CaptureOverview overview, FindingReport findings)
    {
        if (overview.MostTelling is not { } telling)
        {
            return;
        }

        var arguments = string.Join(' ', files.Select(ShellWord.Of));
        output.WriteLine();
        var next = Say("next", "다음");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {next}: hwa story {arguments} {telling.Number}"));
        output.WriteLine($"        hwa {(findings.Findings.Count > 0 ? "findings" : "conns")} {arguments}");
    }
}
