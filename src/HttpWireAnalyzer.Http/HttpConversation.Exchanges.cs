using System.Diagnostics;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>How messages become exchanges.</summary>
internal sealed partial class HttpConversation
{
    /// <summary>Whoever sends requests is the client: no port and no SYN says otherwise (nor does the other stream).</summary>
    public bool Accepts(Side side, StartLineKind kind) => !_requesterKnown || kind switch
    {
        StartLineKind.Request or StartLineKind.VersionlessRequest => side == _requester,
        StartLineKind.Response => side != _requester,
        _ => true,
    };

    /// <summary>The request that is to be answered next is HTTP/0.9: its answer has no head.</summary>
    public bool ExpectsSimpleResponse(Side side)
    {
        if (!_requesterKnown || side == _requester)
        {
            return false;
        }

        var ring = Bench().Ring;
        for (var at = 0; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            if (!pending.ResponseBegan)
            {
                return pending.Exchange.Request?.Version == HttpVersion.Http09;
            }
        }

        return false;
    }

    /// <summary>
    /// Where the answer to a request that waits begins, if it came before the next request: there its sender's acknowledgment
    /// stood. The first such place that is not before <paramref name="from"/>; -1 without one.
    /// </summary>
    public long NextAnswer(Side side, long from)
    {
        var ring = Bench().Ring;
        for (var at = 0; at < ring.Count && side == Responder; at++)
        {
            ref var pending = ref ring[at];
            if (pending.IsUnanswered && pending.RequesterHad >= from)
            {
                return pending.RequesterHad;
            }
        }

        return -1;
    }

    /// <summary>A request waits that what the reader has of a head can be the answer to.</summary>
    public bool AwaitsAnswer(MessageReader reader) =>
        reader.Side == Responder && ExchangePairing.Choose(Bench().Ring, reader, Bench()[_requester].Position).IsAnswer;

    /// <summary>A request waits for its answer, whatever the acknowledgments say.</summary>
    public bool AwaitsAnswer(Side side)
    {
        var ring = Bench().Ring;
        return side == Responder && ring.Count > 0 && ring[ring.Count - 1].IsUnanswered;
    }

    /// <summary>It sends responses, as far as is known.</summary>
    public bool IsResponder(Side side) => _requesterKnown && side == Responder;

    /// <summary>The request of the exchange was not captured, or is late: the body's rule was chosen without it.</summary>
    public bool LacksRequest(int entry) => entry >= 0 && !Bench().Ring[entry].HasRequest;

    /// <summary>
    /// RFC 9110 §7.8: the next protocol begins with the answer; a client that does not wait for it sends the octets of that
    /// protocol early.
    /// </summary>
    public bool MayLeaveHttp(Side side)
    {
        var ring = Bench().Ring;
        return _requesterKnown && side == _requester && ring.Count > 0
            && ring[ring.Count - 1] is { IsUnanswered: true, RequestEnded: true, Exchange.Request.Upgrade: not null };
    }

    public BodyFraming OnHead(MessageReader reader, MessageHead head)
    {
        var isBehindHello = _protocol == ApplicationProtocol.Tls;
        if (_tunnelDepth > 0)
        {
            NoteSwitch(ApplicationProtocol.Http1);
        }
        else
        {
            _protocol = ApplicationProtocol.Http1;
        }

        _requesterKnown = true;
        reader.IsRequest = head is RequestHead;
        _requester = reader.IsRequest ? reader.Side : reader.Side.Other();
        reader.IsInterim = head is ResponseHead { Status: >= 100 and < 200 and not 101 };
        return head switch
        {
            RequestHead request => OnRequest(reader, request),
            ResponseHead response when reader.IsInterim => OnInterim(reader, response),
            ResponseHead response => OnResponse(reader, response, isBehindHello),
            _ => throw new UnreachableException(),
        };
    }

