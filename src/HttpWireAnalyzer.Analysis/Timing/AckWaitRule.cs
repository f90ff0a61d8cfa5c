namespace HttpWireAnalyzer.Analysis.Timing;

/// <summary>When a sender that went on behind an acknowledgment had waited for it, and the acknowledgment was delayed.</summary>
internal static class AckWaitRule
{
    /// <summary>A sender answers an acknowledgment at once: this is for its scheduler, above the way there and back.</summary>
    private const long Reaction = 1_000_000;

    /// <summary>No acknowledgment is delayed on purpose for less; Linux delays it 40 ms (RFC 9293 §3.8.6.3: up to 500 ms).</summary>
    private const long DelayedAck = 20_000_000;

    /// <summary>The most that RFC 9293 §3.8.6.3 allows, and a tenth for a busy host: what comes later was not delayed on purpose.</summary>
    private const long LongestDelayedAck = 550_000_000;

    /// <summary>The sender went on as soon as it had the acknowledgment, and not before. Nanoseconds.</summary>
    /// <param name="reaction">Acknowledgment to new octets.</param>
    /// <param name="toSender">From the tap to the sender and back.</param>
    public static bool IsPrompt(long reaction, long toSender) => reaction >= toSender / 2 && reaction <= toSender + (toSender / 4) + Reaction;

    /// <param name="acknowledgedAfter">Last octets before the pause to their acknowledgment, nanoseconds.</param>
    public static bool IsDelayed(long acknowledgedAfter) => acknowledgedAfter is >= DelayedAck and <= LongestDelayedAck;
}
