using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What was seen of single segments, short enough for a column.</summary>
internal sealed class SegmentEvents(Language language)
{
    public string Of(SegmentRemarked remark) => What(remark) + Why(remark) + More(remark) + Answered(remark);

    private string What(SegmentRemarked remark) => remark.Kind switch
    {
        TcpRemarkKind.Retransmission when remark.Value == 0 => remark.IsSynAck
            ? language.Say("the same SYN-ACK again", "같은 SYN-ACK 다시")
            : language.Say("the same SYN again", "같은 SYN 다시"),
        TcpRemarkKind.Retransmission => Repeats(remark),
        TcpRemarkKind.OutOfOrder => Late(remark),
        TcpRemarkKind.KeepAliveProbe => remark.OfWindow
            ? language.Say("probe of the closed window", "닫힌 윈도우 프로브")
            : language.Say("TCP keep-alive probe", "TCP keep-alive 프로브"),
        TcpRemarkKind.ZeroWindow => language.Say("receive window closed", "수신 윈도우 닫힘"),
        TcpRemarkKind.WindowReopened => language.Say(
            $"receive window open again  after {Quantity.Duration(remark.Value)}",
            $"수신 윈도우 다시 열림  {Quantity.Duration(remark.Value)} 뒤"),
        TcpRemarkKind.OverlapConflict => language.Say("repeated octets differ from the first copy", "다시 보낸 데이터가 처음과 다름"),
        TcpRemarkKind.UnacceptableRst when !remark.Earlier.IsNone => language.Say("RST for the earlier connection", "이전 연결에 대한 RST"),
        TcpRemarkKind.UnacceptableRst => language.Say("RST that is not at the next octet, to be ignored", "순서 번호가 맞지 않는 RST, 무시되어야 함"),
        TcpRemarkKind.RstPayload => language.Say($"RST with {remark.Value} octets of text", $"글 {remark.Value}바이트를 담은 RST"),
        TcpRemarkKind.SynOnOpenConnection => language.Say("SYN on the open connection", "열린 연결에 온 SYN"),
        TcpRemarkKind.ChallengeAck => language.Say("challenge ACK", "챌린지 ACK"),
        TcpRemarkKind.TimeWaitReuse => language.Say(
            $"{Quantity.Duration(remark.Value)} into the last TIME_WAIT",
            $"앞 연결의 TIME_WAIT가 {Quantity.Duration(remark.Value)} 지났을 때"),
        TcpRemarkKind.SimultaneousOpen => language.Say("both ends sent a SYN", "양쪽이 모두 SYN을 보냄"),
        TcpRemarkKind.SynAckChanged => language.Say("SYN-ACK with another sequence number", "순서 번호가 다른 SYN-ACK"),
        TcpRemarkKind.OctetsAfterEnd => language.Say(
            $"{remark.Value} octets after the end: nobody reads them",
            $"끝난 뒤의 {remark.Value}바이트: 아무도 읽지 않음"),
        _ => Words.Remarks[(int)remark.Kind].Text.Replace('_', ' '),
    };

    private string Repeats(SegmentRemarked remark)
    {
        var octets = Quantity.Count(remark.Value);
        return remark.Earlier.IsNone
            ? language.Say($"repeats {octets} B", $"{octets} B 재전송")
            : language.Say(
                $"repeats {octets} B of #{remark.Earlier.Number}  after {Since(remark)}",
                $"#{remark.Earlier.Number}의 {octets} B 재전송  {Since(remark)} 뒤");
    }

    private string Late(SegmentRemarked remark)
    {
        var octets = Quantity.Count(remark.Value);
        return language.Say($"{octets} B come late", $"{octets} B 늦게 옴")
            + (remark.Earlier.IsNone ? "" : language.Say(
                $"  and fill the hole before #{remark.Earlier.Number}  after {Since(remark)}",
                $"  #{remark.Earlier.Number} 앞의 구멍을 메움  {Since(remark)} 뒤"))
            + (remark.TooSoon ? language.Say("  overtaken, not lost", "  순서 바뀜, 손실 아님") : "");
    }

    private static string Since(SegmentRemarked remark) => Quantity.Duration(remark.First.Time.Since(remark.Earlier.Time));

    /// <summary>Of the first, where they are several.</summary>
    private string Why(SegmentRemarked remark) => remark is { TooSoon: true, Kind: TcpRemarkKind.Retransmission }
        ? language.Say("  too soon to be sent again: doubled on the way", "  재전송이라기엔 너무 이름: 경로에서 복제됨")
        : remark.Because switch
        {
            TcpRemarkKind.FastRetransmission => language.Say(
                $"  on {Quantity.Count(remark.BecauseValue, "duplicate ACK", "duplicate ACKs")} (fast retransmit)",
                $"  중복 ACK {Quantity.Count(remark.BecauseValue)}개에 따라(빠른 재전송)"),
            TcpRemarkKind.RetransmissionTimeout => language.Say(
                $"  behind {Quantity.Duration(remark.BecauseValue)} of silence (retransmission timeout)",
                $"  {Quantity.Duration(remark.BecauseValue)} 침묵 뒤(재전송 타임아웃)"),
            TcpRemarkKind.SpuriousRetransmission => language.Say(
                "  for nothing: it had been acknowledged",
                "  불필요함: 이미 확인 응답됨"),
            TcpRemarkKind.ZeroWindowRetransmission => language.Say(
                $"  behind {Quantity.Duration(remark.BecauseValue)} for the closed window (window probe)",
                $"  닫힌 윈도우 때문에 {Quantity.Duration(remark.BecauseValue)} 뒤(윈도우 프로브)"),
            _ => "",
        };

    private string More(SegmentRemarked remark) => remark.Count <= 1 ? "" : language.Say(
        $"  ×{remark.Count}, to #{remark.Last.Number}",
        $"  ×{remark.Count}, #{remark.Last.Number}까지");

    private string Answered(SegmentRemarked remark) => remark.Kind != TcpRemarkKind.KeepAliveProbe ? ""
        : !remark.RefusedBy.IsNone && remark.Answered == remark.Count - 1 ? language.Say(
            $"{(remark.Count > 1 ? "  the last" : "")}  answered by RST", $"{(remark.Count > 1 ? "  마지막은" : "")}  RST로 응답받음")
        : remark.Answered == remark.Count
            ? remark.Count > 1 ? language.Say("  all answered", "  모두 응답받음") : language.Say("  answered", "  응답받음")
            : remark.Answered == 0
                ? remark.Count > 1 ? language.Say("  none answered", "  모두 응답 없음") : language.Say("  not answered", "  응답 없음")
                : language.Say($"  {remark.Answered} answered", $"  {remark.Answered}개 응답받음");
}