    public void OnMessageEnd(MessageReader reader, in MessageTrace trace, MessageFate fate)
    {
        var entry = reader.Entry;
        reader.Entry = -1;
        if (entry < 0)
        {
            return;
        }

        ref var pending = ref Bench().Ring[entry];
        if (reader.IsInterim)
        {
            if (pending.Exchange.FirstInterim.IsNone)
            {
                pending.Exchange.FirstInterim = trace.End;
            }

            return;
        }

        var isCut = fate is MessageFate.Cut or MessageFate.Unfinished;
        if (isCut)
        {
            pending.CutBy = PacketRef.Later(pending.CutBy, reader.EndPacket);
        }

        if (reader.IsRequest)
        {
            pending.Exchange.RequestTrace = trace;
            pending.EndRequest(fate, reader.Packet.Number);
            pending.Settled |= !pending.ResponseBegan && (pending.ResponseInHole || HasEnded(Responder));
            ReframeResponse(entry);
            return;
        }

        pending.Exchange.ResponseTrace = trace;
        pending.Exchange.LastOctets = reader.LastOctets;
        pending.EndResponse(fate, isCut ? trace.End : reader.Packet, reader.IsInHole);
        if (trace.Rule is BodyRule.Tunnel or BodyRule.Upgraded)
        {
            Switch(entry, trace.Rule);
        }
    }

    private BodyFraming OnRequest(MessageReader reader, RequestHead request)
    {
        var framing = request.Framing;
        var ring = Bench().Ring;
        reader.FindPlace();
        var at = ExchangePairing.FindEarlyResponse(ring, reader);
        at = at < 0 ? AppendRequest(ring) : at;
        if (at == 0)
        {
            stage.Sink.OnBusy(_id, reader.Message.Start);
        }

        reader.Entry = at;
        if (at < 0)
        {
            return framing;
        }

        ref var pending = ref ring[at];
        pending.Begin(request, reader.Message.Acknowledged, reader.Message.StartSent);
        pending.Exchange.RequestTrace = reader.Message.HeadTrace(framing);
        pending.Exchange.TunnelDepth = _tunnelDepth;
        return framing;
    }

    /// <summary>Makes room for a request; -1 where too many wait.</summary>
    private int AppendRequest(ExchangeRing ring)
    {
        if (ring.Count >= _limits.RequestsAwaitingLateResponses)
        {
            GiveUpOneSided(ring);
        }

        // Once one was dropped, those after it are dropped too until the rest is answered: order is all there is.
        if (_dropped > 0 || ring.Count >= _limits.OutstandingRequests)
        {
            if (_dropped++ == 0)
            {
                var reader = Bench()[_requester];
                Remark(
                    _requester, -1, HttpAnomalies.PipelineTooDeep, reader.Message.HeadOffset,
                    _limits.OutstandingRequests, reader.Packet);
            }

            _ledger.CountDropped();
            return -1;
        }

        // With nothing outstanding on either side, what was lost before can no longer shift the pairs.
        if (ring.Count == 0 && _confidence == PairingConfidence.Possible && !Bench()[Responder].LostPlace)
        {
            _confidence = PairingConfidence.Likely;
            _requestsLost = false;
        }

        ref var pending = ref ring.Insert(ring.Count);

        // What was asked before the capture began may be unanswered still, and shift the first pairs.
        pending.Expect(_ledger is { IsMidstream: true, Given: 0 } ? LessSure(_confidence, PairingConfidence.Likely) : _confidence);
        if (HasEnded(Responder))
        {
            NoteEndOfAnswers(ref pending);
        }

        return ring.Count - 1;
    }

    private bool HasEnded(Side side) => EndOf(side) is not null;

    /// <summary>The responder's stream is over: this is what leaves a request without an answer.</summary>
    private void NoteEndOfAnswers(ref PendingExchange pending)
    {
        pending.SettledBy = _endPacket;
        pending.CaptureEnded = EndOf(Responder) == StreamEndCause.CaptureEnd;
    }

    /// <summary>
    /// Only requests are captured: the client went on as if it had answers, of which nothing came. They are not kept
    /// until the end.
    /// </summary>
    private void GiveUpOneSided(ExchangeRing ring)
    {
        var answeredUpTo = Bench()[Responder].Position;
        ref var first = ref ring[0];
        var nothingCame = first.RequesterHad >= answeredUpTo || _responderHoleEnd > first.RequesterHad;
        if (nothingCame && ring.Count > 1 && ring[1].RequesterHad > first.RequesterHad
            && first.HasRequest && first.RequestEnded && !first.ResponseBegan)
        {
            first.ResponseInHole = true;
            first.Settled = true;
        }
    }
}
