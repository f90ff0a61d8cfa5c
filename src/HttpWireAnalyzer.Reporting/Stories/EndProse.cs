using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How the connection ended.</summary>
internal sealed class EndProse(ConnectionRecord connection, Language language)
{
    public string Of(LongestIdle idle)
    {
        var longest = Quantity.Duration(idle.Idle);
        var text = idle.BeforeClose
            ? language.Say($"The longest idle time was {longest}, before the close.", $"가장 긴 유휴 시간은 닫기 전의 {longest}입니다.")
            : language.Say($"The longest idle time was {longest}, before the next request.", $"가장 긴 유휴 시간은 다음 요청 전의 {longest}입니다.");
        // Where the close has to do with it, the reason says so.
        return idle.Announced < 0
            || connection.Close.Reason is CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced
                or CloseReason.ServerClosedUnannounced
            ? text
            : text + language.Say(
                $" The server had announced a timeout of {idle.Announced} s.",
                $" 서버가 예고한 타임아웃은 {idle.Announced} s입니다.");
    }

    public string Of(ClosedFirst closed)
    {
        var who = language.Name(closed.First);
        var reason = new CloseReasonProse(language).Of(closed) + ".";
        if (closed.How == CloseManner.Refused)
        {
            return language.Say($"{Capital(who)} refused: {reason}", $"{who}가 거부했습니다: {reason}");
        }

        if (closed.How == CloseManner.SimultaneousFin)
        {
            // The reason is told of the end whose FIN the tap saw first.
            return language.Say(
                "Neither closed first: each sent its FIN before it had the other's.",
                "어느 쪽도 먼저 닫지 않았습니다. 서로 상대의 FIN을 받기 전에 FIN을 보냈습니다.")
                + (closed.Reason == CloseReason.Unknown ? "" : language.Say(" Why: ", " 까닭: ") + reason);
        }

        var what = closed.How == CloseManner.Reset ? "RST" : "FIN";
        var when = closed.Idle >= 0 ? After(closed.Idle, "the last message", "마지막 메시지")
            : closed.SinceRequest >= 0 && closed.Reason is CloseReason.ClosedWhileOutstanding or CloseReason.HalfClose or CloseReason.Reset
                ? After(closed.SinceRequest, "the last request", "마지막 요청")
                : "";
        if (closed.IsOneSided)
        {
            return language.Say(
                $"{Capital(who)} closed ({what}{when}), first as far as one direction can tell: {reason}",
                $"{who}가 닫았습니다({what}{when}). 한 방향만 캡처되어 먼저 닫았는지는 알 수 없습니다: {reason}") + Then(closed);
        }

        return language.Say(
            $"{Capital(who)} closed first ({what}{when}): {reason}",
            $"{who}가 먼저 닫았습니다({what}{when}): {reason}") + Then(closed);
    }

    public string Of(NotClosed open)
    {
        if (open.Icmp is { } icmp)
        {
            var prose = new IcmpProse(language);
            return language.Say(
                $"It never opened: {prose.Who(icmp)} reported \"{prose.What(icmp)}\" of the SYN ({Frame(icmp.Evidence[0])}).",
                $"연결이 열리지 않았습니다. SYN에 ICMP 오류가 돌아왔습니다({Frame(icmp.Evidence[0])}, 보낸 곳: {prose.Who(icmp)}): {prose.What(icmp)}.");
        }

        if (open.Reason == CloseReason.Unanswered)
        {
            return language.Say(
                "It never opened: the client stays in SYN_SENT until it gives up, which no packet shows.",
                "연결이 열리지 않았습니다. 클라이언트는 포기할 때까지 SYN_SENT에 머물며, 언제 포기하는지는 패킷에 나타나지 않습니다.");
        }

        var lasted = Quantity.Duration(connection.Tcp.Last.Time.Since(connection.Tcp.First.Time));
        return language.Say(
            $"Nobody closed it as far as the capture goes: its last packet came {lasted} after its first.",
            $"캡처가 끝날 때까지 아무도 닫지 않았습니다. 첫 패킷에서 마지막 패킷까지 {lasted}입니다.");
    }

    public string Of(NoTimeWait none) => none switch
    {
        { Gone: { } gone } => language.Say(
            $"Nobody holds TIME_WAIT: {language.Name(gone)} met the last FIN with a RST, so its FIN_WAIT_2 was over before.",
            $"아무도 TIME_WAIT에 머물지 않습니다. {language.Name(gone)}가 마지막 FIN에 RST로 답했으니, 그쪽의 FIN_WAIT_2는 이미 끝나 있었습니다."),
        { PeerGone: true } => language.Say(
            "Nobody holds TIME_WAIT after a reset; whether it reached the other end is not known.",
            "리셋 뒤에는 아무도 TIME_WAIT에 머물지 않습니다. 리셋이 상대편에 닿았는지는 알 수 없습니다."),
        _ => language.Say(
            "Nobody holds TIME_WAIT: a reset ends both ends at once.",
            "아무도 TIME_WAIT에 머물지 않습니다. 리셋은 양쪽을 한꺼번에 끝냅니다."),
    };

