using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How the connection was opened.</summary>
internal sealed class OpeningProse(ConnectionRecord connection, Language language)
{
    public string Of(OpenedBy opened) => Opened(opened) + Again(opened);

    private string Opened(OpenedBy opened)
    {
        if (opened.Midstream)
        {
            return language.Say(
                "The capture begins in the middle of the connection: who opened it, and at what cost, was not seen.",
                "캡처가 연결 도중에 시작합니다. 누가 열었고 얼마나 걸렸는지는 보이지 않았습니다.");
        }

        var tcp = connection.Tcp;
        if (tcp.Close.How == CloseManner.Unanswered)
        {
            var copies = tcp.ClientEnd.Counters.Syns;
            var since = Quantity.Duration(tcp.Last.Time.Since(tcp.First.Time));
            return copies > 1
                ? language.Say(
                    $"The client sent the same SYN {copies} times in {since}, and nobody answered.",
                    $"클라이언트가 {since} 동안 같은 SYN을 {copies}번 보냈지만 아무도 응답하지 않았습니다.")
                : language.Say(
                    "The client sent a SYN, and nobody answered.",
                    "클라이언트가 SYN을 보냈지만 아무도 응답하지 않았습니다.");
        }

        if (tcp.Close.How == CloseManner.Refused)
        {
            var after = Quantity.Duration(tcp.Close.Packet.Time.Since(tcp.First.Time));
            return language.Say(
                $"The client sent a SYN, and a RST answered it after {after}.",
                $"클라이언트가 SYN을 보냈고, {after} 뒤에 RST 응답이 왔습니다.");
        }

        return opened.Handshake.Total >= 0 ? Handshake(opened)
            : IsHalfOpen(tcp) ? language.Say(
                "The client sent a SYN and answered the SYN-ACK with a RST: it looked whether somebody listens, as a check or a port scan does, or had given up.",
                "클라이언트가 SYN을 보내고 SYN-ACK에 RST로 답했습니다. 상태 확인이나 포트 스캔처럼 포트가 열려 있는지만 보았거나, 그 사이 포기했습니다.")
            : tcp.ServerEnd.Syn.IsNone && (!opened.AnsweredForEarlier.IsNone || SentOnlySyns(tcp.ClientEnd)) ? language.Say(
                "The client sent a SYN, and no SYN-ACK came.", "클라이언트가 SYN을 보냈지만 SYN-ACK가 오지 않았습니다.") + ForEarlier(opened)
            : tcp.ClientEnd.Counters.Syns > 0 && tcp.ServerEnd.Counters.Syns > 0 ? language.Say(
                "Both ends sent a SYN: a simultaneous open.", "양쪽이 모두 SYN을 보냈습니다(동시 열기).")
            : SentOnlySyns(tcp.ClientEnd) ? language.Say(
                "The client sent SYNs alone, although the server answered them: its SYN-ACKs were lost on the way, most likely.",
                "서버가 응답했는데도 클라이언트는 SYN만 보냈습니다. SYN-ACK가 경로에서 손실된 듯합니다.")
            : language.Say(
                "The client opened the connection; the capture lacks a part of the handshake.",
                "클라이언트가 연결을 열었습니다. 핸드셰이크의 일부가 캡처에 없습니다.");
    }

    /// <summary>Nothing of the client but SYNs and a RST: no ACK is missing.</summary>
    private static bool IsHalfOpen(in TcpSummary tcp) => tcp.Close is { How: CloseManner.Reset, First: Side.Client }
        && !tcp.ServerEnd.Syn.IsNone && tcp.ClientEnd.Counters is { Syns: > 0, Octets: 0 } client
        && client.Packets == client.AllSyns + client.Rsts;

    private static bool SentOnlySyns(in EndSummary end) =>
        end.Counters is { Syns: > 0 } counters && counters.Packets == counters.AllSyns;

    private string ForEarlier(OpenedBy opened) => opened.AnsweredForEarlier.IsNone ? "" : language.Say(
        $" The server still had an earlier connection on these ports, and answered the SYN for that one (#{opened.AnsweredForEarlier.Number}).",
        $" 서버에 이 포트의 이전 연결이 남아 있어 SYN에 그 연결로 응답했습니다(#{opened.AnsweredForEarlier.Number}).");

