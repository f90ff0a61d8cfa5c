using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What went wrong, in a sentence or two: what was lost, who did it, and how one knows.</summary>
internal sealed class VerdictProse(ConnectionRecord connection, Language language)
{
    public string Of(Verdict verdict) => verdict.Of switch
    {
        MultiplexedStreams streams => new Http2Prose(language).Of(streams.Record),
        RequestAfterFin late => AfterFin(late),
        UnreadAtReset unread => Unread(unread),
        CutOff cut => Cut(cut) + Unread(),
        ClosedFirst closed => Closed(closed),
        Outstanding left => LeftBehind(left),
        NotClosed open => NeverOpened(open),
        _ => throw new UnreachableException(),
    };

    private string NeverOpened(NotClosed open)
    {
        var first = Frame(connection.Tcp.First);
        if (open.Icmp is { } icmp)
        {
            var prose = new IcmpProse(language);
            return language.Say(
                $"The SYN ({first}) could not be delivered: {prose.Who(icmp)} said {prose.What(icmp)} ({Frame(icmp.Evidence[0])}).",
                $"SYN({first})이 전달되지 못했습니다. ICMP 오류({Frame(icmp.Evidence[0])}, 보낸 곳: {prose.Who(icmp)}): {prose.What(icmp)}.");
        }

        var syns = connection.Tcp.ClientEnd.Counters.Syns;
        return syns < 2
            ? language.Say(
                $"Nobody answered the SYN ({first}) as far as the capture goes.",
                $"캡처가 끝날 때까지 아무도 SYN({first})에 응답하지 않았습니다.")
            : language.Say(
                $"Nobody answered the SYN: {syns} tries in {Quantity.Duration(open.Quiet)} ({first} to {Frame(connection.Tcp.Last)}).",
                $"아무도 SYN에 응답하지 않았습니다: {Quantity.Duration(open.Quiet)} 동안 {syns}번 시도했습니다({first}부터 {Frame(connection.Tcp.Last)}까지).");
    }

    private string AfterFin(RequestAfterFin late)
    {
        var (who, closer) = (language.Name(late.Requester), language.Name(late.Requester.Other()));
        var idle = connection.AtClose.Idle >= 0 ? language.Say("idle connection", "유휴 연결") : language.Say("connection", "연결");
        var lost = language.Say(
            $"{language.NamedAt(late.Exchange)} was lost: {closer} had closed the {idle} {Quantity.Duration(late.Delay)} before ({Frame(late.Fin)}), ",
            $"{language.NamedAt(late.Exchange)}이 손실되었습니다: {closer}가 그 {Quantity.Duration(late.Delay)} 전에 {idle}을 닫았고({Frame(late.Fin)}), ");
        return lost + (late.MayHaveCrossed
            ? language.Say("and the two may have crossed on their way.", "둘이 경로에서 엇갈렸을 수 있습니다.")
            : late.FinAcknowledgedBy.IsNone
            ? language.Say($"and {who} may never have had that FIN.", $"{who}는 그 FIN을 받지 못했을 수 있습니다.")
            : language.Say($"and {who} reused it all the same.", $"{who}는 그런데도 재사용했습니다."));
    }

    private string Unread(UnreadAtReset unread)
    {
        var (who, rst) = (language.Name(unread.Resetter), Frame(unread.Rst));
        if (unread.Exchange is not { } exchange)
        {
            return language.Say(
                $"{Capital(who)} reset the connection, most likely with octets unread ({rst}).",
                $"{who}가 데이터를 다 읽지 않고 연결을 리셋한 듯합니다({rst}).");
        }

        var request = language.NamedAt(exchange);
        if (exchange.Response is not { } response)
        {
            return unread.RequestCovered
                ? language.Say(
                    $"{request} was lost: it reached {who}'s kernel, but {who} closed, most likely without reading it ({rst}).",
                    $"{request}이 손실되었습니다: {who}의 커널에는 도착했지만 {who}가 읽지 않고 닫은 듯합니다({rst}).")
                : language.Say(
                    $"{request} was lost: {who} reset the connection, most likely with octets of it unread ({rst}).",
                    $"{request}이 손실되었습니다: {who}가 다 읽지 않고 연결을 리셋한 듯합니다({rst}).");
        }

        var fate = unread.ResponseAcknowledgedBy.IsNone
            ? language.Say("which that reset may have destroyed on arrival", "이 리셋이 도착하면서 사라졌을 수 있습니다")
            : language.Say(
                $"which had arrived before ({Frame(unread.ResponseAcknowledgedBy)})",
                $"그 전에 도착했습니다({Frame(unread.ResponseAcknowledgedBy)})");
        return language.Say(
            $"{Capital(who)} reset the connection, most likely with octets of {request} unread ({rst}). It had answered {response.Status}, {fate}.",
            $"{who}가 {request}을 다 읽지 않고 연결을 리셋한 듯합니다({rst}). {response.Status} 응답은 {fate}.");
    }

