using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How well TCP delivered, and where time went.</summary>
internal sealed class DeliveryProse(Language language)
{
    /// <summary>A part of an exchange's time that is less than this share of it is not told.</summary>
    private const int LeastShare = 20;

    public string Of(DeliveryTroubled trouble)
    {
        var text = Capital(string.Join("; ", Troubles(trouble))) + ".";
        return trouble.RoundTripLeast < 0 ? text : text + language.Say(
            $" The round trip took {Quantity.Duration(trouble.RoundTripLeast)} at least, {Quantity.Duration(trouble.RoundTripAverage)} on average.",
            $" 왕복 시간은 최소 {Quantity.Duration(trouble.RoundTripLeast)}, 평균 {Quantity.Duration(trouble.RoundTripAverage)}입니다.");
    }

    public string Of(TimeSpent spent)
    {
        var timing = spent.Timing;
        var (sendEnglish, sendKorean) = WasWithheld(spent.Exchange)
            ? ("to send the request, which waited for a 100 (Continue) that did not come", "요청 보내기(오지 않은 100 (Continue) 응답을 기다림)")
            : ("to send the request", "요청 보내기");
        (long Time, string English, string Korean)[] parts =
        [
            (timing.Send, sendEnglish, sendKorean),
            (timing.Queued, "behind the answer before it", "앞 응답 뒤에서 대기"),
            (timing.Network, "on the way", "네트워크"),
            (timing.Think, "until the server answered", "서버가 응답하기까지"),
            (timing.Transfer, "to transfer the answer", "응답 전송"),
            (timing.Timeout, "of silence before retransmission timeouts", "재전송 타임아웃까지의 침묵"),
            (timing.Loss, "until missing octets were there", "빠진 데이터가 오기까지"),
            (timing.ZeroWindow, "with a closed window", "닫힌 윈도우"),
            (timing.AckWait, "in wait of a delayed ACK", "지연 ACK 대기"),
        ];
        var told = parts
            .Where(part => part.Time > 0 && part.Time >= timing.Total / LeastShare)
            .OrderByDescending(part => part.Time)
            .Select(part => language.Say($"{Quantity.Duration(part.Time)} {part.English}", $"{part.Korean} {Quantity.Duration(part.Time)}"));
        var (name, total, where) = (language.Named(spent.Exchange), Quantity.Duration(timing.Total), string.Join(", ", told));
        return language.Say(
            $"The slowest exchange, {name}, took {total}: {where}.",
            $"가장 느린 교환인 {name}은 {total} 걸렸습니다: {where}.");
    }

    public string Of(HeldUpByAnswer held)
    {
        var name = language.Named(held.Blocker);
        var soon = held.Behind == 0
            ? language.Say("in the same moment", "같은 순간에 왔습니다")
            : language.Say($"within {Quantity.Duration(held.Behind)} of it", $"그 뒤 {Quantity.Duration(held.Behind)} 안에 왔습니다");
        return language.Say(
            $"The answer to {name} held up {Quantity.Count(held.Blocked, "answer", "answers")} "
                + $"behind it, which came {soon}: answers keep the order of the requests.",
            $"{name}의 응답이 뒤의 응답 {Quantity.Count(held.Blocked)}개를 막았고, 이들은 {soon}. 응답은 요청의 순서를 따릅니다.");
    }

    public string Of(AcknowledgedLate late)
    {
        var (name, who) = (language.Named(late.Exchange), language.Name(late.Exchange.Requester));
        var (passed, after) = (Frame(late.Exchange.ResponseTrace.End), Quantity.Duration(late.Late));
        return language.Say(
            $"The answer to {name} had passed the tap in {passed}; {who} acknowledged all of it only {after} later ({Frame(late.By)}).",
            $"{name}의 응답은 {passed}에서 캡처 지점을 지났지만, {who}는 {after} 뒤에야 전부 확인 응답했습니다({Frame(late.By)}).");
    }

