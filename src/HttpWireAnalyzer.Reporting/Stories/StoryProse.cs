using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The answers of a story in English, without their evidence.</summary>
internal sealed class StoryProse(ConnectionRecord connection)
{
    public string Of(StorySentence sentence) => sentence switch
    {
        OpenedBy opened => Opened(opened),
        Exchanged exchanged => Exchanges(exchanged),
        LongestIdle idle => Idle(idle),
        ClosedFirst closed => Closed(closed),
        NotClosed open => Open(open),
        RequestAfterFin late => AfterFin(late),
        UnreadAtReset unread => Unread(unread),
        HalfClosed half => $"Half-close: {Other(half.First)} sent {Quantity.Octets(half.Octets)} more in the "
            + $"{Quantity.Duration(half.Span)} after {Name(half.First)}'s FIN.",
        CutOff cut => Cut(cut),
        Outstanding left => Left(left),
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

    private static string Frame(PacketRef packet) => "#" + packet.Number.ToString(CultureInfo.InvariantCulture);

    private string Opened(OpenedBy opened)
    {
        var tcp = connection.Tcp;
        var again = opened.Incarnation > 1
            ? $" It is connection {opened.Incarnation} on these addresses and ports."
            : "";
        if (opened.Midstream)
        {
            return "The capture begins in the middle of the connection: who opened it, and at what cost, was not seen." + again;
        }

        var handshake = opened.Handshake;
        if (tcp.Close.How == CloseManner.Unanswered)
        {
            var copies = tcp.ClientEnd.Counters.Syns;
            return $"The client sent a SYN{(copies > 1 ? $" {copies} times" : "")}, and nobody answered." + again;
        }

        if (tcp.Close.How == CloseManner.Refused)
        {
            return "The client sent a SYN, and a RST answered it: nobody listens there, or something says so." + again;
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
        if (handshake.SynRetransmissions > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" That includes {Quantity.Count(handshake.SynRetransmissions, "repeated SYN", "repeated SYNs")}.");
        }

        return text + again;
    }

    private static string Exchanges(Exchanged exchanged)
    {
        var carried = $"{Quantity.Octets(exchanged.ClientOctets)} from the client, "
            + $"{Quantity.Octets(exchanged.ServerOctets)} from the server";
        if (exchanged.Requests == 0 && exchanged.Responses == 0)
        {
            return exchanged.ClientOctets + exchanged.ServerOctets == 0
                ? "Nothing was sent on it."
                : $"No HTTP/1 message was seen{What(exchanged.Protocol)}: {carried}.";
        }

        var text = new StringBuilder(Quantity.Count(exchanged.Requests, "request", "requests"));
        text.Append(exchanged.Warm > 0
            ? $": the first cold, {Quantity.Count(exchanged.Warm)} reused the connection"
            : exchanged.Requests == 1 ? ", cold" : "");
        text.Append(exchanged.Responses == exchanged.Requests
            ? ", all answered"
            : $", {Quantity.Count(exchanged.Responses)} answered");
        if (exchanged.MaxDepth > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"; pipelined, up to {exchanged.MaxDepth} at once");
        }

        text.Append(". ").Append(Capital(carried)).Append('.');
        if (exchanged.SwitchedTo != ApplicationProtocol.Unknown)
        {
            text.Append(" Then the connection left HTTP/1").Append(What(exchanged.SwitchedTo)).Append('.');
        }

        return text.ToString();
    }

    private static string What(ApplicationProtocol protocol) => protocol switch
    {
        ApplicationProtocol.Tls => " (it is TLS)",
        ApplicationProtocol.Http2 => " (it is HTTP/2)",
        ApplicationProtocol.WebSocket => " (it is WebSocket)",
        _ => "",
    };

    private static string Idle(LongestIdle idle)
    {
        var end = idle.BeforeClose ? "and then the connection was closed" : "and then the next request came";
        var announced = idle.Announced < 0
            ? ""
            : $" The server had announced a timeout of {idle.Announced} s.";
        return $"The longest idle time was {Quantity.Duration(idle.Idle)}, {end}.{announced}";
    }

    private static string Closed(ClosedFirst closed)
    {
        var what = closed.How switch
        {
            CloseManner.Refused or CloseManner.Reset => "RST",
            _ => "FIN",
        };
        var text = new StringBuilder(Capital(Name(closed.First)));
        text.Append(closed.How == CloseManner.Refused ? " refused" : " closed first").Append(" (").Append(what);
        text.Append(closed.Idle >= 0 ? $" after {Quantity.Duration(closed.Idle)} idle" : "").Append("): ");
        text.Append(CloseReasonProse.Of(closed)).Append('.');
        text.Append(closed.How switch
        {
            CloseManner.HalfClosed => $" {Capital(Other(closed.First))} had not closed its half when last seen.",
            CloseManner.SimultaneousFin => " Both sent their FIN before either saw the other's.",
            CloseManner.FinThenReset => " A RST came after that FIN.",
            _ => "",
        });
        return text.ToString();
    }

