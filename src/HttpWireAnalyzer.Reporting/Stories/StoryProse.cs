using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The answers of a story in English, without their evidence.</summary>
public sealed class StoryProse(ConnectionRecord connection)
{
    public string Of(StorySentence sentence) => sentence switch
    {
        Verdict verdict => new VerdictProse(connection).Of(verdict),
        OpenedBy opened => new OpeningProse(connection).Of(opened),
        Exchanged exchanged => new ExchangesProse(connection).Of(exchanged),
        Tunnelled tunnel => ExchangesProse.Of(tunnel),
        WebSocketSpoken spoken => WebSocketProse.Of(spoken),
        WebSocketRulesBroken broken => WebSocketProse.Of(broken),
        WebSocketKeptAlive kept => WebSocketProse.Of(kept),
        WebSocketEnded ended => WebSocketProse.Of(ended),
        MultiplexedStreams streams => Http2Prose.Of(streams.Record),
        GoAwaySent goAway => Http2Prose.Of(goAway),
        HeldUpByAnswer held => DeliveryProse.Of(held),
        WaitedForAcknowledgment waited => DeliveryProse.Of(waited),
        DeliveryTroubled trouble => DeliveryProse.Of(trouble),
        AcknowledgedLate late => DeliveryProse.Of(late),
        TimeSpent spent => DeliveryProse.Of(spent),
        LongestIdle idle => new EndProse(connection).Of(idle),
        ClosedFirst closed => EndProse.Of(closed),
        NotClosed open => new EndProse(connection).Of(open),
        RequestAfterFin late => LossProse.Of(late),
        UnreadAtReset unread => LossProse.Of(unread),
        LeftInCloseWait left => HalfCloseProse.Of(left),
        HalfClosed half => HalfCloseProse.Of(half),
        CutOff cut => LossProse.Of(cut),
        Outstanding left => LossProse.Of(left),
        Unheard unheard => LossProse.Of(unheard),
        RepeatsFailed repeats => new RetryProse(connection).Of(repeats),
        RepeatedElsewhere repeated => RetryProse.Of(repeated),
        TimeWaitHeld held => EndProse.Of(held),
        CaptureIncomplete missing => $"The capture lacks {Quantity.Octets(missing.ClientOctets + missing.ServerOctets)} of "
            + $"this connection ({Quantity.Count(missing.Gaps, "hole", "holes")}): what is said above is weaker for it.",
        _ => throw new UnreachableException(),
    };
}
