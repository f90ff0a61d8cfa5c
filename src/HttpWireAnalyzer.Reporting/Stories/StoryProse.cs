using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The answers of a story in English, without their evidence.</summary>
public sealed class StoryProse(ConnectionRecord connection)
{
    public string Of(StorySentence sentence) => sentence switch
    {
        Verdict verdict => new VerdictProse(connection).Of(verdict),
        OpenedBy opened => Opened(opened),
        Exchanged exchanged => Exchanges(exchanged),
        Tunnelled tunnel => Tunnel(tunnel),
        WebSocketSpoken spoken => WebSocketProse.Of(spoken),
        WebSocketRulesBroken broken => WebSocketProse.Of(broken),
        WebSocketKeptAlive kept => WebSocketProse.Of(kept),
        WebSocketEnded ended => WebSocketProse.Of(ended),
        MultiplexedStreams streams => Http2Prose.Of(streams.Record),
        GoAwaySent goAway => Http2Prose.Of(goAway),
        HeldUpByAnswer held => $"The answer to {Named(held.Blocker)} held up {Quantity.Count(held.Blocked, "answer", "answers")} "
            + $"behind it, which came within {Quantity.Duration(held.Behind)} of it: answers keep the order of the requests.",
        WaitedForAcknowledgment waited => Waited(waited),
        DeliveryTroubled trouble => DeliveryProse.Of(trouble),
        AcknowledgedLate late => $"The answer to {Named(late.Exchange)} had passed the tap in {Frame(late.Exchange.ResponseTrace.End)}; "
            + $"{Name(late.Exchange.Requester)} acknowledged all of it only {Quantity.Duration(late.Late)} later ({Frame(late.By)}).",
        TimeSpent spent => DeliveryProse.Of(spent),
        LongestIdle idle => Idle(idle),
        ClosedFirst closed => Closed(closed),
        NotClosed open => Open(open),
        RequestAfterFin late => LossProse.Of(late),
        UnreadAtReset unread => LossProse.Of(unread),
        LeftInCloseWait left => HalfCloseProse.Of(left),
        HalfClosed half => HalfCloseProse.Of(half),
        CutOff cut => LossProse.Of(cut),
        Outstanding left => LossProse.Of(left),
        Unheard unheard => LossProse.Of(unheard),
        RepeatsFailed repeats => new RetryProse(connection).Of(repeats),
        RepeatedElsewhere repeated => RetryProse.Of(repeated),
        TimeWaitHeld held => TimeWait(held),
        CaptureIncomplete missing => $"The capture lacks {Quantity.Octets(missing.ClientOctets + missing.ServerOctets)} of "
            + $"this connection ({Quantity.Count(missing.Gaps, "hole", "holes")}): what is said above is weaker for it.",
        _ => throw new UnreachableException(),
    };

    internal static string Name(Side side) => side == Side.Client ? "the client" : "the server";

    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    internal static string Named(in HttpExchange exchange) => exchange.Request is { } request
        ? PrintableText.Of($"{request.Method} {Shortened(request.Target)}")
        : "a request that was not captured";

    private static string Other(Side side) => Name(side.Other());

    /// <summary>A target may be as long as a head; a sentence may not.</summary>
    private static string Shortened(string target) => target.Length <= 60 ? target : target[..59] + "…";

    internal static string Frame(PacketRef packet) => "#" + packet.Number.ToString(CultureInfo.InvariantCulture);

