using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What was lost or left.</summary>
internal sealed class LossProse(Language language)
{
    /// <summary>Behind one of these nothing of the body can be read.</summary>
    private const HttpAnomalies BrokenChunk = HttpAnomalies.InvalidChunkSize | HttpAnomalies.ChunkWithoutLineEnd;

    public string Of(RequestAfterFin late)
    {
        var (who, closer) = (language.Name(late.Requester), language.Name(late.Requester.Other()));
        var delay = Quantity.Duration(late.Delay);
        var sent = language.Say(
            $"{delay} later {who} sent {language.NamedAt(late.Exchange)}",
            $"{delay} 뒤에 {who}가 {language.NamedAt(late.Exchange)}을 보냈습니다");
        var knew = late.MayHaveCrossed
            ? language.Say($"{sent}, which may have crossed that FIN on the way", $"{sent}. 그 FIN과 경로에서 엇갈렸을 수 있습니다")
            : late.FinAcknowledgedBy.IsNone
            ? language.Say(
                $"{sent}, which had not acknowledged that FIN and may never have had it",
                $"{sent}. 그 FIN을 확인 응답하지 않았고, 받지 못했을 수 있습니다")
            : late.FinAcknowledgedBy == late.Exchange.RequestTrace.Start
                ? language.Say($"{sent} with the acknowledgment of that very FIN", $"{sent}. 바로 그 FIN의 확인 응답이 함께 실려 있었습니다")
                : language.Say(
                    $"{sent} although it had acknowledged that FIN ({Frame(late.FinAcknowledgedBy)})",
                    $"{sent}. 그 FIN을 이미 확인 응답한 뒤였습니다({Frame(late.FinAcknowledgedBy)})");
        var text = language.Say(
            $"{Capital(closer)} had sent its FIN ({Frame(late.Fin)}); {knew}: the request was lost",
            $"{closer}가 이미 FIN을 보냈습니다({Frame(late.Fin)}). {knew}. 요청은 손실되었습니다");
        return text + (late.Rst.IsNone ? "." : language.Say(
            $", and {closer}'s kernel answered RST ({Frame(late.Rst)}).",
            $". {closer}의 커널은 RST로 응답했습니다({Frame(late.Rst)})."));
    }

    public string Of(UnreadAtReset unread)
    {
        var who = language.Name(unread.Resetter);
        var octets = unread.UnreadOctets <= 0 ? "" : language.Say(
            $" (some or all of the last {Quantity.Octets(unread.UnreadOctets)})",
            $"(마지막 {Quantity.Octets(unread.UnreadOctets)}의 일부 또는 전부)");
        if (unread.Exchange is not { } exchange)
        {
            return language.Say(
                $"{Capital(who)} reset the connection, most likely with octets unread{octets}: its kernel had them, its application had not read them.",
                $"{who}가 데이터를 다 읽지 않고{octets} 연결을 리셋한 듯합니다. 커널은 데이터를 받았지만 프로그램이 읽지 않았습니다.");
        }

        return unread.AfterFin >= 0 ? AfterFin(unread, exchange, octets)
            : exchange.Response is null ? Unanswered(unread, exchange, octets)
            : Answered(unread, exchange, octets);
    }

