using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The verdict and the answers of a story, without their evidence.</summary>
public sealed class StoryProse(ConnectionRecord connection, Language language)
{
    public string Of(StorySentence sentence) => sentence switch
    {
        Verdict verdict => new VerdictProse(connection, language).Of(verdict),
        OpenedBy opened => new OpeningProse(connection, language).Of(opened),
        Exchanged exchanged => new ExchangesProse(connection, language).Of(exchanged),
        Tunnelled tunnel => new ExchangesProse(connection, language).Of(tunnel),
        WebSocketSpoken spoken => new WebSocketProse(language).Of(spoken),
        WebSocketRulesBroken broken => new WebSocketProse(language).Of(broken),
        WebSocketKeptAlive kept => new WebSocketProse(language).Of(kept),
        WebSocketEnded ended => new WebSocketProse(language).Of(ended),
        MultiplexedStreams streams => new Http2Prose(language).Of(streams.Record),
        GoAwaySent goAway => new Http2Prose(language).Of(goAway),
        HeldUpByAnswer held => new DeliveryProse(language).Of(held),
        WaitedForAcknowledgment waited => new DeliveryProse(language).Of(waited),
        DeliveryTroubled trouble => new DeliveryProse(language).Of(trouble),
        AcknowledgedLate late => new DeliveryProse(language).Of(late),
        TimeSpent spent => new DeliveryProse(language).Of(spent),
        LongestIdle idle => new EndProse(connection, language).Of(idle),
        ClosedFirst closed => new EndProse(connection, language).Of(closed),
        UnseenFin unseen => new EndProse(connection, language).Of(unseen),
        NotClosed open => new EndProse(connection, language).Of(open),
        RequestAfterFin late => new LossProse(language).Of(late),
        UnreadAtReset unread => new LossProse(language).Of(unread),
        LeftInCloseWait left => new HalfCloseProse(language).Of(left),
        HalfClosed half => new HalfCloseProse(language).Of(half),
        CutOff cut => new LossProse(language).Of(cut),
        Outstanding left => new LossProse(language).Of(left),
        Unheard unheard => new LossProse(language).Of(unheard),
        RepeatsFailed repeats => new RetryProse(connection, language).Of(repeats),
        RepeatedElsewhere repeated => new RetryProse(connection, language).Of(repeated),
        TimeWaitHeld held => new EndProse(connection, language).Of(held),
        UnheardFin fin => new HalfCloseProse(language).Of(fin),
        NoTimeWait none => new EndProse(connection, language).Of(none),
        CaptureIncomplete missing => Lacking(missing),
        _ => throw new UnreachableException(),
    };

    private string Lacking(CaptureIncomplete missing)
    {
        var octets = Quantity.Octets(missing.ClientOctets + missing.ServerOctets);
        return language.Say(
            $"The capture lacks {octets} of this connection ({Quantity.Count(missing.Gaps, "hole", "holes")}): what is said above is weaker for it.",
            $"이 연결의 데이터 {octets}가 캡처에 없습니다(구멍 {Quantity.Count(missing.Gaps)}개). 위의 말은 그만큼 덜 확실합니다.");
    }
}
