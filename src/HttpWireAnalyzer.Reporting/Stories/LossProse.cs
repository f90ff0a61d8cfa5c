using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What was lost or left, in English.</summary>
internal static class LossProse
{
    public static string Of(RequestAfterFin late)
    {
        var closer = Name(late.Requester.Other());
        var sent = $"{Quantity.Duration(late.Delay)} later {Name(late.Requester)} sent {Named(late.Exchange)} "
            + $"({Frame(late.Exchange.RequestTrace.Start)})";
        var knew = late.FinAcknowledgedBy.IsNone
            ? $"{sent}, which may have crossed that FIN on the way"
            : late.FinAcknowledgedBy == late.Exchange.RequestTrace.Start
                ? $"{sent} with the acknowledgment of that very FIN"
                : $"{sent} although it had acknowledged that FIN ({Frame(late.FinAcknowledgedBy)})";
        var text = $"{Capital(closer)} had sent its FIN ({Frame(late.Fin)}); {knew}: the request was lost";
        return late.Rst.IsNone ? text + "." : $"{text}, and {closer}'s kernel answered RST ({Frame(late.Rst)}).";
    }

    public static string Of(UnreadAtReset unread)
    {
        var who = Capital(Name(unread.Resetter));
        var octets = unread.UnreadOctets > 0 ? $" (at least {Quantity.Octets(unread.UnreadOctets)})" : "";
        if (unread.Exchange is not { } exchange)
        {
            return $"{who} reset the connection with octets unread{octets}: its kernel had them, its application never read them.";
        }

        if (unread.AfterFin >= 0)
        {
            return $"{Quantity.Duration(unread.AfterFin)} after {Name(unread.Resetter.Other())}'s FIN "
                + $"{Name(unread.Resetter)} sent a RST and no FIN ({Frame(unread.Rst)}): {Named(exchange)} was unread{octets}, "
                + "although its kernel had " + (unread.RequestAcknowledgedBy.IsNone
                    ? "it."
                    : $"acknowledged it ({Frame(unread.RequestAcknowledgedBy)}).");
        }

        if (exchange.Response is null)
        {
            var early = unread.RequestAcknowledgedBy.IsNone ? "" : $" and had acknowledged it ({Frame(unread.RequestAcknowledgedBy)})";
            return unread.RequestCovered
                ? $"RST and no FIN from {Name(unread.Resetter)}, whose ACK covers the whole of {Named(exchange)}: "
                    + $"the kernel had the request{early}, the application never read it."
                : $"{who} closed with octets of {Named(exchange)} unread{octets}, so that its kernel sent RST and no FIN.";
        }

        var response = unread.ResponseAcknowledgedBy.IsNone
            ? "The response was not seen to be acknowledged: the RST may have destroyed it on arrival."
            : $"The response had reached the other end before: acknowledged by {Frame(unread.ResponseAcknowledgedBy)}.";
        return $"Octets of {Named(exchange)} were unread{octets}: a program that had read them would have closed with a FIN. {response}";
    }

    public static string Of(CutOff cut)
    {
        if (cut.IsEndless)
        {
            return $"The event stream of exchange {cut.Exchange.Ordinal} ({Named(cut.Exchange)}) was open, by its nature: "
                + $"{Quantity.Octets(cut.Got)} in {Quantity.Count(cut.Exchange.ResponseTrace.Chunks, "chunk", "chunks")} had come.";
        }

        var message = cut.Sender == cut.Exchange.Requester ? "request" : "response";
        var how = cut.Expected >= 0
            ? $"{Quantity.Count(cut.Got)} of {Quantity.Count(cut.Expected, "octet", "octets")} that Content-Length promised"
            : EndMissing(cut);
        var whose = cut is { WhollyCaptured: true, Expected: >= 0 } ? $" The capture lacks nothing: {Name(cut.Sender)} sent no more." : "";
        var silence = cut.Silence >= Timestamp.NanosecondsPerSecond
            ? $" Its last octets had come {Quantity.Duration(cut.Silence)} before the close."
            : "";
        return $"The {message} of exchange {cut.Exchange.Ordinal} ({Named(cut.Exchange)}) was cut off: {how}.{whose}{silence}";
    }

    public static string Of(Unheard unheard) =>
        $"{Named(unheard.Exchange)} ({Frame(unheard.Exchange.RequestTrace.Start)}) was sent again {Quantity.Count(unheard.Copies, "time", "times")} "
            + $"within {Quantity.Duration(unheard.Last.Time.Since(unheard.Exchange.RequestTrace.Start.Time))} ({Frame(unheard.Last)}), and not a packet of "
            + $"{Name(unheard.Exchange.Requester.Other())} came any more.";

    /// <summary>Of a message whose length nothing says.</summary>
    public static string EndMissing(CutOff cut)
    {
        var trace = cut.Sender == cut.Exchange.Requester ? cut.Exchange.RequestTrace : cut.Exchange.ResponseTrace;
        return trace.HeadEnd.IsNone ? "its head did not come to an end"
            : cut.Got == 0 ? "nothing of its body came that can be read"
            : $"{Quantity.Count(cut.Got, "octet", "octets")} of its body came, and not its end";
    }

    public static string Of(Outstanding left)
    {
        if (left.NeverOpened)
        {
            return "There was no connection: nothing was sent, nothing was outstanding, and nobody holds TIME_WAIT.";
        }

        if (left.IsUnknown)
        {
            return "Whether anything was outstanding at the end is not known: the last answer was not captured.";
        }

        if (left.Count == 0)
        {
            return "Nothing was outstanding at the end.";
        }

        var names = string.Join("; ", left.Exchanges.Select(exchange => Named(exchange)));
        var more = left.Count > left.Exchanges.Count ? $"; {Quantity.Count(left.Count - left.Exchanges.Count)} more" : "";
        var had = left.AcknowledgedBy.IsNone
            ? ""
            : $" ({Name(left.Exchanges[0].Requester.Other())}'s kernel had acknowledged it, {Frame(left.AcknowledgedBy)})";
        var safe = left.Exchanges.Count == 1 && left.Count == 1
            ? Repeatable(left.Exchanges[0])
            : left.AllIdempotent
                ? "All of them are safe to repeat."
                : "Not all of them are safe to repeat.";
        return $"Outstanding at the end: {names}{more}{had}. {safe}";
    }

    /// <summary>RFC 9110 §9.2.2.</summary>
    private static string Repeatable(in HttpExchange exchange) => exchange.Request switch
    {
        null => "",
        { IsIdempotent: true } request => PrintableText.Of(request.Method) + " is safe to repeat.",
        var request => PrintableText.Of(request.Method) + " is not safe to repeat.",
    };
}