    public string Of(CutOff cut)
    {
        var name = language.Named(cut.Exchange);
        if (cut.IsEndless)
        {
            return language.Say(
                $"The event stream of exchange {cut.Exchange.Ordinal} ({name}) was open, by its nature: "
                    + $"{Quantity.Octets(cut.Got)} in {Quantity.Count(cut.Exchange.ResponseTrace.Chunks, "chunk", "chunks")} had come.",
                $"교환 {cut.Exchange.Ordinal}({name})의 이벤트 스트림은 본래 끝이 없어 열려 있었습니다. "
                    + $"청크 {Quantity.Count(cut.Exchange.ResponseTrace.Chunks)}개로 {Quantity.Octets(cut.Got)}가 왔습니다.");
        }

        var message = cut.Sender == cut.Exchange.Requester ? language.Say("request", "요청") : language.Say("response", "응답");
        var how = cut.Expected < 0 ? EndMissing(cut) : language.Say(
            $"{Quantity.Count(cut.Got)} of {Quantity.Count(cut.Expected, "octet", "octets")} that Content-Length promised",
            $"Content-Length가 약속한 {Quantity.Count(cut.Expected)}바이트 중 {Quantity.Count(cut.Got)}바이트가 왔습니다");
        var text = language.Say(
            $"The {message} of exchange {cut.Exchange.Ordinal} ({name}) was cut off: {how}.",
            $"교환 {cut.Exchange.Ordinal}({name})의 {message}이 끊겼습니다: {how}.");
        var wasQuiet = cut.Silence >= Timestamp.NanosecondsPerSecond;
        if (cut is { WhollyCaptured: true, Expected: >= 0 })
        {
            text += cut.RefusedBy.IsNone || wasQuiet
                ? language.Say(
                    $" The capture lacks nothing: no more of {language.Name(cut.Sender)} passed here.",
                    $" 캡처에 빠진 것은 없습니다. {language.Name(cut.Sender)}의 데이터는 여기를 더 지나지 않았습니다.")
                : language.Say(
                    $" The capture lacks nothing: {language.Name(cut.Sender.Other())} refused the rest with a RST ({Frame(cut.RefusedBy)}).",
                    $" 캡처에 빠진 것은 없습니다. {language.Name(cut.Sender.Other())}가 나머지를 RST로 거부했습니다({Frame(cut.RefusedBy)}).");
        }

        return !wasQuiet ? text : text + language.Say(
            $" Its last octets had come {Quantity.Duration(cut.Silence)} before the close.",
            $" 마지막 데이터는 닫히기 {Quantity.Duration(cut.Silence)} 전에 왔습니다.");
    }

    public string Of(Unheard unheard)
    {
        var request = language.NamedAt(unheard.Exchange);
        var other = language.Name(unheard.Exchange.Requester.Other());
        var within = Quantity.Duration(unheard.Last.Time.Since(unheard.Exchange.RequestTrace.Start.Time));
        return language.Say(
            $"{request} was sent again {Quantity.Count(unheard.Copies, "time", "times")} within {within} ({Frame(unheard.Last)}), "
                + $"and not a packet of {other} came any more.",
            $"{request}이 {within} 동안 {Quantity.Count(unheard.Copies)}번 재전송되었지만({Frame(unheard.Last)}) {other}의 패킷은 더 오지 않았습니다.");
    }

    /// <summary>Of a message whose length nothing says, without a full stop.</summary>
    public string EndMissing(CutOff cut)
    {
        var trace = cut.Sender == cut.Exchange.Requester ? cut.Exchange.RequestTrace : cut.Exchange.ResponseTrace;
        return trace.HeadEnd.IsNone ? language.Say("its head did not come to an end", "헤더가 끝까지 오지 않았습니다")
            : trace.Rule == BodyRule.Chunked && (cut.Exchange.Anomalies & BrokenChunk) != 0 ? AtBrokenChunk(cut)
            : cut.Got == 0 ? language.Say("nothing of its body came that can be read", "읽을 수 있는 본문이 오지 않았습니다")
            : language.Say(
                $"{Quantity.Count(cut.Got, "octet", "octets")} of its body came, and not its end",
                $"본문 {Quantity.Count(cut.Got)}바이트가 왔지만 끝은 오지 않았습니다");
    }