    private string Cut(CutOff cut)
    {
        var name = language.Named(cut.Exchange);
        var message = cut.Sender == cut.Exchange.Requester ? name : language.Say($"The response to {name}", $"{name}의 응답");
        if (cut.Expected < 0)
        {
            var missing = new LossProse(language).EndMissing(cut);
            return language.Say(
                $"{message} is incomplete: {missing} ({Frame(cut.Evidence[^1])}).",
                $"{message}이 온전하지 않습니다: {missing}({Frame(cut.Evidence[^1])}).") + AnsweredStill(cut);
        }

        var much = language.Say(
            $"{Quantity.Count(cut.Got)} of {Quantity.Count(cut.Expected, "octet", "octets")}",
            $"{Quantity.Count(cut.Expected)}바이트 중 {Quantity.Count(cut.Got)}바이트");
        if (!connection.HasCloser || connection.HasTwoClosers)
        {
            return language.Say($"{message} is incomplete: {much} came.", $"{message}이 온전하지 않습니다: {much}가 왔습니다.");
        }

        // Who had closed one direction only read on: the sender's own FIN ended the message (RFC 9293 §3.6).
        var anatomy = connection.Tcp.Close;
        var senderFin = connection.Tcp.EndOf(cut.Sender).Fin;
        var readOn = anatomy is { How: CloseManner.Fin, HalfCloseOctets: > 0 } && anatomy.First != cut.Sender && !senderFin.IsNone;
        var (who, close) = readOn
            ? (language.Name(cut.Sender), Frame(senderFin))
            : (language.Name(anatomy.First), Frame(anatomy.Packet));
        var did = anatomy.How == CloseManner.Reset
            ? language.Say("reset the connection", "연결을 리셋했습니다")
            : language.Say("closed", "닫았습니다");
        if (!readOn && anatomy.HalfCloseOctets > 0 && anatomy.First != cut.Sender)
        {
            // Some of them came behind it.
            return language.Say(
                $"{message} is incomplete: {much} came, and {who} {did} ({close}).",
                $"{message}이 온전하지 않습니다: {much}가 왔고 {who}가 {did}({close}).") + AnsweredStill(cut);
        }

        return language.Say(
            $"{message} is incomplete: {much} came before {who} {did} ({close}).",
            $"{message}이 온전하지 않습니다: {much}가 온 뒤 {who}가 {did}({close}).") + AnsweredStill(cut);
    }

    private string Unread()
    {
        var (close, window) = (connection.Tcp.Close, connection.AtClose.Unread);
        return window.IsNone
            ? ""
            : $" {Capital(new CloseReasonProse(language).Unread(close.First.Other(), window, window.Lasted(close.Packet)))}.";
    }

    /// <summary>By a close that was in order: mostly it had been announced, and the requester did not mind.</summary>
    private string LeftBehind(Outstanding left)
    {
        var first = language.NamedAt(left.Exchanges[0]);
        var (closer, close) = (language.Name(connection.Tcp.Close.First), Frame(connection.Tcp.Close.Packet));
        return left.Count > 1
            ? language.Say(
                $"{first} and {Quantity.Count(left.Count - 1)} more were never answered: {closer} closed ({close}).",
                $"{first} 외 {Quantity.Count(left.Count - 1)}개가 응답받지 못했습니다: {closer}가 닫았습니다({close}).")
            : language.Say(
                $"{first} was never answered: {closer} closed ({close}).",
                $"{first}이 응답받지 못했습니다: {closer}가 닫았습니다({close}).");
    }

    private string AnsweredStill(CutOff cut) => cut.Exchange is { End: ExchangeEnd.RequestTruncated, Response: { } response } early
        ? language.Say(
            $" It was answered {response.Status} all the same ({Frame(early.ResponseTrace.Start)}).",
            $" 그래도 {response.Status} 응답을 받았습니다({Frame(early.ResponseTrace.Start)}).")
        : "";

