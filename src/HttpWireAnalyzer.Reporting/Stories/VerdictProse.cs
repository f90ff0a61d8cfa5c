using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What went wrong, in a sentence or two: what was lost, who did it, and how one knows.</summary>
internal sealed class VerdictProse(ConnectionRecord connection)
{
    public string Of(Verdict verdict) => verdict.Of switch
    {
        RequestAfterFin late => AfterFin(late),
        UnreadAtReset unread => Unread(unread),
        CutOff cut => Cut(cut),
        ClosedFirst closed => Closed(closed),
        Outstanding left => LeftBehind(left),
        NotClosed { Icmp: { } icmp } => $"The SYN ({Frame(connection.Tcp.First)}) could not be delivered: "
            + $"{IcmpProse.Who(icmp)} said {IcmpProse.What(icmp)} ({Frame(icmp.Evidence[0])}).",
        NotClosed open => connection.Tcp.ClientEnd.Counters.Syns < 2
            ? $"Nobody answered the SYN ({Frame(connection.Tcp.First)}) as far as the capture goes."
            : $"Nobody answered the SYN: {connection.Tcp.ClientEnd.Counters.Syns} tries in {Quantity.Duration(open.Quiet)} "
                + $"({Frame(connection.Tcp.First)} to {Frame(connection.Tcp.Last)}).",
        _ => throw new UnreachableException(),
    };

    private string AfterFin(RequestAfterFin late)
    {
        var closer = Name(late.Requester.Other());
        var idle = connection.AtClose.Idle >= 0 ? "idle connection" : "connection";
        var request = $"{Named(late.Exchange)} ({Frame(late.Exchange.RequestTrace.Start)})";
        return late.FinAcknowledgedBy.IsNone
            ? $"{request} was lost: {closer} had closed the {idle} {Quantity.Duration(late.Delay)} before "
                + $"({Frame(late.Fin)}), and the two may have crossed on their way."
            : $"{request} was lost: {closer} had closed the {idle} {Quantity.Duration(late.Delay)} before "
                + $"({Frame(late.Fin)}), and {Name(late.Requester)} reused it all the same.";
    }

    private static string Unread(UnreadAtReset unread)
    {
        var who = Name(unread.Resetter);
        if (unread.Exchange is not { } exchange)
        {
            return $"{Capital(who)} reset the connection with octets unread ({Frame(unread.Rst)}).";
        }

        var request = $"{Named(exchange)} ({Frame(exchange.RequestTrace.Start)})";
        if (exchange.Response is not { } response)
        {
            return unread.RequestCovered
                ? $"{request} was lost: it reached {who}'s kernel, but {who} closed without reading it ({Frame(unread.Rst)})."
                : $"{request} was lost: {who} reset the connection with octets of it unread ({Frame(unread.Rst)}).";
        }

        var fate = unread.ResponseAcknowledgedBy.IsNone
            ? "which that reset may have destroyed on arrival"
            : $"which had arrived before ({Frame(unread.ResponseAcknowledgedBy)})";
        return $"{Capital(who)} reset the connection with octets of {request} unread ({Frame(unread.Rst)}). "
            + string.Create(CultureInfo.InvariantCulture, $"It had answered {response.Status}, {fate}.");
    }

    private string Cut(CutOff cut)
    {
        var message = cut.Sender == cut.Exchange.Requester ? Named(cut.Exchange) : $"The response to {Named(cut.Exchange)}";
        if (cut.Expected < 0)
        {
            return $"{message} is incomplete: {LossProse.EndMissing(cut)} ({Frame(cut.Evidence[^1])}).{AnsweredStill(cut)}";
        }

        var much = $"{Quantity.Count(cut.Got)} of {Quantity.Count(cut.Expected)} octets";
        var close = connection.Tcp.Close.Packet;
        var did = connection.Tcp.Close.How == CloseManner.Reset ? "reset the connection" : "closed";
        return connection.HasCloser && !connection.HasTwoClosers
            ? $"{message} is incomplete: {much} came before {Name(connection.Tcp.Close.First)} {did} ({Frame(close)}).{AnsweredStill(cut)}"
            : $"{message} is incomplete: {much} came.";
    }

    /// <summary>By a close that was in order: mostly it had been announced, and the requester did not mind.</summary>
    private string LeftBehind(Outstanding left)
    {
        var first = left.Exchanges[0];
        var others = left.Count > 1 ? $" and {Quantity.Count(left.Count - 1)} more were" : " was";
        return $"{Named(first)} ({Frame(first.RequestTrace.Start)}){others} never answered: "
            + $"{Name(connection.Tcp.Close.First)} closed ({Frame(connection.Tcp.Close.Packet)}).";
    }