    public string Of(Outstanding left)
    {
        if (left.NeverOpened)
        {
            return language.Say(
                "There was no connection: nothing was sent, nothing was outstanding, and nobody holds TIME_WAIT.",
                "연결이 없었습니다. 보낸 것도, 응답을 기다린 것도 없고, 아무도 TIME_WAIT에 머물지 않습니다.");
        }

        if (left.Unknown is { } unknown)
        {
            return unknown.End == ExchangeEnd.ResponseUnreadable
                ? language.Say(
                    "Whether anything was outstanding at the end is not known: the last answer cannot be read.",
                    "끝날 때 응답을 기다린 요청이 있었는지는 알 수 없습니다. 마지막 응답을 읽을 수 없습니다.")
                : unknown.Response is null
                ? language.Say(
                    "Whether anything was outstanding at the end is not known: the last answer was not captured.",
                    "끝날 때 응답을 기다린 요청이 있었는지는 알 수 없습니다. 마지막 응답이 캡처되지 않았습니다.")
                : language.Say(
                    "Whether anything was outstanding at the end is not known: the last answer was not captured in full.",
                    "끝날 때 응답을 기다린 요청이 있었는지는 알 수 없습니다. 마지막 응답이 온전히 캡처되지 않았습니다.");
        }

        if (left.NotTaken is { } refused)
        {
            var requester = language.Name(refused.Requester);
            var (end, rst) = (Frame(refused.ResponseTrace.End), Frame(left.Evidence[^1]));
            return language.Say(
                $"The answer to {language.Named(refused)} was sent to its end ({end}), but {requester} had closed, and its kernel refused that ({rst}).",
                $"{language.Named(refused)}의 응답은 끝까지 전송되었지만({end}), {requester}가 이미 닫아 커널이 거부했습니다({rst}).");
        }

        if (left is { Count: 0, Undelivered: > 0 })
        {
            return language.Say(
                $"The last {Quantity.Octets(left.Undelivered)} of the server were never acknowledged: as far as is known they did not reach the client.",
                $"서버가 보낸 마지막 {Quantity.Octets(left.Undelivered)}는 확인 응답되지 않았습니다. 알 수 있는 한 클라이언트에 도착하지 않았습니다.");
        }

        if (left.CutAnswer)
        {
            return language.Say(
                "Outstanding at the end: a request that was not captured, whose answer was not whole.",
                "끝날 때 남은 것은 캡처되지 않은 요청이며, 그 응답은 온전하지 않았습니다.");
        }

        if (left is { Count: 0, HoleBefore: true } or { Count: 0, NothingCaptured: true })
        {
            return left.HoleBefore
                ? language.Say(
                    "Whether anything was outstanding at the end is not known: the octets before it were not captured.",
                    "끝날 때 응답을 기다린 요청이 있었는지는 알 수 없습니다. 그 앞의 데이터가 캡처되지 않았습니다.")
                : language.Say(
                    "Whether anything was outstanding at the end is not known: nothing that was sent was captured, if anything was.",
                    "끝날 때 응답을 기다린 요청이 있었는지는 알 수 없습니다. 전송된 것이 있었다 해도 캡처되지 않았습니다.");
        }

        if (left.Count == 0)
        {
            return language.Say("Nothing was outstanding at the end.", "끝날 때 응답을 기다린 요청은 없었습니다.");
        }

        var names = string.Join("; ", left.Exchanges.Select(exchange => language.Named(exchange)));
        if (left.Count > left.Exchanges.Count)
        {
            var more = Quantity.Count(left.Count - left.Exchanges.Count);
            names += language.Say($"; {more} more", $"; 외 {more}개");
        }

        if (!left.AcknowledgedBy.IsNone)
        {
            var other = language.Name(left.Exchanges[0].Requester.Other());
            names += language.Say(
                $" ({other}'s kernel had acknowledged it, {Frame(left.AcknowledgedBy)})",
                $"({other}의 커널은 확인 응답함, {Frame(left.AcknowledgedBy)})");
        }

        var safe = left.Exchanges.Count == 1 && left.Count == 1 ? Repeatable(left.Exchanges[0])
            : left.AllIdempotent ? language.Say("All of them are safe to repeat.", "모두 다시 보내도 안전합니다.")
            : language.Say("Not all of them are safe to repeat.", "모두가 다시 보내도 안전한 것은 아닙니다.");
        return language.Say($"Outstanding at the end: {names}. {safe}", $"끝날 때 온전한 응답을 받지 못한 것: {names}. {safe}");
    }

