using System.Text.RegularExpressions;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Analysis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>Each member of a closed set has its Korean words, also those that no capture of the library shows.</summary>
public sealed partial class KoreanProseTests
{
    public static TheoryData<CloseReason, Side> Reasons
    {
        get
        {
            var reasons = new TheoryData<CloseReason, Side>();
            foreach (var reason in Enum.GetValues<CloseReason>().Except([CloseReason.StillOpen, CloseReason.Unanswered]))
            {
                reasons.Add(reason, Side.Client);
                reasons.Add(reason, Side.Server);
            }

            return reasons;
        }
    }

    public static TheoryData<HttpAnomalies> Anomalies =>
        [.. Enum.GetValues<HttpAnomalies>().Except([HttpAnomalies.None])];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Why_an_end_closed(CloseReason reason, Side first) => IsKorean(Told(new ClosedFirst(
        first, CloseManner.Fin, reason, 5, null, 7, 5, 3, KeepAliveMaxMeaning.Remaining, 2)));

    [Fact]
    public void Why_an_end_closed_for_a_column() => Assert.All(
        Enum.GetValues<CloseReason>(), reason => Assert.DoesNotMatch(LatinWord(), CloseReasonText.Title(reason, Language.Korean)));

    [Theory]
    [MemberData(nameof(Anomalies))]
    public void What_is_odd_about_a_message(HttpAnomalies kind) => IsKorean(Event(new MessageRemarked(kind, 1, 5)));

    [Theory]
    [InlineData(GapCause.Acknowledged)]
    [InlineData(GapCause.Ended)]
    [InlineData(GapCause.SnapLength)]
    [InlineData(GapCause.MemoryLimit)]
    public void What_was_not_captured(GapCause cause)
    {
        IsKorean(Event(new OctetsMissing(Side.Server, 100, cause)));
        IsKorean(Event(new OctetsMissing(Side.Server, 100, cause) { Count = 3, Evidence = [new PacketRef(4, default), new PacketRef(9, default)] }));
    }

    [Theory]
    [InlineData(false, 3, 0, "network unreachable")]
    [InlineData(false, 3, 1, "host unreachable")]
    [InlineData(false, 3, 3, "port unreachable")]
    [InlineData(false, 3, 4, "packet too large, and not to be fragmented")]
    [InlineData(false, 3, 13, "administratively prohibited")]
    [InlineData(false, 11, 0, "hop limit exceeded on the way")]
    [InlineData(false, 3, 5, null)]
    [InlineData(false, 1, 4, null)]
    [InlineData(true, 1, 0, "no route to the destination")]
    [InlineData(true, 1, 3, "address unreachable")]
    [InlineData(true, 1, 4, "port unreachable")]
    [InlineData(true, 1, 6, "administratively prohibited")]
    [InlineData(true, 2, 0, "packet too large, and not to be fragmented")]
    [InlineData(true, 3, 0, "hop limit exceeded on the way")]
    [InlineData(true, 3, 1, null)]
    [InlineData(true, 4, 0, null)]
    public void What_a_router_says(bool isIpv6, byte type, byte code, string? said)
    {
        var report = new IcmpReported(Side.Client, new IcmpReason(isIpv6, type, code), null);
        Assert.Equal(said ?? $"type {type} code {code}", new IcmpProse(Language.English).What(report));
        var text = Event(report);
        Assert.Equal(said is null, text.Contains($"type {type} code {code}", StringComparison.Ordinal));
        IsKorean(text);
    }

    [Theory]
    [InlineData(TcpRemarkKind.Retransmission)]
    [InlineData(TcpRemarkKind.OutOfOrder)]
    [InlineData(TcpRemarkKind.KeepAliveProbe)]
    [InlineData(TcpRemarkKind.ZeroWindow)]
    [InlineData(TcpRemarkKind.WindowReopened)]
    [InlineData(TcpRemarkKind.OverlapConflict)]
    [InlineData(TcpRemarkKind.UnacceptableRst)]
    [InlineData(TcpRemarkKind.RstPayload)]
    [InlineData(TcpRemarkKind.SynOnOpenConnection)]
    [InlineData(TcpRemarkKind.ChallengeAck)]
    [InlineData(TcpRemarkKind.TimeWaitReuse)]
    [InlineData(TcpRemarkKind.SimultaneousOpen)]
    [InlineData(TcpRemarkKind.SynAckChanged)]
    [InlineData(TcpRemarkKind.OctetsAfterEnd)]
    public void What_was_seen_of_a_segment(TcpRemarkKind kind)
    {
        var packet = new PacketRef(7, default);
        foreach (var because in (TcpRemarkKind[])[kind, TcpRemarkKind.FastRetransmission, TcpRemarkKind.RetransmissionTimeout, TcpRemarkKind.SpuriousRetransmission, TcpRemarkKind.ZeroWindowRetransmission])
        {
            IsKorean(Event(new SegmentRemarked(kind, 2, 0, packet, packet, packet, 1) { Because = because, BecauseValue = 3 }));
            IsKorean(Event(new SegmentRemarked(kind, 1, 9, packet, packet, packet, 0) { Because = because, TooSoon = true }));
        }
    }

    [Theory]
    [InlineData(ExchangeFailure.Unanswered)]
    [InlineData(ExchangeFailure.RequestTruncated)]
    [InlineData(ExchangeFailure.ResponseTruncated)]
    [InlineData(ExchangeFailure.ServerError)]
    [InlineData(ExchangeFailure.Refused)]
    public void What_is_sent_again(ExchangeFailure failure)
    {
        var talk = new Conversation();
        var failed = talk.At(-12);
        var story = talk.Handshake()
            .Exchange(1, 2, exchange => exchange with { RetryOf = new RetriedExchange(3, 2, failure, 12_000_000, failed, true) }, "POST", "/pay")
            .Tell();
        var repeats = story.Answers.OfType<RepeatsFailed>().Single();
        var prose = new StoryProse(story.Connection, Language.Korean);

        IsKorean(prose.Of(repeats).Replace("POST", "", StringComparison.Ordinal).Replace("/pay", "", StringComparison.Ordinal));
        Assert.EndsWith(" 실패한 요청을 다시 보낸 것이 2개 더 있습니다.", prose.Of(repeats with { More = 2 }), StringComparison.Ordinal);
    }

    private static string Event(StorySentence sentence) => new StoryEvents(Language.Korean).Of(sentence);

    private static string Told(StorySentence sentence)
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        return new StoryProse(talk.Tell().Connection, Language.Korean).Of(sentence);
    }

    private static void IsKorean(string text)
    {
        Assert.Matches("[가-힣]", text);
        Assert.DoesNotMatch(LatinWord(), text);
    }

    /// <summary>Latin words that are no names of protocols, fields, states or units.</summary>
    [GeneratedRegex(@"(?<![A-Za-z])(?!(TCP|TLS|PROXY|FIN|RST|SYN|ACK|ICMP|TTL|HTTP|GOAWAY|WebSocket|TIME_WAIT|TIME|WAIT|type|code|keep|alive|Keep|Alive|max|Content|Length|chunked|Transfer|Encoding|Connection|close|Close|Host|CR|LF|half|xx|s|ms|B)(?![A-Za-z]))[A-Za-z]+")]
    private static partial Regex LatinWord();
}
