using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How well TCP delivered, in English.</summary>
internal static class DeliveryProse
{
    /// <summary>A part of an exchange's time that is less than this share of it is not told.</summary>
    private const int LeastShare = 20;

    public static string Of(DeliveryTroubled trouble)
    {
        var parts = new List<string>();
        if (trouble.Again > 0)
        {
            parts.Add(Quantity.Count(trouble.Again, "segment was sent again", "segments were sent again") + Reasons(trouble));
        }

        if (trouble.Doubled > 0)
        {
            parts.Add(Quantity.Count(trouble.Doubled, "segment was", "segments were") + " doubled on the way, not sent again");
        }

        if (trouble.OutOfOrder > 0)
        {
            parts.Add(Quantity.Count(trouble.OutOfOrder, "segment was overtaken", "segments were overtaken") + " on the way, not lost");
        }

        if (trouble.WindowClosed > 0)
        {
            parts.Add($"a receive window was closed for {Quantity.Duration(trouble.WindowClosed)}");
        }

        var text = Capital(string.Join("; ", parts)) + ".";
        return trouble.RoundTripLeast < 0
            ? text
            : $"{text} The round trip took {Quantity.Duration(trouble.RoundTripLeast)} at least, "
                + $"{Quantity.Duration(trouble.RoundTripAverage)} on average.";
    }

    public static string Of(TimeSpent spent)
    {
        var timing = spent.Timing;
        (long Time, string What)[] parts =
        [
            (timing.Send, "to send the request" + Withheld(spent.Exchange)),
            (timing.Queued, "behind the answer before it"),
            (timing.Network, "on the way"),
            (timing.Think, "until the server answered"),
            (timing.Transfer, "to transfer the answer"),
            (timing.Timeout, "of silence before retransmission timeouts"),
            (timing.Loss, "until missing octets were there"),
            (timing.ZeroWindow, "with a closed window"),
            (timing.AckWait, "in wait of a delayed ACK"),
        ];
        var told = parts
            .Where(part => part.Time > 0 && part.Time >= timing.Total / LeastShare)
            .OrderByDescending(part => part.Time)
            .Select(part => $"{Quantity.Duration(part.Time)} {part.What}");
        return $"The slowest exchange, {Named(spent.Exchange)}, took {Quantity.Duration(timing.Total)}: "
            + $"{string.Join(", ", told)}.";
    }

    /// <summary>RFC 9110 §10.1.1: a client waits some time for 100 (Continue), and then sends the body all the same.</summary>
    private static string Withheld(in HttpExchange exchange) =>
        exchange is { Request.ExpectsContinue: true, InterimResponses: 0, RequestTrace.BodyOctets: > 0 }
            ? ", which waited for a 100 (Continue) that did not come"
            : "";

    public static string Of(HeldUpByAnswer held) =>
        $"The answer to {Named(held.Blocker)} held up {Quantity.Count(held.Blocked, "answer", "answers")} "
            + $"behind it, which came within {Quantity.Duration(held.Behind)} of it: answers keep the order of the requests.";

    public static string Of(AcknowledgedLate late) =>
        $"The answer to {Named(late.Exchange)} had passed the tap in {Frame(late.Exchange.ResponseTrace.End)}; "
            + $"{Name(late.Exchange.Requester)} acknowledged all of it only {Quantity.Duration(late.Late)} later ({Frame(late.By)}).";

    public static string Of(WaitedForAcknowledgment waited)
    {
        var who = Name(waited.Sender);
        var longest = Quantity.Duration(waited.Longest);
        if (waited.WholeWindow)
        {
            var often = waited.Count > 1
                ? $"{Quantity.Count(waited.Count)} times, {Quantity.Duration(waited.Total)} in all"
                : $"{longest}, about a round trip";
            return $"Slow start: {who} sent {Quantity.Octets(waited.Octets)} and waited for ACKs before it sent more ({often}).";
        }

        var what = waited.Sender == Side.Server ? "an answer" : "a request";
        return waited.Count == 1
            ? $"{Capital(who)} sent a part of {what} and waited {longest} for its ACK before it sent the rest "
                + "(Nagle's algorithm and delayed ACK)."
            : $"{Quantity.Count(waited.Count)} times {who} sent a part of {what} and waited for its ACK before it sent the "
                + $"rest: {Quantity.Duration(waited.Total)} in all, {longest} at most (Nagle's algorithm and delayed ACK).";
    }

    private static string Reasons(DeliveryTroubled trouble)
    {
        var reasons = string.Join(", ", Counted(
            (trouble.Fast, "on duplicate ACKs"),
            (trouble.Timeouts, "after a retransmission timeout"),
            (trouble.Spurious, "for nothing")));
        return reasons.Length == 0 ? "" : $" ({reasons})";
    }
}