    private string Open(NotClosed open) => open.Reason == CloseReason.Unanswered
        ? $"It never opened: {Quantity.Duration(open.Quiet)} of waiting were seen."
        : "Nobody closed it as far as the capture goes: its last packet came "
            + $"{Quantity.Duration(connection.Tcp.Last.Time.Since(connection.Tcp.First.Time))} after its first.";

    private static string AfterFin(RequestAfterFin late)
    {
        var closer = late.Requester.Other();
        var knew = late.FinAcknowledgedBy.IsNone
            ? $"{Quantity.Duration(late.Delay)} later {Name(late.Requester)} sent {Named(late.Exchange)} ({Frame(late.Exchange.RequestTrace.Start)}), "
                + "which may have crossed that FIN on the way"
            : late.FinAcknowledgedBy == late.Exchange.RequestTrace.Start
                ? $"{Quantity.Duration(late.Delay)} later {Name(late.Requester)} sent {Named(late.Exchange)} ({Frame(late.Exchange.RequestTrace.Start)}) "
                    + "with the acknowledgment of that very FIN"
                : $"{Quantity.Duration(late.Delay)} later {Name(late.Requester)} sent {Named(late.Exchange)} ({Frame(late.Exchange.RequestTrace.Start)}) "
                    + $"although it had acknowledged that FIN ({Frame(late.FinAcknowledgedBy)})";
        var text = $"{Capital(Name(closer))} had sent its FIN ({Frame(late.Fin)}); {knew}: the request was lost";
        text += late.Rst.IsNone ? "." : $", and {Name(closer)}'s kernel answered RST ({Frame(late.Rst)}).";
        return text + " " + Repeatable(late.Exchange);
    }

    private static string Unread(UnreadAtReset unread)
    {
        var who = Capital(Name(unread.Resetter));
        var octets = unread.UnreadOctets > 0 ? $" (at least {Quantity.Octets(unread.UnreadOctets)})" : "";
        if (unread.Exchange is not { } exchange)
        {
            return $"{who} reset the connection with octets unread{octets}: its kernel had them, its application never read them.";
        }

        if (unread.RequestCovered && exchange.Response is null)
        {
            return $"RST and no FIN from {Name(unread.Resetter)}, whose ACK covers the whole of {Named(exchange)}: "
                + $"the kernel had the request, the application never read it. {Repeatable(exchange)}";
        }

        var response = exchange.Response is null ? ""
            : unread.ResponseAcknowledgedBy.IsNone
                ? " The response was not seen to be acknowledged: the RST may have destroyed it on arrival."
                : $" The response had reached the other end before: acknowledged by {Frame(unread.ResponseAcknowledgedBy)}.";
        return $"{who} closed with octets of {Named(exchange)} unread{octets}, so that its kernel sent RST and no FIN.{response}";
    }

    private static string Cut(CutOff cut)
    {
        var message = cut.Sender == cut.Exchange.Requester ? "request" : "response";
        var how = cut.Expected >= 0
            ? $"{Quantity.Count(cut.Got)} of {Quantity.Count(cut.Expected, "octet", "octets")} that Content-Length promised"
            : $"{Quantity.Count(cut.Got, "octet", "octets")} of the body came, and its end did not";
        return $"The {message} of exchange {cut.Exchange.Ordinal} ({Named(cut.Exchange)}) was cut off: {how}.";
    }

    private static string Left(Outstanding left)
    {
        if (left.Count == 0)
        {
            return "Nothing was outstanding at the end.";
        }

        var names = string.Join("; ", left.Exchanges.Select(exchange => Named(exchange)));
        var more = left.Count > left.Exchanges.Count ? $"; {Quantity.Count(left.Count - left.Exchanges.Count)} more" : "";
        var safe = left.Exchanges.Count == 1 && left.Count == 1
            ? Repeatable(left.Exchanges[0])
            : left.AllIdempotent
                ? "All of them are safe to repeat."
                : "Not all of them are safe to repeat.";
        return $"Outstanding at the end: {names}{more}. {safe}";
    }

    /// <summary>RFC 9110 §9.2.2.</summary>
    private static string Repeatable(in HttpExchange exchange) => exchange.Request switch
    {
        null => "",
        { IsIdempotent: true } request => PrintableText.Of(request.Method) + " is safe to repeat.",
        var request => PrintableText.Of(request.Method) + " is not safe to repeat.",
    };

    private static string TimeWait(TimeWaitHeld held)
    {
        if (held.NoneBecauseReset)
        {
            return "Nobody holds TIME_WAIT: a reset ends both ends at once.";
        }

        var who = held.Client && held.Server ? "Both ends hold" : Capital(Name(held.Client ? Side.Client : Side.Server)) + " holds";
        return $"{who} TIME_WAIT until {Quantity.TimeOfDay(held.Until)} UTC, {Quantity.Duration(held.Until.Since(held.From))} "
            + "after the first packet (60 s, as Linux does): the port stays taken for so long.";
    }
}
