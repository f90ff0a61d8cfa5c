using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The other half after the first FIN.</summary>
internal sealed class HalfCloseProse(Language language)
{
    public string Of(LeftInCloseWait left)
    {
        var (who, other) = (language.Name(left.Who), language.Name(left.Who.Other()));
        if (left.Closed)
        {
            return language.Say(
                $"{Capital(who)} had {other}'s FIN and closed only {Quantity.Duration(left.Span)} later: CLOSE_WAIT until then.",
                $"{who}는 {other}의 FIN을 받고 {Quantity.Duration(left.Span)} 뒤에야 닫았습니다. 그때까지 CLOSE_WAIT입니다.");
        }

        return language.Say(
            $"{Capital(who)} had {other}'s FIN and did not close: CLOSE_WAIT for {Quantity.Duration(left.Span)}",
            $"{who}는 {other}의 FIN을 받고도 닫지 않았습니다: CLOSE_WAIT {Quantity.Duration(left.Span)}")
            + (left.StillThere ? language.Say(", and still when last seen.", ", 마지막으로 보였을 때도 그대로였습니다.") : ".");
    }

    public string Of(UnheardFin fin)
    {
        var (who, other) = (language.Name(fin.Closer), language.Name(fin.Closer.Other()));
        var within = Quantity.Duration(fin.Within);
        return language.Say(
            $"{Capital(who)} sent its FIN again {Quantity.Count(fin.Copies, "time", "times")} within {within}, and not a packet of {other} came any more.",
            $"{who}가 {within} 동안 FIN을 {Quantity.Count(fin.Copies)}번 재전송했지만 {other}의 패킷은 더 오지 않았습니다.");
    }

    public string Of(HalfClosed half)
    {
        var (first, other) = (language.Name(half.First), language.Name(half.First.Other()));
        var (octets, span) = (Quantity.Octets(half.Octets), Quantity.Duration(half.Span));
        if (half.Refused > 0 && half.Refused < half.Octets)
        {
            var (arrived, refused) = (Quantity.Octets(half.Octets - half.Refused), Quantity.Octets(half.Refused));
            return language.Say(
                $"Half-close: {other} sent {octets} more in the {span} after {first}'s FIN. {arrived} arrived; then {first} had closed both "
                    + $"directions and refused {refused} ({Frame(half.RefusedBy)}), which were not delivered.",
                $"Half-close: {first}의 FIN 뒤 {span} 동안 {other}가 {octets}를 더 보냈습니다. {arrived}는 도착했고, 그 뒤 {first}가 양방향을 "
                    + $"모두 닫아 {refused}를 거부했습니다({Frame(half.RefusedBy)}). 거부된 데이터는 전달되지 않았습니다.");
        }

        if (half.Refused > 0)
        {
            return language.Say(
                $"After {first}'s FIN {other} sent {octets} more, {span} later: {first} had closed both directions and refused them "
                    + $"({Frame(half.RefusedBy)}). They were not delivered.",
                $"{first}의 FIN {span} 뒤에 {other}가 {octets}를 더 보냈습니다. {first}는 양방향을 모두 닫은 상태여서 거부했습니다"
                    + $"({Frame(half.RefusedBy)}). 이 데이터는 전달되지 않았습니다.");
        }

        return half.AcknowledgedBy.IsNone
            ? language.Say(
                $"Half-close: {other} sent {octets} more in the {span} after {first}'s FIN.",
                $"Half-close: {first}의 FIN 뒤 {span} 동안 {other}가 {octets}를 더 보냈습니다.")
            : language.Say(
                $"Half-close: {other} sent {octets} more in the {span} after {first}'s FIN, and they arrived (acknowledged by {Frame(half.AcknowledgedBy)}).",
                $"Half-close: {first}의 FIN 뒤 {span} 동안 {other}가 {octets}를 더 보냈고, 모두 도착했습니다({Frame(half.AcknowledgedBy)}에서 확인 응답).");
    }
}