    private string AtBrokenChunk(CutOff cut) => cut.Got == 0
        ? language.Say("its first chunk cannot be read", "첫 청크를 읽을 수 없습니다")
        : language.Say(
            $"{Quantity.Count(cut.Got, "octet", "octets")} of its body came, and then a chunk that cannot be read",
            $"본문 {Quantity.Count(cut.Got)}바이트 뒤에 읽을 수 없는 청크가 왔습니다");

    private string AfterFin(UnreadAtReset unread, in HttpExchange exchange, string octets)
    {
        var (who, other) = (language.Name(unread.Resetter), language.Name(unread.Resetter.Other()));
        var (after, name) = (Quantity.Duration(unread.AfterFin), language.Named(exchange));
        var had = unread.RequestAcknowledgedBy.IsNone
            ? language.Say("although its kernel had it.", "커널은 이미 받았습니다.")
            : language.Say(
                $"although its kernel had acknowledged it ({Frame(unread.RequestAcknowledgedBy)}).",
                $"커널은 이미 확인 응답했습니다({Frame(unread.RequestAcknowledgedBy)}).");
        return language.Say(
            $"{after} after {other}'s FIN {who} sent a RST and no FIN ({Frame(unread.Rst)}): {name} was unread{octets}, {had}",
            $"{other}의 FIN {after} 뒤에 {who}가 FIN 없이 RST를 보냈습니다({Frame(unread.Rst)}). {name}은 읽히지 않았습니다{octets}. {had}");
    }

    private string Unanswered(UnreadAtReset unread, in HttpExchange exchange, string octets)
    {
        var (who, name) = (language.Name(unread.Resetter), language.Named(exchange));
        if (!unread.RequestCovered)
        {
            return language.Say(
                $"{Capital(who)} closed, most likely with octets of {name} unread{octets}: its kernel sent RST and no FIN.",
                $"{who}가 {name}을 다 읽지 않고 닫은 듯합니다{octets}. 커널이 FIN 없이 RST를 보냈습니다.");
        }

        var early = unread.RequestAcknowledgedBy.IsNone ? "" : language.Say(
            $" and had acknowledged it ({Frame(unread.RequestAcknowledgedBy)})",
            $" 확인 응답했지만({Frame(unread.RequestAcknowledgedBy)})");
        return language.Say(
            $"RST and no FIN from {who}, whose ACK covers the whole of {name}: the kernel had the request{early}, the application most likely never read it.",
            $"{who}가 FIN 없이 RST를 보냈고 그 ACK는 {name} 전체를 포함합니다. "
                + $"커널은 요청을 {(early.Length == 0 ? "받았지만" : "받아" + early)} 프로그램이 읽지 않은 듯합니다.");
    }

    private string Answered(UnreadAtReset unread, in HttpExchange exchange, string octets)
    {
        var name = language.Named(exchange);
        var response = unread.ResponseAcknowledgedBy.IsNone
            ? language.Say(
                "The response was not seen to be acknowledged: the RST may have destroyed it on arrival.",
                "응답의 확인 응답은 보이지 않았습니다. RST가 도착하면서 응답을 없앴을 수 있습니다.")
            : language.Say(
                $"The response had reached the other end before: acknowledged by {Frame(unread.ResponseAcknowledgedBy)}.",
                $"응답은 그 전에 상대편에 도착했습니다({Frame(unread.ResponseAcknowledgedBy)}에서 확인 응답).");
        return language.Say(
            $"Most likely octets of {name} were unread{octets}: a program that had read them would have closed with a FIN. {response}",
            $"{name}을 다 읽지 않은 듯합니다{octets}. 다 읽은 프로그램이라면 FIN으로 닫았을 것입니다. {response}");
    }

    /// <summary>RFC 9110 §9.2.2.</summary>
    private string Repeatable(in HttpExchange exchange)
    {
        if (exchange.Request is not { } request)
        {
            return "";
        }

        var method = PrintableText.OfWire(request.Method);
        return request.IsIdempotent
            ? language.Say($"{method} is safe to repeat.", $"{method} 요청은 다시 보내도 안전합니다.")
            : language.Say($"{method} is not safe to repeat.", $"{method} 요청은 다시 보내면 안전하지 않습니다.");
    }
}
