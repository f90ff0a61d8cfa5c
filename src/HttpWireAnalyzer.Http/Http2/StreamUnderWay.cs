using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>A stream that is not over, and the exchange that it carries, as far as it is known.</summary>
internal sealed class StreamUnderWay(int id, int ordinal, Side requester)
{
    /// <summary>What will be given on.</summary>
    public HttpExchange Exchange;

    /// <summary>Each end's state, by side.</summary>
    private readonly Http2StreamState[] _states = new Http2StreamState[2];
    private BodyDigest _digest = BodyDigest.None;

    public int Id => id;

    public int Ordinal => ordinal;

    public bool RequestEnded { get; private set; }

    public bool ResponseEnded { get; private set; }

    /// <summary>Frames of a message may be in a hole: that it lacks an end says nothing.</summary>
    public bool RequestInHole { get; set; }

    public bool ResponseInHole { get; set; }

    /// <summary>The requester's RST_STREAM may be in a hole: that the response lacks an end is nobody's fault.</summary>
    public bool ResetInHole { get; set; }

    /// <summary>The responder had octets of the requests that have not come when it answered: the request may still come.</summary>
    public bool IsRequestLate { get; set; }

    public bool HasRequest => Exchange.Request is not null;

    /// <summary>DATA is not of the messages, which are over.</summary>
    public bool IsTunnel => Exchange.ResponseTrace.Rule == BodyRule.Tunnel;

    /// <summary>Nothing more comes on it.</summary>
    public bool IsClosed => _states[0] == Http2StreamState.Closed && _states[1] == Http2StreamState.Closed;

    /// <summary>One end sends what the other receives.</summary>
    /// <returns>False where the table has no such row for the sender: nothing changes.</returns>
    public bool Move(Side sender, Http2StreamInput send, Http2StreamInput receive)
    {
        ref var from = ref _states[(int)sender];
        ref var to = ref _states[(int)sender.Other()];
        if (!Http2StreamTable.TryNext(from, send, out var next))
        {
            return false;
        }

        from = next;
        if (Http2StreamTable.TryNext(to, receive, out var other))
        {
            to = other;
        }

        return true;
    }

    public ref MessageTrace TraceOf(Side sender) => ref sender == requester ? ref Exchange.RequestTrace : ref Exchange.ResponseTrace;

    public bool HasEnded(Side sender) => sender == requester ? RequestEnded : ResponseEnded;

    /// <summary>Its first frame was seen: HEADERS, or a PUSH_PROMISE.</summary>
    public void BeginMessage(Side sender, in FrameInHand frame, MessageHead head, PacketRef headEnd, long bodyOffset)
    {
        TraceOf(sender) = new MessageTrace
        {
            HeadOffset = frame.Offset,
            BodyOffset = bodyOffset,
            EndOffset = bodyOffset,
            Start = frame.Start,
            HeadEnd = headEnd,
            End = headEnd,
            Rule = BodyRule.Frames,
            ExpectedBodyOctets = head.ContentLength >= 0 ? head.ContentLength : -1,
        };
        if (sender == requester)
        {
            _digest = BodyDigest.Begin();
            IsRequestLate = false;
            RequestInHole = false;
        }
        else if (head is ResponseHead { Status: > 0 })
        {
            // What was in a hole before it was none of it.
            ResponseInHole = false;
        }
    }

    /// <summary>Its end was seen, and its beginning is in a hole.</summary>
    public void LoseHead(Side sender)
    {
        if (sender == requester)
        {
            IsRequestLate = false;
            RequestInHole = true;
        }
        else
        {
            ResponseInHole = true;
        }
    }

    public void TakeData(Side sender, ReadOnlySpan<byte> octets)
    {
        TraceOf(sender).BodyOctets += octets.Length;
        if (sender == requester)
        {
            _digest.Add(octets);
        }
    }

    public void MissData(Side sender, long octets)
    {
        ref var trace = ref TraceOf(sender);
        trace.BodyOctets += octets;
        trace.MissingOctets += octets;
        if (sender == requester)
        {
            _digest.Miss();
        }
    }

    /// <summary>The frame's last octet has come.</summary>
    public void Extend(Side sender, in FrameInHand frame, PacketRef end)
    {
        ref var trace = ref TraceOf(sender);
        trace.EndOffset = frame.EndOffset;
        trace.End = end;
    }

    /// <summary>
    /// RFC 9113 §8.1.1: all of it was seen, and it is not as long as its content-length says. A response to HEAD, and 204 and 304,
    /// have no content, whatever they say.
    /// </summary>
    public bool IsMalformed(Side sender)
    {
        ref var trace = ref TraceOf(sender);
        var isInHole = trace.MissingOctets > 0 || (sender == requester ? RequestInHole : ResponseInHole);
        var hasContent = sender == requester
            || Exchange is { Request.Method: not "HEAD", Response.Status: not (204 or 304) };
        return !isInHole && hasContent && trace.ExpectedBodyOctets >= 0 && trace.ExpectedBodyOctets != trace.BodyOctets;
    }

    public void EndMessage(Side sender)
    {
        ref var trace = ref TraceOf(sender);
        trace.Complete = sender == requester ? !RequestInHole : !ResponseInHole;
        if (sender == requester)
        {
            trace.BodyDigest = _digest.Value;
            RequestEnded = true;
        }
        else
        {
            ResponseEnded = true;
        }
    }

    /// <summary>RFC 9113 §8.5: behind a 2xx to CONNECT, DATA is of the tunnel, which RST_STREAM can end like END_STREAM.</summary>
    public void BeginTunnel()
    {
        EndMessage(requester);
        EndMessage(requester.Other());
        Exchange.ResponseTrace.Rule = BodyRule.Tunnel;
        Exchange.ResponseTrace.ExpectedBodyOctets = -1;
    }

    /// <summary>How it ended, where both ends have said END_STREAM.</summary>
    public ExchangeEnd OutcomeWhenClosed() => !HasRequest ? ExchangeEnd.RequestNotCaptured
        : IsTunnel ? ExchangeEnd.Switched
        : ResponseInHole ? ExchangeEnd.ResponseNotCaptured
        : ExchangeEnd.Complete;

    /// <summary>How it ended, where the connection ended it.</summary>
    public ExchangeEnd OutcomeAtEnd(bool captureEnded)
    {
        if (!HasRequest)
        {
            return ExchangeEnd.RequestNotCaptured;
        }

        if (IsTunnel)
        {
            return ExchangeEnd.Switched;
        }

        if (ResponseInHole)
        {
            return ExchangeEnd.ResponseNotCaptured;
        }

        if (ResponseEnded && RequestInHole)
        {
            return ExchangeEnd.Complete;
        }

        if (captureEnded)
        {
            return ExchangeEnd.InProgress;
        }

        if (ResetInHole)
        {
            return ExchangeEnd.ResponseNotCaptured;
        }

        return !RequestEnded && !RequestInHole ? ExchangeEnd.RequestTruncated
            : Exchange.Response is null ? ExchangeEnd.Unanswered
            : ExchangeEnd.ResponseTruncated;
    }
}
