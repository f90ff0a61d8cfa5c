using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The other half after the first FIN, in English.</summary>
internal static class HalfCloseProse
{
    public static string Of(LeftInCloseWait left) =>
        $"{Capital(Name(left.Who))} had {Name(left.Who.Other())}'s FIN and did not close: CLOSE_WAIT for "
            + $"{Quantity.Duration(left.Span)}" + (left.StillThere ? ", and still when last seen." : ".");

    public static string Of(HalfClosed half) => half.RefusedBy.IsNone
        ? $"Half-close: {Name(half.First.Other())} sent {Quantity.Octets(half.Octets)} more in the "
            + $"{Quantity.Duration(half.Span)} after {Name(half.First)}'s FIN"
            + (half.AcknowledgedBy.IsNone ? "." : $", and they arrived (acknowledged by {Frame(half.AcknowledgedBy)}).")
        : $"After {Name(half.First)}'s FIN {Name(half.First.Other())} sent "
            + $"{Quantity.Octets(half.Octets)} more, {Quantity.Duration(half.Span)} later: {Name(half.First)} had closed "
            + $"both directions and refused them ({Frame(half.RefusedBy)}). They were not delivered.";
}