    private string Opened(OpenedBy opened)
    {
        var tcp = connection.Tcp;
        var again = opened.Incarnation > 1
            ? $" It is connection {opened.Incarnation} on these addresses and ports."
            : "";
        if (opened.IntoTimeWait >= 0)
        {
            again += $" Its SYN came {Quantity.Duration(opened.IntoTimeWait)} into the TIME_WAIT of the one before"
                + (opened.Handshake.Front >= 0 ? ", and was accepted." : ".");
        }

        if (opened.Midstream)
        {
            return "The capture begins in the middle of the connection: who opened it, and at what cost, was not seen." + again;
        }

        var handshake = opened.Handshake;
        var sinceSyn = Quantity.Duration(tcp.Last.Time.Since(tcp.First.Time));
        if (tcp.Close.How == CloseManner.Unanswered)
        {
            var copies = tcp.ClientEnd.Counters.Syns;
            return (copies > 1
                ? $"The client sent the same SYN {copies} times in {sinceSyn}, and nobody answered."
                : "The client sent a SYN, and nobody answered.") + again;
        }

        if (tcp.Close.How == CloseManner.Refused)
        {
            return $"The client sent a SYN, and a RST answered it after {Quantity.Duration(tcp.Close.Packet.Time.Since(tcp.First.Time))}." + again;
        }

        if (handshake.Total < 0)
        {
            return "The client opened the connection; the capture lacks a part of the handshake." + again;
        }

        var text = new StringBuilder($"The client opened the connection in {Quantity.Duration(handshake.Total)}");
        text.Append(handshake.Vantage switch
        {
            Vantage.Client => ": seen at the client.",
            Vantage.Server => ": seen at the server.",
            Vantage.Middle => $": {Quantity.Duration(handshake.Front)} between tap and server, "
                + $"{Quantity.Duration(handshake.Back)} between tap and client.",
            _ => ".",
        });
        var waited = handshake.SynRetransmissions - opened.SynAcksAfterAck;
        if (waited > 0)
        {
            var synAcks = int.Max(0, tcp.ServerEnd.Counters.SynAcks - 1 - opened.SynAcksAfterAck);
            text.Append(" That includes ").Append(string.Join(" and ", Repeated(waited - synAcks, synAcks))).Append('.');
            text.Append(opened.LastSynRoundTrip < 0 ? "" : $" From the last of them it took {Quantity.Duration(opened.LastSynRoundTrip)}: that is the round trip.");
        }

        text.Append(opened.SynAcksAfterAck == 0 ? ""
            : $" The server sent its SYN-ACK {Quantity.Count(opened.SynAcksAfterAck, "time", "times")} more, although the client had acknowledged "
                + "it: that ACK was lost behind the tap, or the server dropped it, as it does while its accept queue is full.");
        text.Append(handshake.SynCookiePossible
            ? " The SYN-ACK has the looks of a SYN cookie: it turns down the window scale and SACK that the client offered."
            : "");
        return text + again;
    }

    private static IEnumerable<string> Repeated(int syns, int synAcks)
    {
        if (syns > 0)
        {
            yield return Quantity.Count(syns, "repeated SYN", "repeated SYNs");
        }

        if (synAcks > 0)
        {
            yield return Quantity.Count(synAcks, "repeated SYN-ACK", "repeated SYN-ACKs");
        }
    }

    private string Exchanges(Exchanged exchanged)
    {
        var carried = $"{Quantity.Octets(exchanged.ClientOctets)} from the client, "
            + $"{Quantity.Octets(exchanged.ServerOctets)} from the server";
        if (!connection.IsHttp)
        {
            return exchanged.ClientOctets + exchanged.ServerOctets == 0
                ? "Nothing was sent on it."
                : $"No HTTP/1 message was seen{What(exchanged.Protocol)}: {carried}.";
        }

        if (exchanged.Requests == 0)
        {
            return $"Responses, and no request, were captured. {Capital(carried)}.";
        }

        var text = new StringBuilder(Quantity.Count(exchanged.Requests, "request", "requests"));
        text.Append(exchanged.Warm == 0 ? (exchanged.Requests == 1 && !exchanged.Midstream ? ", cold, " : ", ")
            : exchanged.Midstream ? $": {Quantity.Count(exchanged.Warm)} surely reused the connection{Because(exchanged.Rule)}; "
            : $": the first cold, {Quantity.Count(exchanged.Warm)} reused the connection{Because(exchanged.Rule)}; ");
        text.Append(Outcomes(exchanged));
        if (exchanged.MaxDepth > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"; pipelined, up to {exchanged.MaxDepth} at once");
        }

