using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What held the connection up, where the packets show it.</summary>
internal sealed class PaceAnswers(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    /// <summary>Segments of a flight that fills a small congestion window; RFC 6928 begins with ten, RFC 2581 with two to four.</summary>
    private const int SegmentsOfFlight = 4;

    /// <summary>An answer that was slow for so many times the time that the next one came behind it held that one up.</summary>
    private const int HeldUp = 10;

    public HeldUpByAnswer? HeldUpByAnswer()
    {
        if (connection.Http.MaxPipelineDepth < 2)
        {
            return null;
        }

        HttpExchange? blocker = null;
        var held = new List<HttpExchange>();
        foreach (var exchange in material.Exchanges)
        {
            if (blocker is { } slow && IsHeldUp(exchange, slow))
            {
                held.Add(exchange);
            }
            else if (held.Count == 0)
            {
                blocker = exchange.ResponseTrace.Complete ? exchange : null;
            }
        }

        return blocker is not { } first || held.Count == 0
            ? null
            : new HeldUpByAnswer(
                first, held.Count, held[^1].ResponseTrace.End.Time.Since(first.ResponseTrace.End.Time))
            {
                Evidence = Frames([first.ResponseTrace.End, .. held.Select(exchange => exchange.ResponseTrace.End)]),
            };
    }

    private static bool IsHeldUp(in HttpExchange exchange, in HttpExchange slow)
    {
        if (exchange.PipelineDepth < 2 || exchange.ResponseTrace.End.IsNone || exchange.RequestTrace.End.IsNone
            || exchange.RequestTrace.End.Number > slow.ResponseTrace.Start.Number)
        {
            return false;
        }

        var behind = exchange.ResponseTrace.End.Time.Since(slow.ResponseTrace.End.Time);
        var waited = slow.ResponseTrace.Start.Time.Since(exchange.RequestTrace.End.Time);
        return waited > 0 && behind < waited / HeldUp;
    }

    public IEnumerable<WaitedForAcknowledgment> Waits() =>
    [
        .. Waits(Side.Client, wholeWindow: false),
        .. Waits(Side.Client, wholeWindow: true),
        .. Waits(Side.Server, wholeWindow: false),
        .. Waits(Side.Server, wholeWindow: true),
    ];

    private WaitedForAcknowledgment[] Waits(Side side, bool wholeWindow)
    {
        var handshake = connection.Handshake;
        if (acknowledgments is null || handshake.RoundTrip < 0 || !connection.IsHttp || material.Switch is not null)
        {
            return [];
        }

        var waits = acknowledgments.Waits.Pauses
            .Where(pause => SenderOf(pause) == side && IsWait(pause, handshake, wholeWindow))
            .ToList();
        return waits.Count == 0
            ? []
            :
            [
                new WaitedForAcknowledgment(
                    side, wholeWindow, waits.Count, waits.Sum(wait => wait.Pause), waits.Max(wait => wait.Pause),
                    waits[0].Flight)
                {
                    Evidence = Frames(waits[0].Before, waits[0].Ack, waits[0].After),
                },
            ];
    }

    /// <summary>Between two requests a client may wait for anything.</summary>
    private bool IsInRequest(AckWait pause) => material.Exchanges.Exists(exchange =>
        exchange.RequestTrace.Start.Number <= pause.Before.Number && pause.After.Number <= exchange.RequestTrace.End.Number);

    private Side SenderOf(in AckWait pause) => connection.Tcp.Actual(pause.Sender);

    /// <summary>Of a TCP header: a whole segment may have so many octets of data fewer (RFC 9293 §3.7.1).</summary>
    private const int MostOptions = 40;

    private bool IsWait(in AckWait pause, in Handshake handshake, bool wholeWindow)
    {
        var side = SenderOf(pause);
        var toSender = side == Side.Server ? handshake.Front : handshake.Back;
        var sender = connection.Tcp.EndOf(side);
        var segment = long.Max(1, long.Min(sender.MaximumSegmentSize, connection.Tcp.EndOf(side.Other()).MaximumSegmentSize));
        var reaction = pause.After.Time.Since(pause.Ack.Time);
        if (!AckWaitRule.IsPrompt(reaction, toSender) || (side == Side.Client && !IsInRequest(pause)))
        {
            return false;
        }

        // RFC 9293 §3.7.4: Nagle's algorithm keeps less than a segment back while anything is not acknowledged.
        // RFC 5681 §3.1: in slow start a flight waits for the acknowledgments of the one before, about a round trip.
        return wholeWindow
            ? pause.Flight >= SegmentsOfFlight * segment && pause.Pause <= handshake.RoundTrip * 3 / 2
            : pause.AllAcknowledged && pause.Flight < segment - MostOptions && AckWaitRule.IsDelayed(pause.Ack.Time.Since(pause.Before.Time));
    }
}
