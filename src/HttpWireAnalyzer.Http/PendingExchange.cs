using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>Why an exchange has no request.</summary>
internal enum RequestAbsence : byte
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The server had acknowledged octets that have not come yet: it may still turn up.</summary>
    Late,

    NotCaptured,

    /// <summary>Nothing was asked.</summary>
    Unsolicited,
}

/// <summary>What is known so far of an exchange that has not been given on.</summary>
internal struct PendingExchange
{
    /// <summary>What will be given on, as far as it is known.</summary>
    public HttpExchange Exchange;

    /// <summary>How the request ended; meaningful once <see cref="RequestEnded"/>.</summary>
    public MessageFate RequestFate;
    public MessageFate ResponseFate;
    public bool RequestEnded;
    public bool ResponseEnded;

    /// <summary>The final response's first octets have come (its head may not be whole).</summary>
    public bool ResponseBegan;

    public RequestAbsence Absence;

    /// <summary>The client went on as if it had the response, which is in a hole.</summary>
    public bool ResponseInHole;

    /// <summary>There are octets in the response's place that are none.</summary>
    public bool ResponseUnread;

    /// <summary>Nothing more can come to it: it leaves when it is first in the ring.</summary>
    public bool Settled;

    /// <summary>How far the responder had acknowledged the request's stream when it began to answer; -1 unknown.</summary>
    public long ResponderHad;

    /// <summary>The packet that brought the request's first octet.</summary>
    public long RequestSent;

    /// <summary>The packet that brought the request's last octet.</summary>
    public long RequestEndSent;

    /// <summary>Offset of the first response's first octet, be it 1xx or final.</summary>
    public long ResponseOffset;

    /// <summary>The packet that brought the response's first octet.</summary>
    public long ResponseSent;

    /// <summary>The packet that brought the response's last octet.</summary>
    public PacketRef ResponseEndSent;

    /// <summary>No packet brought it: <see cref="ResponseEndSent"/> is where it was given up.</summary>
    public bool ResponseEndInHole;

    /// <summary>The packet that cut a message of it off; none where none was.</summary>
    public PacketRef CutBy;

    /// <summary>The packet that settled it, and whether that was the end of the capture.</summary>
    public PacketRef SettledBy;
    public bool CaptureEnded;

    /// <summary>How far the requester had acknowledged the other stream when it sent the request; -1 unknown.</summary>
    public long RequesterHad
    {
        readonly get => Exchange.RequesterHad;
        set => Exchange.RequesterHad = value;
    }

    /// <summary>The client had an answer, and where it ended nobody knows.</summary>
    public readonly bool ResponseUnknown => ResponseInHole || ResponseUnread;

    public readonly bool HasRequest => Exchange.Request is not null;

    /// <summary>Its request is there, and what answers it may still come.</summary>
    public readonly bool IsUnanswered => HasRequest && !ResponseBegan && !Settled;

    /// <summary>Nothing is known yet but how sure the pair will be.</summary>
    public void Expect(PairingConfidence pairing)
    {
        Exchange.Pairing = pairing;
        RequesterHad = -1;
        ResponderHad = -1;
    }

    /// <param name="acknowledged">How far the requester had acknowledged the other stream; -1 unknown.</param>
    /// <param name="sent">The packet that brought the first octet.</param>
    public void Begin(RequestHead request, long acknowledged, long sent)
    {
        Absence = RequestAbsence.None;
        Exchange.Request = request;
        RequesterHad = acknowledged;
        RequestSent = sent;
        Exchange.Anomalies |= request.Anomalies;
    }

    public void Begin(ResponseHead response, long sent)
    {
        Exchange.Response = response;
        ResponseBegan = true;
        ResponseSent = sent;
        Exchange.Anomalies |= response.Anomalies;
    }

    /// <param name="sent">The packet that brought the last octet.</param>
    public void EndRequest(MessageFate fate, long sent)
    {
        RequestFate = fate;
        RequestEnded = true;
        RequestEndSent = sent;
    }

    /// <param name="fate">Where it is lost, its last octet did not come, or cannot be told.</param>
    /// <param name="sent">The packet that brought the last octet.</param>
    /// <param name="inHole">No packet did.</param>
    public void EndResponse(MessageFate fate, PacketRef sent, bool inHole = false)
    {
        ResponseEndInHole = inHole || fate == MessageFate.Lost;
        ResponseFate = fate;
        ResponseEnded = true;
        ResponseEndSent = sent;
    }

    /// <summary>Both messages are over, or will not come.</summary>
    public readonly bool IsOver => Settled || (ResponseEnded
        && (Absence == RequestAbsence.None ? RequestEnded : Absence != RequestAbsence.Late));
}
