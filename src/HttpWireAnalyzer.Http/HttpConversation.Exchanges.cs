using System.Diagnostics;
using HttpWireAnalyzer.Tcp;

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

        ExchangeRing ring = Bench().Ring;
        for (int at = 0; at < ring.Count; at++)
        {
            ref PendingExchange pending = ref ring[at];
            if (!pending.ResponseBegan)
            {
                return pending.Request?.Version == HttpVersion.Http09;
            }
        }

        return false;
    }

    public BodyFraming OnHead(MessageReader reader, MessageHead head)
    {
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
            ResponseHead response => OnResponse(reader, response),
            _ => throw new UnreachableException(),
        };
    }

    public void OnMessageEnd(MessageReader reader, in MessageTrace trace, MessageFate fate)
    {
        int entry = reader.Entry;
        reader.Entry = -1;
        if (entry < 0)
        {
            return;
        }

        ref PendingExchange pending = ref Bench().Ring[entry];
        if (reader.IsInterim)
        {
            if (pending.FirstInterim.IsNone)
            {
                pending.FirstInterim = trace.End;
            }

            return;
        }

        if (reader.IsRequest)
        {
            pending.RequestTrace = trace;
            pending.RequestFate = fate;
            pending.RequestEnded = true;
            pending.RequestEndSent = reader.Packet.Number;
            pending.Settled |= !pending.ResponseBegan && (pending.ResponseInHole || HasEnded(Responder));
            ReframeResponse(entry);
            return;
        }

        pending.ResponseTrace = trace;
        pending.ResponseFate = fate;
        pending.ResponseEnded = true;
        pending.ResponseEndSent = reader.Packet;
        if (trace.Rule is BodyRule.Tunnel or BodyRule.Upgraded)
        {
            Switch(entry, trace.Rule);
        }
    }

    private BodyFraming OnRequest(MessageReader reader, RequestHead request)
    {
        BodyFraming framing = BodyFraming.Decide(request);
        ExchangeRing ring = Bench().Ring;
        reader.LostPlace = false;
        int at = ExchangePairing.FindEarlyResponse(ring, reader);
        if (at < 0)
        {
            at = AppendRequest(ring);
        }

        reader.Entry = at;
        if (at < 0)
        {
            return framing;
        }

        ref PendingExchange pending = ref ring[at];
        pending.Absence = RequestAbsence.None;
        pending.Request = request;
        pending.RequestTrace = reader.Message.HeadTrace() with { Rule = framing.Rule, ExpectedBodyOctets = framing.Expected };
        pending.RequesterHad = reader.Message.Acknowledged;
        pending.RequestSent = reader.Message.StartSent;
        pending.Anomalies |= request.Anomalies;
        pending.TunnelDepth = _tunnelDepth;
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
                MessageReader reader = Bench()[_requester];
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

        ref PendingExchange pending = ref ring.Insert(ring.Count);
        pending.Pairing = _confidence;
        pending.RequesterHad = -1;
        pending.ResponderHad = -1;
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
        long answeredUpTo = Bench()[Responder].Position;
        ref PendingExchange first = ref ring[0];
        bool nothingCame = first.RequesterHad >= answeredUpTo || _responderHoleEnd > first.RequesterHad;
        if (nothingCame && ring.Count > 1 && ring[1].RequesterHad > first.RequesterHad
            && first.HasRequest && first.RequestEnded && !first.ResponseBegan)
        {
            first.ResponseInHole = true;
            first.Settled = true;
        }
    }

    private BodyFraming OnInterim(MessageReader reader, ResponseHead response)
    {
        int at = Place(reader);
        reader.Entry = at;
        ref PendingExchange pending = ref Bench().Ring[at];
        if (pending.InterimCount < _limits.InterimHeads)
        {
            Array.Resize(ref pending.Interims, pending.InterimCount + 1);
            pending.Interims[^1] = response;
        }

        pending.InterimCount++;
        pending.Anomalies |= response.Anomalies;

        // RFC 9110 §15.2: a server MUST NOT send 1xx to an HTTP/1.0 client.
        if (pending.Request?.Version is HttpVersion.Http10 or HttpVersion.Http09)
        {
            Remark(reader, HttpAnomalies.InterimToHttp10, reader.Message.HeadOffset, 0);
        }

        return BodyFraming.Decide(pending.Request, response);
    }

    private BodyFraming OnResponse(MessageReader reader, ResponseHead response)
    {
        int at = Place(reader);
        reader.Entry = at;
        ref PendingExchange pending = ref Bench().Ring[at];
        BodyFraming framing = BodyFraming.Decide(pending.Request, response);
        pending.Response = response;
        pending.ResponseBegan = true;
        pending.ResponseSent = reader.Message.StartSent;
        pending.ResponseTrace = reader.Message.HeadTrace() with { Rule = framing.Rule, ExpectedBodyOctets = framing.Expected };
        pending.Anomalies |= response.Anomalies;
        if (pending.Absence == RequestAbsence.Unsolicited)
        {
            Remark(reader, HttpAnomalies.UnsolicitedResponse, reader.Message.HeadOffset, 0);
        }

        // RFC 9110 §10.1.1: without 100 (Continue) the client may never send the body.
        MessageReader requester = Bench()[_requester];
        if (pending.Request is { ExpectsContinue: true } && pending.InterimCount == 0 && requester.Entry == at)
        {
            requester.ExpectNoBody();
        }

        return framing;
    }

    /// <summary>The exchange that a response belongs to, made if there is none.</summary>
    private int Place(MessageReader responder)
    {
        LimitRing(responder);
        ExchangeRing ring = Bench().Ring;
        PairingChoice choice = ExchangePairing.Choose(ring, responder);
        responder.LostPlace = false;
        for (int at = choice.Index - choice.Skipped; at < choice.Index; at++)
        {
            ring[at].ResponseInHole = true;
            ring[at].Settled = ring[at].RequestEnded;
        }

        if (choice.IsAnswer)
        {
            ref PendingExchange known = ref ring[choice.Index];
            known.Pairing = (PairingConfidence)Math.Max((byte)known.Pairing, (byte)_confidence);
            NoteResponder(ref known, responder);
            return choice.Index;
        }

        RequestAbsence absence = AbsenceFor(responder);
        Bench().MoveEntries(choice.Index, by: 1);
        ref PendingExchange made = ref ring.Insert(choice.Index);
        made.Absence = absence;
        made.Pairing = _confidence;
        made.RequesterHad = -1;
        made.TunnelDepth = _tunnelDepth;
        NoteResponder(ref made, responder);
        LimitLate(ring);
        return choice.Index;
    }

    /// <summary>
    /// Responses can wait behind an exchange that does not end, too: the oldest is given on as it is.
    /// </summary>
    private void LimitRing(MessageReader responder)
    {
        Workbench bench = Bench();
        if (bench.Ring.Count >= _limits.OutstandingRequests && bench.Ring[0].ResponseBegan)
        {
            Remark(
                responder.Side, -1, HttpAnomalies.PipelineTooDeep, responder.Message.HeadOffset,
                _limits.OutstandingRequests, responder.Packet);
            bench.Ring[0].Settled = true;
            GiveOver(bench);
        }
    }

    private static void NoteResponder(ref PendingExchange pending, MessageReader responder)
    {
        if (pending.InterimCount == 0)
        {
            pending.ResponseOffset = responder.Message.HeadOffset;
            pending.ResponderHad = responder.Message.Acknowledged;
        }
    }

    /// <summary>Why no request is there for a response: late, lost, or never sent?</summary>
    private RequestAbsence AbsenceFor(MessageReader responder)
    {
        if (_dropped > 0)
        {
            _dropped--;
            return RequestAbsence.NotCaptured;
        }

        MessageReader requester = Bench()[_requester];
        long had = responder.Message.Acknowledged;

        // Its sender had octets that have not come, or the beginning of a head that is not whole.
        bool covered = had > requester.Position || (requester.IsInHead && (had < 0 || had > requester.Message.HeadOffset));
        if (covered || (had < 0 && requester.Position == 0))
        {
            return HasEnded(_requester) ? RequestAbsence.NotCaptured : RequestAbsence.Late;
        }

        bool requestWasBefore = _midstream && _ledger.Given == 0 && Bench().Ring.Count == 0;
        return requestWasBefore || _requestsLost ? RequestAbsence.NotCaptured : RequestAbsence.Unsolicited;
    }

    private void LimitLate(ExchangeRing ring)
    {
        int late = 0;
        for (int at = ring.Count - 1; at >= 0; at--)
        {
            if (ring[at].Absence == RequestAbsence.Late && ++late > _limits.ParkedResponses)
            {
                ring[at].Absence = RequestAbsence.NotCaptured;
            }
        }
    }

    /// <summary>The request of a response that came first is known now, and may give its body another rule.</summary>
    private void ReframeResponse(int entry)
    {
        MessageReader responder = Bench()[Responder];
        ref PendingExchange pending = ref Bench().Ring[entry];
        if (responder.Entry == entry && !responder.IsInterim && pending.Response is { } response)
        {
            responder.Reframe(BodyFraming.Decide(pending.Request, response));
        }
    }

    private void Switch(int entry, BodyRule rule)
    {
        Workbench bench = Bench();
        ref PendingExchange pending = ref bench.Ring[entry];
        if (rule == BodyRule.Upgraded || _tunnelDepth >= _limits.TunnelDepth)
        {
            string? protocol = pending.Response?.Upgrade ?? pending.Request?.Upgrade;
            NoteSwitch(rule == BodyRule.Upgraded ? UpgradeName.Read(protocol) : ApplicationProtocol.Other);

            // Octets behind the request belong to the new protocol, whatever they looked like.
            while (bench.Ring.Count > entry + 1)
            {
                bench.Ring.RemoveLast();
            }

            pending.Settled = true;
            bench.Client.LeaveHttp();
            bench.Server.LeaveHttp();
            return;
        }

        // RFC 9110 §9.3.6: everything after the heads is the tunnel's. What is in it is found out like at the start.
        _tunnelDepth++;
        if (_cameEarly != ApplicationProtocol.Unknown)
        {
            NoteSwitch(_cameEarly);
        }

        for (int at = entry + 1; at < bench.Ring.Count; at++)
        {
            bench.Ring[at].TunnelDepth = _tunnelDepth;
        }

        _requesterKnown = bench.Ring.Count > entry + 1;
    }

    /// <summary>The responder's stream is over: what has no answer by now gets none.</summary>
    private void SettleUnanswered()
    {
        ExchangeRing ring = Bench().Ring;
        long position = Bench()[Responder].Position;
        for (int at = 0; at < ring.Count; at++)
        {
            ref PendingExchange pending = ref ring[at];
            if (!pending.HasRequest || pending.ResponseBegan)
            {
                continue;
            }

            // Octets of the answer were there: in a hole, or acknowledged by the next request.
            bool wentOn = at + 1 < ring.Count && ring[at + 1].RequesterHad > Math.Max(position, pending.RequesterHad);
            pending.ResponseInHole |= pending.RequesterHad >= 0
                && (wentOn || _responderHoleEnd > pending.RequesterHad);
            NoteEndOfAnswers(ref pending);
            pending.Settled = pending.RequestEnded;
        }
    }

    /// <summary>The requester's stream is over: requests that were awaited do not come.</summary>
    private void SettleLate()
    {
        ExchangeRing ring = Bench().Ring;
        for (int at = 0; at < ring.Count; at++)
        {
            ref PendingExchange pending = ref ring[at];
            if (pending.Absence == RequestAbsence.Late)
            {
                pending.Absence = RequestAbsence.NotCaptured;
            }

            pending.Settled |= pending.Absence != RequestAbsence.None && !pending.ResponseBegan && HasEnded(Responder);
        }
    }
}