    public string Of(WaitedForAcknowledgment waited)
    {
        var who = language.Name(waited.Sender);
        var (count, longest, total) = (Quantity.Count(waited.Count), Quantity.Duration(waited.Longest), Quantity.Duration(waited.Total));
        if (waited.WholeWindow)
        {
            var octets = Quantity.Octets(waited.Octets);
            var often = waited.Count > 1
                ? language.Say($"{count} times, {total} in all", $"{count}번, 합계 {total}")
                : language.Say($"{longest}, about a round trip", $"{longest}, 대략 한 왕복 시간");
            return language.Say(
                $"Slow start: {who} sent {octets} and waited for ACKs before it sent more ({often}).",
                $"느린 시작: {who}는 {octets}를 보내고 ACK를 기다린 뒤에 더 보냈습니다({often}).");
        }

        var what = waited.Sender == Side.Server ? language.Say("an answer", "응답") : language.Say("a request", "요청");
        return waited.Count == 1
            ? language.Say(
                $"{Capital(who)} sent a part of {what} and waited {longest} for its ACK before it sent the rest (Nagle's algorithm and delayed ACK).",
                $"{who}는 {what}의 일부를 보내고, 나머지를 보내기 전에 그 ACK를 {longest} 기다렸습니다(Nagle 알고리즘과 지연 ACK).")
            : language.Say(
                $"{count} times {who} sent a part of {what} and waited for its ACK before it sent the "
                    + $"rest: {total} in all, {longest} at most (Nagle's algorithm and delayed ACK).",
                $"{who}는 {count}번 {what}의 일부를 보내고, 나머지를 보내기 전에 그 ACK를 기다렸습니다: "
                    + $"합계 {total}, 최대 {longest}(Nagle 알고리즘과 지연 ACK).");
    }

    private IEnumerable<string> Troubles(DeliveryTroubled trouble)
    {
        if (trouble.Again > 0)
        {
            yield return language.Say(
                Quantity.Count(trouble.Again, "segment was sent again", "segments were sent again"),
                $"세그먼트 {Quantity.Count(trouble.Again)}개가 재전송되었습니다") + Reasons(trouble);
        }

        if (trouble.Doubled > 0)
        {
            yield return language.Say(
                Quantity.Count(trouble.Doubled, "segment was", "segments were") + " doubled on the way, not sent again",
                $"세그먼트 {Quantity.Count(trouble.Doubled)}개가 재전송이 아니라 경로에서 복제되었습니다");
        }

        if (trouble.OutOfOrder > 0)
        {
            yield return language.Say(
                Quantity.Count(trouble.OutOfOrder, "segment was overtaken", "segments were overtaken") + " on the way, not lost",
                $"세그먼트 {Quantity.Count(trouble.OutOfOrder)}개가 손실이 아니라 경로에서 순서가 바뀌었습니다");
        }

        if (trouble.Icmp is { } first)
        {
            yield return IcmpErrors(trouble, first);
        }

        if (trouble.WindowClosed > 0)
        {
            yield return language.Say(
                $"a receive window was closed for {Quantity.Duration(trouble.WindowClosed)}",
                $"수신 윈도우가 {Quantity.Duration(trouble.WindowClosed)} 동안 닫혀 있었습니다");
        }
    }

    private string IcmpErrors(DeliveryTroubled trouble, IcmpReported first)
    {
        var (prose, packet) = (new IcmpProse(language), Frame(first.Evidence[0]));
        return trouble.IcmpErrors == 1
            ? language.Say(
                $"{prose.Who(first)} reported \"{prose.What(first)}\" ({packet})",
                $"ICMP 오류가 왔습니다({packet}, 보낸 곳: {prose.Who(first)}): {prose.What(first)}")
            : language.Say(
                $"{Quantity.Count(trouble.IcmpErrors)} ICMP errors came back, the first ({packet}) \"{prose.What(first)}\" from {prose.Who(first)}",
                $"ICMP 오류 {Quantity.Count(trouble.IcmpErrors)}개가 왔습니다(첫 번째 {packet}, 보낸 곳: {prose.Who(first)}): {prose.What(first)}");
    }

    private string Reasons(DeliveryTroubled trouble)
    {
        var reasons = string.Join(", ", language.Counted(
            (trouble.Fast, "on duplicate ACKs", "중복 ACK로"),
            (trouble.Timeouts, "after a retransmission timeout", "재전송 타임아웃 뒤"),
            (trouble.Spurious, "for nothing", "불필요")));
        return reasons.Length == 0 ? "" : language.Say($" ({reasons})", $"({reasons})");
    }

    /// <summary>RFC 9110 §10.1.1: a client waits some time for 100 (Continue), and then sends the body all the same.</summary>
    private static bool WasWithheld(in HttpExchange exchange) =>
        exchange is { Request.ExpectsContinue: true, InterimResponses: 0, RequestTrace.BodyOctets: > 0 };
}
