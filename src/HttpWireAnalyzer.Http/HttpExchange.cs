using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>A request and what answered it, as far as the packets show.</summary>
/// <remarks>
/// Fields, because it is large: it is put together where it stands, and read there by all who are given it. Who keeps
/// it keeps a copy.
/// </remarks>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct HttpExchange
{
    public required ConnectionId Connection;

    /// <summary>Place on its connection, from 1.</summary>
    public required int Ordinal;

    /// <summary>Its request is the first of a connection whose opening was captured; others found theirs open.</summary>
    public bool IsCold;

    /// <summary>Null where the response answers a request that was not captured, or none at all.</summary>
    public required RequestHead? Request;

    /// <summary>The final response (not 1xx, but 101); null where none was seen.</summary>
    public required ResponseHead? Response;

    /// <summary>Who sent the request; Client but for connections whose ends were guessed wrong.</summary>
    public required Side Requester;

    public required MessageTrace RequestTrace;

    public required MessageTrace ResponseTrace;

    /// <summary>How many 1xx responses came before the final one.</summary>
    public required int InterimResponses;

    /// <summary>The packet that completed the first 1xx response.</summary>
    public required PacketRef FirstInterim;

    /// <summary>The heads of the 1xx responses, at most <see cref="HttpLimits.InterimHeads"/>; null without any.</summary>
    public ResponseHead[]? Interims;

    /// <summary>The HTTP/2 stream that carried it (RFC 9113 §5.1.1); 0 of HTTP/1.</summary>
    public int Stream;

    /// <summary>
    /// How far the requester had acknowledged the responses' stream when it sent the request: what begins there, or behind
    /// it, it had not had. -1 where no packet says, and of HTTP/2.
    /// </summary>
    public long RequesterHad;

    /// <summary>Requests unanswered when this one began, this one included: 1 without pipelining.</summary>
    public required int PipelineDepth;

    /// <summary>Exchanges of the connection that were under way when this one ended; 0 leaves it idle.</summary>
    public required int Outstanding;

    /// <summary>
    /// Nanoseconds without anything outstanding before the request began; -1 for the first exchange, and where the
    /// connection was not idle.
    /// </summary>
    public required long IdleBefore;

    public required Persistence Persistence;

    public required ExchangeEnd End;

    /// <summary>The packet that settled <see cref="End"/>.</summary>
    public required PacketRef EndedBy;

    public required PairingConfidence Pairing;

    /// <summary>Carried inside a CONNECT tunnel, so many deep.</summary>
    public required byte TunnelDepth;

    /// <summary>What was odd about either message.</summary>
    public required HttpAnomalies Anomalies;

    /// <summary>
    /// The packet that brought the last octets of a response which nobody knew the length of, and which ended with its
    /// stream; none for any other. (<see cref="MessageTrace.End"/> is the stream's end then.)
    /// </summary>
    public PacketRef LastOctets;

    /// <summary>The failed exchange that it repeats; null where it repeats none, and before the account of pools has seen it.</summary>
    public RetriedExchange? RetryOf;

    /// <summary>
    /// The stream that answers a request which asked for h2c in HTTP/1 (RFC 7540 §3.2): that request was told of with the
    /// exchange that its 101 belongs to, and is counted there.
    /// </summary>
    public readonly bool IsUpgradeAnswer => Stream > 0 && Request is { Version: not HttpVersion.Http2 };

    /// <summary>RFC 9112 §9.6: a whole answer that did not wait for the rest of the request, and announces the close.</summary>
    public readonly bool IsClosedEarly =>
        this is { End: ExchangeEnd.RequestTruncated, ResponseTrace.Complete: true, Response.HasClose: true };

    /// <summary>The response does not stand before its request, as a tap may show it: then no time lies between them.</summary>
    public readonly bool IsShownInOrder => RequestTrace.Start.IsNone || ResponseTrace.Start.IsNone
        || ResponseTrace.Start.Number >= RequestTrace.Start.Number;

    /// <summary>Status of the first 1xx response; 0 without one.</summary>
    public readonly int FirstInterimStatus => Interims?[0].Status ?? 0;

    /// <summary>100 (Continue) was among them: the body was asked for (RFC 9110 §10.1.1).</summary>
    internal readonly bool WasInvited => Interims is { } heads && Array.Exists(heads, head => head.Status == 100);

    /// <summary>Counts a 1xx response, and keeps its head where not <paramref name="most"/> are kept.</summary>
    internal void AddInterim(ResponseHead head, int most)
    {
        if (InterimResponses < most)
        {
            Array.Resize(ref Interims, InterimResponses + 1);
            Interims[^1] = head;
        }

        InterimResponses++;
    }
}

/// <summary>How an exchange ended.</summary>
public enum ExchangeEnd : byte
{
    /// <summary>Both messages are whole.</summary>
    Complete,

    /// <summary>The response ends with the connection and nothing says where it ought to (RFC 9112 §8).</summary>
    CompleteByClose,

    /// <summary>The connection, or the stream of HTTP/2, became a tunnel or another protocol (CONNECT, Upgrade).</summary>
    Switched,

    /// <summary>The request was cut off.</summary>
    RequestTruncated,

    /// <summary>The connection ended with no answer.</summary>
    Unanswered,

    /// <summary>The response was cut off before its length (RFC 9112 §8).</summary>
    ResponseTruncated,

    /// <summary>A response to nothing: no request was outstanding.</summary>
    Unsolicited,

    /// <summary>The request was not captured.</summary>
    RequestNotCaptured,

    /// <summary>The response was not captured: the client went on as if it had it.</summary>
    ResponseNotCaptured,

    /// <summary>Still under way when the capture ended.</summary>
    InProgress,

    /// <summary>
    /// HTTP/2: the server did not process the request, and says so, by GOAWAY with a lesser stream or by REFUSED_STREAM: it
    /// may be sent again, whatever the method (RFC 9113 §8.7).
    /// </summary>
    Refused,

    /// <summary>HTTP/2: RST_STREAM ended it before both messages were whole; the connection went on (RFC 9113 §5.4.2).</summary>
    StreamReset,

    /// <summary>Octets that are no message came in place of the response.</summary>
    ResponseUnreadable,
}

public static class ExchangeEnds
{
    /// <summary>The connection or the capture ended before the request had its whole answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUnfinished(this ExchangeEnd end) => end is ExchangeEnd.RequestTruncated or ExchangeEnd.Unanswered
        or ExchangeEnd.ResponseTruncated or ExchangeEnd.InProgress;
}

/// <summary>How sure it is that the response answers this request.</summary>
public enum PairingConfidence : byte
{
    /// <summary>All octets between them were seen.</summary>
    Certain,

    /// <summary>Octets are missing on the connection, but none where a message could have been lost.</summary>
    Likely,

    /// <summary>A message may have been lost before, or where the response before it ended is a guess.</summary>
    Possible,
}