    private string Closed(ClosedFirst closed)
    {
        var (who, other) = (language.Name(closed.First), language.Name(closed.First.Other()));
        var packet = Frame(connection.Tcp.Close.Packet);
        if (!closed.Http2Answer.IsNone)
        {
            return $"{Capital(new CloseReasonProse(language).SpeaksHttp2(closed))}.";
        }

        switch (closed.Reason)
        {
            case CloseReason.Refused:
                var after = Quantity.Duration(connection.Tcp.Close.Packet.Time.Since(connection.Tcp.First.Time));
                return language.Say(
                    $"{Capital(who)} refused the connection: a RST answered the SYN after {after} ({packet}).",
                    $"{who}가 연결을 거부했습니다: {after} 뒤에 SYN에 RST로 응답했습니다({packet}).");
            case CloseReason.PeerGone:
                var probes = new CloseReasonProse(language).Probes(closed);
                return language.Say(
                    $"{Capital(other)} was out of reach: {probes} went unanswered, and {who} gave up ({packet}).",
                    $"{other}에 닿을 수 없었습니다: {probes}에 응답이 없어 {who}가 포기했습니다({packet}).");
            case CloseReason.EarlierThanAnnounced:
                var idle = Quantity.Duration(closed.Idle);
                return language.Say(
                    $"{Capital(who)} closed after {idle} of idleness ({packet}), sooner than the {closed.AnnouncedTimeout} s that it had announced.",
                    $"{who}가 {idle} 동안 유휴였던 연결을 닫았습니다({packet}). 예고한 {closed.AnnouncedTimeout} s보다 이릅니다.");
            case CloseReason.Reset:
                return Reset(closed, packet) + Foreign(closed);
            default:
                return LeftWaiting(closed, packet);
        }
    }

    private string Foreign(ClosedFirst closed) => closed.ForeignTtl is { } ttl
        ? language.Say(
            string.Create(CultureInfo.InvariantCulture, $" Or a device on the way did, in {language.Name(closed.First)}'s name: the RST has TTL {ttl.Rst}, its other packets {ttl.End}."),
            string.Create(CultureInfo.InvariantCulture, $" 또는 경로의 장비가 {language.Name(closed.First)}의 이름으로 보냈을 수 있습니다: RST의 TTL {ttl.Rst}, 다른 패킷의 TTL {ttl.End}."))
        : "";

    private string Reset(ClosedFirst closed, string packet)
    {
        var (who, other) = (language.Name(closed.First), language.Name(closed.First.Other()));
        if (!closed.ForgottenAt.IsNone && closed.Lost.Count == 0)
        {
            return language.Say(
                $"{Capital(who)} had forgotten this connection: it opened another on the same ports ({Frame(closed.ForgottenAt)}), "
                    + $"and reset this one when {other} still had it ({packet}).",
                $"{who}가 이 연결을 잊었습니다: 같은 포트로 다른 연결을 열었고({Frame(closed.ForgottenAt)}), "
                    + $"{other}에 아직 남아 있던 이 연결을 리셋했습니다({packet}).");
        }

        if (closed.NothingSent)
        {
            return language.Say(
                $"{Capital(who)} reset the connection ({packet}) before anything was sent on it.",
                $"아무것도 전송되기 전에 {who}가 연결을 리셋했습니다({packet}).");
        }

        if (!closed.Probe.IsNone)
        {
            return language.Say(
                $"{Capital(who)} no longer knew the connection: it answered {other}'s TCP keep-alive probe ({Frame(closed.Probe)}) with a RST ({packet}).",
                $"{who}가 이 연결을 더는 알지 못했습니다: {other}의 TCP keep-alive 프로브({Frame(closed.Probe)})에 RST로 응답했습니다({packet}).");
        }

        if (closed is { Undelivered: > 0, First: Side.Client, Last: { } undelivered })
        {
            return language.Say(
                $"{Capital(who)} reset the connection ({packet}), and had not acknowledged the last {Quantity.Octets(closed.Undelivered)} that {other} sent: the answer to {language.NamedAt(undelivered)} never arrived whole.",
                $"{who}가 연결을 리셋했고({packet}), {other}가 보낸 마지막 {Quantity.Octets(closed.Undelivered)}는 확인 응답하지 않았습니다. {language.NamedAt(undelivered)}의 응답은 온전히 도착하지 않았습니다.");
        }

        if (closed.Idle >= 0)
        {
            return language.Say(
                $"{Capital(who)} aborted the connection ({packet}) {Quantity.Duration(closed.Idle)} after the last exchange, with nothing outstanding.",
                $"{who}가 마지막 교환 {Quantity.Duration(closed.Idle)} 뒤에 연결을 리셋했습니다({packet}). 진행 중인 교환은 없었습니다.");
        }

        return closed.Lost.Count > 0 ? Lost(closed, packet)
            : closed is { First: Side.Client, AnsweredLate.IsNone: false } ? LeftWaiting(closed, packet)
            : closed.Last is { End: ExchangeEnd.Unanswered or ExchangeEnd.ResponseTruncated or ExchangeEnd.RequestTruncated } exchange
                ? language.Say(
                    $"{language.NamedAt(exchange)} was lost: {who} reset the connection ({packet}).",
                    $"{language.NamedAt(exchange)}이 손실되었습니다: {who}가 연결을 리셋했습니다({packet}).")
                : language.Say($"{Capital(who)} reset the connection ({packet}).", $"{who}가 연결을 리셋했습니다({packet}).");
    }

