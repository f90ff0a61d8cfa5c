using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>Why an end closed, as the second half of a sentence.</summary>
internal static class CloseReasonProse
{
    public static string Of(ClosedFirst closed) => closed.Reason switch
    {
        CloseReason.Refused => "nobody listens there, or something in between says so",
        CloseReason.ResetOnUnread => "it closed with octets unread, which TCP must answer with a reset",
        CloseReason.Reset => closed.Idle >= 0
            ? "an abort where a FIN would have done; nothing was outstanding"
            : "nothing before it says why",
        CloseReason.CloseInRequest => "the client had asked for it (Connection: close)",
        CloseReason.CloseInResponse => "the server had announced it (Connection: close)",
        CloseReason.MaxRequestsReached => $"the requests that Keep-Alive: max={closed.AnnouncedMax} allows were used up",
        CloseReason.CloseDelimitedBody => "the body had no other end than that of the connection",
        CloseReason.HalfClose => "it had said all it had to say, and left the other half open for the answer",
        CloseReason.ClosedWhileOutstanding => closed.First == Side.Client
            ? "it gave up in the middle of an exchange"
            : "it left in the middle of an exchange",
        CloseReason.AnnouncedIdleTimeout => "its idle timeout, announced as "
            + $"{closed.AnnouncedTimeout} s{Difference(closed)}",
        CloseReason.EarlierThanAnnounced => $"sooner than the {closed.AnnouncedTimeout} s that it had announced",
        CloseReason.IdleClose => closed.AnnouncedTimeout < 0 || closed.First == Side.Client
            ? "an idle timeout that nothing announced"
            : $"an idle close, long after the {closed.AnnouncedTimeout} s that it had announced",
        CloseReason.Http10Default => "HTTP/1.0 without keep-alive is one exchange for each connection",
        CloseReason.EndOfTunnel => "the tunnel, or the protocol after the upgrade, came to its end",
        CloseReason.ClientDone => "it had its answer and was done",
        CloseReason.ServerClosedUnannounced => "at once after its answer, which it had not announced",
        CloseReason.NothingSent => "nothing had been sent",
        CloseReason.Unknown => "the packets do not say why",
        _ => throw new UnreachableException(),
    };

    private static string Difference(ClosedFirst closed)
    {
        var late = closed.Idle - (closed.AnnouncedTimeout * Timestamp.NanosecondsPerSecond);
        return late >= Timestamp.NanosecondsPerSecond / 10 ? $" and kept {Quantity.Duration(late)} later" : "";
    }
}