    public string Of(TimeWaitHeld held)
    {
        var who = held.Client && held.Server
            ? language.Say("Both ends hold", "양쪽 모두")
            : language.Say($"{language.Subject(held.Client ? Side.Client : Side.Server)} holds", $"{language.Name(held.Client ? Side.Client : Side.Server)}가");
        if (!held.Successor.IsNone)
        {
            var later = Quantity.Duration(held.Successor.Time.Since(held.From.Time));
            return language.Say(
                $"{who} TIME_WAIT, until the next connection on these ports ({Frame(held.Successor)}) takes its place {later} later.",
                $"{who} TIME_WAIT에 머물다가 {later} 뒤에 같은 포트를 쓰는 다음 연결({Frame(held.Successor)})에 자리를 내줍니다.");
        }

        if (!held.Reset.IsNone)
        {
            var later = Quantity.Duration(held.Reset.Time.Since(held.From.Time));
            return language.Say(
                $"{who} TIME_WAIT for only {later}: a RST ({Frame(held.Reset)}) ends it.",
                $"{who} TIME_WAIT에 {later} 동안만 머뭅니다. RST({Frame(held.Reset)})가 이를 끝냅니다.");
        }

        var seconds = (held.Until.Since(held.From.Time) + (Timestamp.NanosecondsPerSecond / 2)) / Timestamp.NanosecondsPerSecond;
        var until = Quantity.TimeOfDay(held.Until);
        return language.Say(
            string.Create(CultureInfo.InvariantCulture, $"{who} TIME_WAIT for {seconds} s, as Linux does, until {until} UTC."),
            string.Create(CultureInfo.InvariantCulture, $"{who} TIME_WAIT에 {seconds} s 동안 머뭅니다(Linux 기준, {until} UTC까지)."));
    }

    public string Of(UnseenFin unseen)
    {
        var (who, other) = (language.Name(unseen.Closer), language.Name(unseen.Closer.Other()));
        var acknowledged = Frame(unseen.Acknowledged);
        var then = !unseen.Reset.IsNone ? RstAfterFin($" ({Frame(unseen.Reset)})")
            : unseen.Closed.IsNone ? NotClosed(other)
            : unseen.Closed == unseen.Acknowledged
            ? language.Say($" {Capital(other)} closed with that packet.", $" {other}는 그 패킷으로 자기 쪽을 닫았습니다.")
            : language.Say($" {Capital(other)} closed later ({Frame(unseen.Closed)}).", $" {other}는 나중에 닫았습니다({Frame(unseen.Closed)}).");
        return language.Say(
            $"{Capital(who)} closed first, most likely: its FIN is not in the capture, but {other} acknowledged one octet more than the capture has of {who} ({acknowledged}).",
            $"{who}가 먼저 닫은 듯합니다. 그 FIN은 캡처에 없지만 {other}가 캡처에 있는 {who}의 데이터보다 한 바이트 더 확인 응답했습니다({acknowledged}).") + then;
    }

    private string After(long nanoseconds, string english, string korean) =>
        language.Say($" {Quantity.Duration(nanoseconds)} after {english}", $", {korean} {Quantity.Duration(nanoseconds)} 뒤");

    private string NotClosed(string other) => language.Say(
        $" {Capital(other)} had not closed its half when last seen.",
        $" {other}는 마지막으로 보였을 때 자기 쪽을 닫지 않은 상태였습니다.");

    private string RstAfterFin(string frame) =>
        language.Say($" A RST came after that FIN{frame}.", $" 그 FIN 뒤에 RST{frame}가 왔습니다.");

    /// <summary>What became of it after the first FIN.</summary>
    private string Then(ClosedFirst closed)
    {
        var other = language.Name(closed.First.Other());
        return closed.How switch
        {
            CloseManner.HalfClosed when closed.OtherUnseen => language.Say(
                $" Nothing of {other} was captured.",
                $" {other}의 패킷은 캡처되지 않았습니다."),
            CloseManner.HalfClosed when !closed.OtherFinAcknowledged.IsNone => language.Say(
                $" {Capital(other)} closed as well: its FIN is not in the capture, but was acknowledged ({Frame(closed.OtherFinAcknowledged)}).",
                $" {other}도 닫았습니다. 그 FIN은 캡처에 없지만 확인 응답되었습니다({Frame(closed.OtherFinAcknowledged)})."),
            CloseManner.HalfClosed => NotClosed(other),
            CloseManner.FinThenReset => RstAfterFin(""),
            _ => "",
        };
    }
}
