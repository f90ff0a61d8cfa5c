using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How the connection ended, in English.</summary>
internal sealed class EndProse(ConnectionRecord connection)
{
    public string Of(LongestIdle idle)
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

    public static string Of(ClosedFirst closed)
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
            CloseManner.HalfClosed when closed.OtherUnseen => $" Nothing of {Name(closed.First.Other())} was captured.",
            CloseManner.HalfClosed => $" {Capital(Name(closed.First.Other()))} had not closed its half when last seen.",
            CloseManner.FinThenReset => " A RST came after that FIN.",
            _ => "",
        };
    }

    public string Of(NotClosed open) => open.Icmp is { } icmp
        ? $"It never opened: {IcmpProse.Who(icmp)} reported \"{IcmpProse.What(icmp)}\" of the SYN ({Frame(icmp.Evidence[0])})."
        : open.Reason == CloseReason.Unanswered
        ? "It never opened: the client stays in SYN_SENT until it gives up, which no packet shows."
        : "Nobody closed it as far as the capture goes: its last packet came "
            + $"{Quantity.Duration(connection.Tcp.Last.Time.Since(connection.Tcp.First.Time))} after its first.";

    public static string Of(TimeWaitHeld held)
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
