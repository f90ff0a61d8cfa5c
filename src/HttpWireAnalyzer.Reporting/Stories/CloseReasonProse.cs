using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>Why an end closed, as the second half of a sentence whose subject is that end.</summary>
internal static class CloseReasonProse
{
    public static string Of(ClosedFirst closed) => closed.Reason switch
    {
        CloseReason.Refused => "nobody listens there, or something in between says so",
        CloseReason.PeerGone => $"{Probes(closed)} had gone unanswered, so {StoryWords.Name(closed.First.Other())} was out of reach",
        CloseReason.ResetOnUnread => "it closed with octets unread, and TCP then sends a RST in place of a FIN",
        CloseReason.Reset => !closed.ForgottenAt.IsNone
            ? $"its kernel had forgotten this connection, and opened another on the same ports ({StoryWords.Frame(closed.ForgottenAt)})"
            : closed.NothingSent ? "nothing had been sent, and nothing says why"
            : closed.Idle >= 0 ? "an abort where a FIN would have done; nothing was outstanding"
                + (closed.First == Side.Client && closed.Last?.Response is { } last && (last.Connection & ConnectionOptions.Close) != 0
                    ? ", and the server had announced its close"
                    : "")
            : closed is { First: Side.Client, Lost.Count: > 0 } && IsPatient(closed) ? Outstanding(closed) + ", and threw the connection away"
            : closed.ForeignTtl is { } ttl ? string.Create(
                CultureInfo.InvariantCulture, $"with TTL {ttl.Rst} where its other packets have {ttl.End}, so a device on the way may have sent it")
            : closed is { First: Side.Server, LostWereAcknowledged: true } ? "what its kernel had acknowledged was most likely unread"
            : "nothing before it says why",
        CloseReason.CloseInRequest => InRequest(closed),
        CloseReason.CloseInResponse => InResponse(closed),
        CloseReason.MaxRequestsReached => $"the requests that Keep-Alive: max={closed.AnnouncedMax} allows were used up",
        CloseReason.CloseDelimitedBody when closed.Last is { ResponseTrace.Rule: BodyRule.InvalidContentLength } =>
            "its Content-Length cannot be believed, so that nobody knows where the response ends, and the connection cannot be used again",
        CloseReason.CloseDelimitedBody => "the body has no other end than that of the connection "
            + "(neither Content-Length nor chunked), and is whole as far as one can know",
        CloseReason.HalfClose => "it had said all it had to say, and left the other half open for the answer",
        CloseReason.ClosedWhileOutstanding => Outstanding(closed),
        CloseReason.AnnouncedIdleTimeout => $"its idle timeout, announced as {closed.AnnouncedTimeout} s"
            + Difference(closed) + Left(closed),
        CloseReason.EarlierThanAnnounced => $"sooner than the {closed.AnnouncedTimeout} s that it had announced",
        CloseReason.IdleClose => closed.First == Side.Client ? "an idle close that nothing had announced"
            : closed.AnnouncedTimeout < 0 ? "an idle timeout that nothing had announced"
            : $"an idle close, long after the {closed.AnnouncedTimeout} s that it had announced",
        CloseReason.Http10Default => NotGranted(closed) ? "the client had asked for keep-alive (HTTP/1.0), and the response did not grant it" : "HTTP/1.0 without keep-alive is one exchange for each connection",
        CloseReason.EndOfTunnel => closed.Last is { Response.Status: 101 }
            ? "the protocol after the upgrade came to its end"
            : "the tunnel came to its end",
        CloseReason.WebSocketClosed => "the WebSocket had been closed",
        CloseReason.WebSocketCut => "the WebSocket had not been closed",
        CloseReason.ClientDone => "unannounced, with nothing left to wait for",
        CloseReason.ServerClosedUnannounced => "at once after its answer, without having announced it"
            + (closed.AnnouncedTimeout > 0 ? $"; what it had announced is a timeout of {closed.AnnouncedTimeout} s" : ""),
        CloseReason.NothingSent => "nothing had been sent",
        CloseReason.Goaway => "a GOAWAY had announced it, and no stream was left",
        CloseReason.Unknown => "the packets do not say why",
        _ => throw new UnreachableException(),
    };

    public static string Probes(ClosedFirst closed) =>
        Quantity.Count(closed.UnansweredProbes, "TCP keep-alive probe", "TCP keep-alive probes");

    /// <summary>Who closes sooner has not waited for an answer: below the delayed ACK and most round trips.</summary>
    public static bool IsPatient(ClosedFirst closed) => closed.SinceRequest >= Timestamp.NanosecondsPerSecond / 5;

    private static bool NotGranted(ClosedFirst closed) => closed.Last is { Request: { } request, Response: { } response }
        && (request.Connection & ConnectionOptions.KeepAlive) != 0
        && (response.Connection & ConnectionOptions.KeepAlive) == 0;

    private static string InRequest(ClosedFirst closed)
    {
        var said = closed.Last is { Response: { } response } && (response.Connection & ConnectionOptions.Close) != 0
            ? "both had announced it (Connection: close)"
            : closed.First == Side.Client
                ? "it had announced it (Connection: close)"
                : "the client had asked for it (Connection: close)";
        return closed.First == Side.Client && closed.Idle < 0
            ? said + "; it left the other half open for the answer"
            : said;
    }

    private static string InResponse(ClosedFirst closed)
    {
        var said = closed.First == Side.Server
            ? "it had announced it (Connection: close)"
            : "the server had announced it (Connection: close)";
        // RFC 2068 §19.7.1.1: the last response of a countdown that stood at 1 is the one that says close.
        if (closed is { MaxMeaning: KeepAliveMaxMeaning.Remaining, AnnouncedMax: 1 })
        {
            return said + ", with its Keep-Alive max used up";
        }

        return closed.Last is { Request: { Version: HttpVersion.Http10 } request }
            && (request.Connection & ConnectionOptions.KeepAlive) == 0
            ? said + "; the request, HTTP/1.0 without keep-alive, had asked for no more"
            : said;
    }

    private static string Outstanding(ClosedFirst closed) => closed.Last switch
    {
        { Response: null } exchange when closed.First == Side.Client && !IsPatient(closed) =>
            $"it did not wait for the answer to {StoryWords.Named(exchange)}",
        { Response: null } exchange when closed.First == Side.Client => $"it gave up waiting for the answer to {StoryWords.Named(exchange)}",
        { Response: null } exchange => $"it had not answered {StoryWords.Named(exchange)}",
        { } stream when closed.First == Side.Client && EventStreams.Is(stream) => "it had had enough of an event stream, which has no other end",
        { } when closed.First == Side.Client => "it left in the middle of the response",
        { } => "it left in the middle of its own response",
        null => "it left in the middle of an exchange",
    };

    private static string Difference(ClosedFirst closed)
    {
        var late = closed.Idle - (closed.AnnouncedTimeout * Timestamp.NanosecondsPerSecond);
        return late >= Timestamp.NanosecondsPerSecond / 10 ? $"; it waited {Quantity.Duration(late)} longer than that" : "";
    }

    private static string Left(ClosedFirst closed) =>
        closed is { MaxMeaning: KeepAliveMaxMeaning.Remaining, AnnouncedMax: > 0 }
            ? $" (not max: {Quantity.Count(closed.AnnouncedMax)} were left)"
            : "";
}