    private static string AnsweredStill(CutOff cut) => cut.Exchange is { End: ExchangeEnd.RequestTruncated, Response: { } response } early
        ? string.Create(CultureInfo.InvariantCulture, $" It was answered {response.Status} all the same ({Frame(early.ResponseTrace.Start)}).")
        : "";

    private string Closed(ClosedFirst closed)
    {
        var who = Name(closed.First);
        var packet = connection.Tcp.Close.Packet;
        return closed.Reason switch
        {
            CloseReason.Refused => $"{Capital(who)} refused the connection: a RST answered the SYN after "
                + $"{Quantity.Duration(packet.Time.Since(connection.Tcp.First.Time))} ({Frame(packet)}).",
            CloseReason.PeerGone => $"{Capital(Name(closed.First.Other()))} was out of reach: {CloseReasonProse.Probes(closed)} went "
                + $"unanswered, and {who} gave up ({Frame(packet)}).",
            CloseReason.EarlierThanAnnounced => $"{Capital(who)} closed after {Quantity.Duration(closed.Idle)} of idleness "
                + $"({Frame(packet)}), sooner than the {closed.AnnouncedTimeout} s that it had announced.",
            CloseReason.Reset => Reset(closed, who, packet) + Foreign(closed),
            _ => LeftWaiting(closed, who, packet),
        };
    }

    private static string Foreign(ClosedFirst closed) => closed.ForeignTtl is { } ttl
        ? string.Create(
            CultureInfo.InvariantCulture,
            $" Or a device on the way did, in {Name(closed.First)}'s name: the RST has TTL {ttl.Rst}, its other packets {ttl.End}.")
        : "";

    private static string Reset(ClosedFirst closed, string who, PacketRef packet)
    {
        if (!closed.ForgottenAt.IsNone && closed.Lost.Count == 0)
        {
            return $"{Capital(who)} had forgotten this connection: it opened another on the same ports ({Frame(closed.ForgottenAt)}), and "
                + $"reset this one when {Name(closed.First.Other())} still had it ({Frame(packet)}).";
        }

        if (closed.NothingSent)
        {
            return $"{Capital(who)} reset the connection ({Frame(packet)}) before anything was sent on it.";
        }

        if (closed.Idle >= 0)
        {
            return $"{Capital(who)} aborted the connection ({Frame(packet)}) {Quantity.Duration(closed.Idle)} after the "
                + "last exchange: nothing was lost.";
        }

        if (closed.Lost.Count > 0)
        {
            var names = string.Join(" and ", closed.Lost.Select(exchange => $"{Named(exchange)} ({Frame(exchange.RequestTrace.Start)})"));
            var were = closed.Lost.Count == 1 ? "was" : "were";
            return closed.First == Side.Client && CloseReasonProse.IsPatient(closed)
                ? $"{names} {were} never answered: the client gave up after {Quantity.Duration(closed.SinceRequest)} and reset the "
                    + $"connection ({Frame(packet)})."
                : $"{names} {were} lost: {who}"
                    + (closed.LostWereAcknowledged ? $", whose kernel had acknowledged {(closed.Lost.Count == 1 ? "it" : "them")}," : "")
                    + $" reset the connection ({Frame(packet)}).";
        }

        return closed.Last is { End: ExchangeEnd.Unanswered or ExchangeEnd.ResponseTruncated or ExchangeEnd.RequestTruncated } exchange
            ? $"{Named(exchange)} ({Frame(exchange.RequestTrace.Start)}) was lost: {who} reset the connection ({Frame(packet)})."
            : $"{Capital(who)} reset the connection ({Frame(packet)}).";
    }

    private static string LeftWaiting(ClosedFirst closed, string who, PacketRef packet)
    {
        if (closed is not { Last: { Response: null } exchange, SinceRequest: >= 0 })
        {
            return $"{Capital(who)} closed in the middle of an exchange ({Frame(packet)}).";
        }

        var after = Quantity.Duration(closed.SinceRequest);
        return $"{Named(exchange)} ({Frame(exchange.RequestTrace.Start)}) was never answered: " + (closed.First == Side.Client
            ? $"the client {(CloseReasonProse.IsPatient(closed) ? "gave up" : "closed")} after {after} ({Frame(packet)})."
            : $"the server closed {after} after it ({Frame(packet)}).");
    }
}