        return text.Append(". ").Append(Capital(carried)).Append('.').ToString();
    }

    private string Outcomes(Exchanged exchanged)
    {
        var none = connection.HasCloser ? "never answered" : "not answered yet";
        var never = int.Max(
            0, exchanged.Requests - exchanged.Answered - exchanged.Cut - exchanged.Uncaptured - exchanged.Refused - exchanged.Reset);
        if (exchanged.Requests == 1)
        {
            return exchanged.Uncaptured > 0 ? "its answer was not captured"
                : exchanged.Refused > 0 ? "refused"
                : exchanged.Reset > 0 ? "reset"
                : exchanged.AnsweredUnfinished > 0 ? "answered before it was whole"
                : exchanged.Cut > 0 ? "not answered in full"
                : never > 0 ? none
                : "answered";
        }

        if (exchanged.Answered == exchanged.Requests)
        {
            return "all answered";
        }

        if (exchanged.Uncaptured == exchanged.Requests)
        {
            return "of their answers nothing was captured";
        }

        var outcomes = new List<string> { $"{Quantity.Count(exchanged.Answered)} answered" };
        if (exchanged.Uncaptured > 0)
        {
            outcomes.Add($"{Quantity.Count(exchanged.Uncaptured)} whose answer was not captured");
        }

        if (exchanged.Cut > 0)
        {
            outcomes.Add($"{Quantity.Count(exchanged.Cut)} cut off");
        }

        if (exchanged.Refused > 0)
        {
            outcomes.Add($"{Quantity.Count(exchanged.Refused)} refused");
        }

        if (exchanged.Reset > 0)
        {
            outcomes.Add($"{Quantity.Count(exchanged.Reset)} reset");
        }

        if (never > 0)
        {
            outcomes.Add($"{Quantity.Count(never)} {none}");
        }

        return string.Join(", ", outcomes);
    }

    /// <summary>RFC 9112 §9.3.</summary>
    private static string Because(PersistenceRule rule) => rule switch
    {
        PersistenceRule.Http11Default => " (the default of HTTP/1.1)",
        PersistenceRule.Http10KeepAlive => " (HTTP/1.0, both said keep-alive)",
        PersistenceRule.Http2Default => " (HTTP/2)",
        _ => "",
    };

    private static string Tunnel(Tunnelled tunnel)
    {
        var what = tunnel.Exchange.Response is { Status: 101 } response
            ? tunnel.To == ApplicationProtocol.WebSocket
                ? "it is WebSocket"
                : $"it is what Upgrade names ({PrintableText.Of(response.Upgrade ?? "nothing")})"
            : $"it is a tunnel to {PrintableText.Of(Shortened(tunnel.Exchange.Request?.Target ?? "somewhere"))}"
                + What(tunnel.To);
        var inside = tunnel.Requests > 0
            ? $" ({Quantity.Count(tunnel.Requests, "HTTP request", "HTTP requests")} in it)"
            : "";
        if (tunnel is { To: ApplicationProtocol.Http2, Exchange.Response.Status: 101 })
        {
            return $"From {Frame(tunnel.Exchange.ResponseTrace.End)} on it is HTTP/2 (Upgrade: h2c): "
                + $"{Quantity.Octets(tunnel.ClientOctets)} from the client, {Quantity.Octets(tunnel.ServerOctets)} from the server.";
        }

        return $"From {Frame(tunnel.Exchange.ResponseTrace.End)} on {what}, no longer HTTP of this connection: "
            + $"{Quantity.Octets(tunnel.ClientOctets)} from the client, {Quantity.Octets(tunnel.ServerOctets)} from the server{inside}.";
    }

    private static string Waited(WaitedForAcknowledgment waited)
    {
        var who = Name(waited.Sender);
        var longest = Quantity.Duration(waited.Longest);
        if (waited.WholeWindow)
        {
            var often = waited.Count > 1
                ? $"{Quantity.Count(waited.Count)} times, {Quantity.Duration(waited.Total)} in all"
                : $"{longest}, about a round trip";
            return $"Slow start: {who} sent {Quantity.Octets(waited.Octets)} and waited for ACKs before it sent more ({often}).";
        }

        var what = waited.Sender == Side.Server ? "an answer" : "a request";
        return waited.Count == 1
            ? $"{Capital(who)} sent a part of {what} and waited {longest} for its ACK before it sent the rest "
                + "(Nagle's algorithm and delayed ACK)."
            : $"{Quantity.Count(waited.Count)} times {who} sent a part of {what} and waited for its ACK before it sent the "
                + $"rest: {Quantity.Duration(waited.Total)} in all, {longest} at most (Nagle's algorithm and delayed ACK).";
    }

    private static string What(ApplicationProtocol protocol) => protocol switch
    {
        ApplicationProtocol.Tls => " (it is TLS)",
        ApplicationProtocol.Http2 => " (it is HTTP/2)",
        ApplicationProtocol.WebSocket => " (it is WebSocket)",
        _ => "",
    };

    private string Idle(LongestIdle idle)
    {
        var end = idle.BeforeClose ? "before the close" : "before the next request";
        // Where the close has to do with it, the reason says so.
        var announced = idle.Announced < 0
            || connection.Close.Reason is CloseReason.AnnouncedIdleTimeout or CloseReason.EarlierThanAnnounced
                or CloseReason.ServerClosedUnannounced
            ? ""
            : $" The server had announced a timeout of {idle.Announced} s.";
        return $"The longest idle time was {Quantity.Duration(idle.Idle)}, {end}.{announced}";
    }

    private static string Closed(ClosedFirst closed)
    {
        var reason = CloseReasonProse.Of(closed) + ".";
        if (closed.How == CloseManner.Refused)
        {
            return $"{Capital(Name(closed.First))} refused: {reason}";
        }

        if (closed.How == CloseManner.SimultaneousFin)
        {
            // The reason is told of the end whose FIN the tap saw first.
            return "Neither closed first: each sent its FIN before it had the other's."
                + (closed.Reason == CloseReason.Unknown ? "" : " Why: " + reason);
        }

        var what = closed.How == CloseManner.Reset ? "RST" : "FIN";
        var when = closed.Idle >= 0 ? $" {Quantity.Duration(closed.Idle)} after the last message"
            : closed.SinceRequest >= 0 && closed.Reason is CloseReason.ClosedWhileOutstanding or CloseReason.HalfClose or CloseReason.Reset
                ? $" {Quantity.Duration(closed.SinceRequest)} after the last request"
                : "";
        return $"{Capital(Name(closed.First))} closed first ({what}{when}): {reason}" + closed.How switch
        {
            CloseManner.HalfClosed when closed.OtherUnseen => $" Nothing of {Other(closed.First)} was captured.",
            CloseManner.HalfClosed => $" {Capital(Other(closed.First))} had not closed its half when last seen.",
            CloseManner.FinThenReset => " A RST came after that FIN.",
            _ => "",
        };
    }

    private string Open(NotClosed open) => open.Icmp is { } icmp
        ? $"It never opened: {IcmpProse.Who(icmp)} reported \"{IcmpProse.What(icmp)}\" of the SYN ({Frame(icmp.Evidence[0])})."
        : open.Reason == CloseReason.Unanswered
        ? "It never opened: the client stays in SYN_SENT until it gives up, which no packet shows."
        : "Nobody closed it as far as the capture goes: its last packet came "
            + $"{Quantity.Duration(connection.Tcp.Last.Time.Since(connection.Tcp.First.Time))} after its first.";

    private static string TimeWait(TimeWaitHeld held)
    {
        if (held.PeerGone)
        {
            return "Nobody holds TIME_WAIT after a reset; whether it reached the other end is not known.";
        }

        if (held.NoneBecauseReset)
        {
            return "Nobody holds TIME_WAIT: a reset ends both ends at once.";
        }

        var who = held.Client && held.Server ? "Both ends hold" : Capital(Name(held.Client ? Side.Client : Side.Server)) + " holds";
        var seconds = (held.Until.Since(held.From.Time) + (Timestamp.NanosecondsPerSecond / 2)) / Timestamp.NanosecondsPerSecond;
        if (!held.CutShortBy.IsNone)
        {
            return $"{who} TIME_WAIT, until the next connection on these ports ({Frame(held.CutShortBy)}) takes its place "
                + $"{Quantity.Duration(held.CutShortBy.Time.Since(held.From.Time))} later.";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{who} TIME_WAIT for {seconds} s, as Linux does, until {Quantity.TimeOfDay(held.Until)} UTC.");
    }
}