    private string Handshake(OpenedBy opened)
    {
        var handshake = opened.Handshake;
        var total = Quantity.Duration(handshake.Total);
        var text = new StringBuilder(language.Say($"The client opened the connection in {total}", $"클라이언트가 {total} 만에 연결을 열었습니다"));
        text.Append(handshake.Vantage switch
        {
            Vantage.Client => language.Say(": seen at the client.", "(클라이언트에서 캡처)."),
            Vantage.Server => language.Say(": seen at the server.", "(서버에서 캡처)."),
            Vantage.Middle => language.Say(
                $": {Quantity.Duration(handshake.Front)} between tap and server, {Quantity.Duration(handshake.Back)} between tap and client.",
                $": 캡처 지점과 서버 사이 {Quantity.Duration(handshake.Front)}, 캡처 지점과 클라이언트 사이 {Quantity.Duration(handshake.Back)}."),
            _ => ".",
        });
        var waited = handshake.SynRetransmissions - opened.SynAcksAfterAck;
        if (waited > 0)
        {
            var synAcks = int.Max(0, connection.Tcp.ServerEnd.Counters.SynAcks - 1 - opened.SynAcksAfterAck);
            var repeated = Repeated(waited - synAcks, synAcks);
            text.Append(language.Say(
                $" That includes {string.Join(" and ", repeated)}.",
                $" 이 시간에는 재전송({string.Join(", ", repeated)})이 포함됩니다."));
            text.Append(opened.LastSynRoundTrip < 0 ? "" : language.Say(
                $" From the last of them it took {Quantity.Duration(opened.LastSynRoundTrip)}: that is the round trip.",
                $" 마지막 재전송부터는 {Quantity.Duration(opened.LastSynRoundTrip)} 걸렸고, 이것이 왕복 시간입니다."));
        }

        text.Append(ForEarlier(opened));
        text.Append(opened.SynAcksAfterAck == 0 ? "" : language.Say(
            $" The server sent its SYN-ACK {Quantity.Count(opened.SynAcksAfterAck, "time", "times")} more, although the client had acknowledged "
                + "it: that ACK was lost behind the tap, or the server dropped it, as it does while its accept queue is full.",
            $" 클라이언트가 확인 응답했는데도 서버가 SYN-ACK를 {Quantity.Count(opened.SynAcksAfterAck)}번 더 보냈습니다. "
                + "그 ACK가 캡처 지점 너머에서 손실되었거나, 서버가 버렸습니다(accept 큐가 가득 차면 버립니다)."));
        return text.Append(handshake.SynCookiePossible
            ? language.Say(
                " The SYN-ACK has the looks of a SYN cookie: it turns down the window scale and SACK that the client offered.",
                " SYN-ACK가 SYN 쿠키처럼 보입니다. 클라이언트가 제시한 윈도우 배율과 SACK를 거절합니다.")
            : "").ToString();
    }

    private IEnumerable<string> Repeated(int syns, int synAcks)
    {
        if (syns > 0)
        {
            yield return language.Say(Quantity.Count(syns, "repeated SYN", "repeated SYNs"), $"SYN {Quantity.Count(syns)}개");
        }

        if (synAcks > 0)
        {
            yield return language.Say(Quantity.Count(synAcks, "repeated SYN-ACK", "repeated SYN-ACKs"), $"SYN-ACK {Quantity.Count(synAcks)}개");
        }
    }

    /// <summary>Of the connections before it on these ports.</summary>
    private string Again(OpenedBy opened)
    {
        var again = opened.Incarnation > 1
            ? language.Say(
                $" It is connection {opened.Incarnation} on these addresses and ports.",
                $" 이 주소와 포트에서 {opened.Incarnation}번째 연결입니다.")
            : "";
        if (opened.IntoTimeWait < 0)
        {
            return again;
        }

        var into = Quantity.Duration(opened.IntoTimeWait);
        return again + (!opened.AnsweredForEarlier.IsNone
            ? language.Say(
                $" Its SYN came {into} into the TIME_WAIT of the one before, which did not take it.",
                $" SYN은 앞 연결의 TIME_WAIT가 {into} 지났을 때 왔고, 받아들여지지 않았습니다.")
            : opened.Handshake.Front >= 0
            ? language.Say(
                $" Its SYN came {into} into the TIME_WAIT of the one before, and was accepted.",
                $" SYN은 앞 연결의 TIME_WAIT가 {into} 지났을 때 왔고, 받아들여졌습니다.")
            : language.Say(
                $" Its SYN came {into} into the TIME_WAIT of the one before.",
                $" SYN은 앞 연결의 TIME_WAIT가 {into} 지났을 때 왔습니다."));
    }
}