    private string Lost(ClosedFirst closed, string packet)
    {
        var who = language.Name(closed.First);
        var isOne = closed.Lost.Count == 1;
        var names = string.Join(language.Say(" and ", "과 "), closed.Lost.Select(exchange => language.NamedAt(exchange)));
        var were = isOne ? "was" : "were";
        if (closed.First == Side.Client && CloseReasonProse.IsPatient(closed))
        {
            var after = Quantity.Duration(closed.SinceRequest);
            return language.Say(
                $"{names} {were} never answered: the client gave up after {after} and reset the connection ({packet}).",
                $"{names}이 응답받지 못했습니다: 클라이언트가 {after} 뒤에 포기하고 연결을 리셋했습니다({packet}).");
        }

        if (closed is { IsOfClosed: true, ForeignTtl: null })
        {
            return language.Say(
                $"{names} {were} lost: a RST without ACK ({packet}), the answer to a connection that is not known any more.",
                $"{names}이 손실되었습니다: 이 연결을 더는 알지 못하는 곳에서 ACK 없는 RST({packet})로 응답했습니다.");
        }

        return closed.LostWereAcknowledged
            ? language.Say(
                $"{names} {were} lost: {who}, whose kernel had acknowledged {(isOne ? "it" : "them")}, reset the connection ({packet}).",
                $"{names}이 손실되었습니다: 커널은 확인 응답했지만 {who}가 연결을 리셋했습니다({packet}).")
            : language.Say(
                $"{names} {were} lost: {who} reset the connection ({packet}).",
                $"{names}이 손실되었습니다: {who}가 연결을 리셋했습니다({packet}).");
    }

    private string LeftWaiting(ClosedFirst closed, string packet)
    {
        var who = language.Name(closed.First);
        if (closed is not { Last: { } exchange, SinceRequest: >= 0, IsWithoutAnswer: true })
        {
            return language.Say(
                $"{Capital(who)} closed in the middle of an exchange ({packet}).",
                $"{who}가 교환 도중에 닫았습니다({packet}).");
        }

        if (closed is { First: Side.Client, Lost: [var oldest, _, ..], AnsweredLate.IsNone: true })
        {
            // Answers come in order (RFC 9112 §9.3.2): it waited for the first.
            var (waited, more) = (Quantity.Duration(connection.Tcp.Close.Packet.Time.Since(oldest.RequestTrace.End.Time)), closed.Lost.Count - 1);
            return language.Say(
                $"{language.NamedAt(oldest)} and {more} more were never answered: the client closed after {waited} ({packet}).",
                $"{language.NamedAt(oldest)} 외 {more}개가 응답받지 못했습니다: 클라이언트가 {waited} 뒤에 닫았습니다({packet}).");
        }

        if (closed is { HasCrossed: true, AnsweredLate.IsNone: true })
        {
            return language.Say(
                $"{language.NamedAt(exchange)} was lost: it crossed {who}'s FIN on the way ({packet}).",
                $"{language.NamedAt(exchange)}이 손실되었습니다: 경로에서 {who}의 FIN({packet})과 엇갈렸습니다.");
        }

        var after = Quantity.Duration(closed.SinceRequest);
        var close = closed.First == Side.Server
            ? language.Say($"the server closed {after} after it ({packet}).", $"서버가 그 {after} 뒤에 닫았습니다({packet}).")
            : CloseReasonProse.IsPatient(closed)
                ? language.Say($"the client gave up after {after} ({packet}).", $"클라이언트가 {after} 뒤에 포기했습니다({packet}).")
                : language.Say($"the client closed after {after} ({packet}).", $"클라이언트가 {after} 뒤에 닫았습니다({packet}).");
        if (closed.AnsweredLate.IsNone)
        {
            return language.Say(
                $"{language.NamedAt(exchange)} was never answered: {close}",
                $"{language.NamedAt(exchange)}이 응답받지 못했습니다: {close}");
        }

        return !CloseReasonProse.IsPatient(closed)
            ? language.Say(
                $"{language.NamedAt(exchange)} was not waited for: the answer ({Frame(closed.AnsweredLate)}) met a closed connection; {close}",
                $"{language.NamedAt(exchange)}의 응답({Frame(closed.AnsweredLate)})은 이미 닫힌 연결에 도착했습니다. {close}")
            : language.Say(
                $"{language.NamedAt(exchange)} was answered too late ({Frame(closed.AnsweredLate)}): {close}",
                $"{language.NamedAt(exchange)}의 응답이 너무 늦게 왔습니다({Frame(closed.AnsweredLate)}): {close}");
    }
}
