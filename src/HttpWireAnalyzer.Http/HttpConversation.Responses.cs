namespace HttpWireAnalyzer.Http;

/// <summary>Where responses go.</summary>
internal sealed partial class HttpConversation
{
    private BodyFraming OnInterim(MessageReader reader, ResponseHead response)
    {
        var at = Place(reader);
        reader.Entry = at;
        ref var pending = ref Bench().Ring[at];
        pending.Exchange.AddInterim(response, _limits.InterimHeads);
        pending.Exchange.Anomalies |= response.Anomalies;

        // RFC 9110 §15.2: a server MUST NOT send 1xx to an HTTP/1.0 client.
        if (pending.Exchange.Request?.Version is HttpVersion.Http10 or HttpVersion.Http09)
        {
            Remark(reader, HttpAnomalies.InterimToHttp10, reader.Message.HeadOffset, 0);
        }

        return BodyFraming.Decide(pending.Exchange.Request, response);
    }

    /// <param name="isBehindHello">The other end began with TLS.</param>
    private BodyFraming OnResponse(MessageReader reader, ResponseHead response, bool isBehindHello)
    {
        var at = Place(reader);
        reader.Entry = at;
        ref var pending = ref Bench().Ring[at];
        var framing = BodyFraming.Decide(pending.Exchange.Request, response);
        pending.Begin(response, reader.Message.StartSent);
        pending.Exchange.ResponseTrace = reader.Message.HeadTrace(framing);
        if (pending.Absence == RequestAbsence.Unsolicited)
        {
            var kind = isBehindHello ? HttpAnomalies.HttpAnswerToTls : HttpAnomalies.UnsolicitedResponse;
            Remark(reader, kind, reader.Message.HeadOffset, 0);
        }

        // RFC 9112 §6.1: the client has to have said HTTP/1.1 to get one.
        if (response is { TransferCoding: not TransferCoding.None, Version: HttpVersion.Http11 }
            && pending.Exchange.Request?.Version == HttpVersion.Http10)
        {
            Remark(reader, HttpAnomalies.TransferEncodingInHttp10, reader.Message.HeadOffset, 0);
        }

        // RFC 9112 §6.3, rule 5: nothing certain rests on a guess.
        if (framing.IsGuess)
        {
            Doubt(PairingConfidence.Possible, from: at + 1);
        }

        // RFC 9110 §10.1.1: without 100 (Continue) the client may never send the body.
        var requester = Bench()[_requester];
        if (pending.Exchange.Request is { ExpectsContinue: true } && !pending.Exchange.WasInvited && requester.Entry == at)
        {
            requester.ExpectNoBody();
        }

        return framing;
    }

    /// <summary>The exchange that a response belongs to, made if there is none.</summary>
    private int Place(MessageReader responder)
    {
        LimitRing(responder);
        var ring = Bench().Ring;
        var choice = ExchangePairing.Choose(ring, responder, Bench()[_requester].Position);
        for (var at = choice.Index - choice.Skipped; at < choice.Index; at++)
        {
            ring[at].ResponseInHole = responder.LostPlace;
            ring[at].ResponseUnread = !responder.LostPlace;
            ring[at].Settled = ring[at].RequestEnded;
        }

        responder.FindPlace();

        if (choice.IsAnswer)
        {
            ref var known = ref ring[choice.Index];
            known.Exchange.Pairing = LessSure(known.Exchange.Pairing, _confidence);
            NoteResponder(ref known, responder);
            return choice.Index;
        }

        var absence = AbsenceFor(responder);
        Bench().MoveEntries(choice.Index, by: 1);
        ref var made = ref ring.Insert(choice.Index);
        made.Absence = absence;
        made.Exchange.Pairing = _confidence;
        made.RequesterHad = -1;
        made.Exchange.TunnelDepth = _tunnelDepth;
        NoteResponder(ref made, responder);
        LimitLate(ring);
        return choice.Index;
    }

    /// <summary>
    /// Responses can wait behind an exchange that does not end, too: the oldest is given on as it is.
    /// </summary>
    private void LimitRing(MessageReader responder)
    {
        var bench = Bench();
        if (bench.Ring.Count < _limits.OutstandingRequests)
        {
            return;
        }

        // Those that ended within this chunk do not wait.
        GiveOver(bench);
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
        if (pending.Exchange.InterimResponses == 0)
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

        var requester = Bench()[_requester];
        var had = responder.Message.Acknowledged;

        // Its sender had octets that have not come, or the beginning of a head that is not whole.
        var covered = had > requester.Position || (requester.IsInHead && (had < 0 || had > requester.Message.HeadOffset));
        if (covered || (had < 0 && requester.Position == 0))
        {
            return HasEnded(_requester) ? RequestAbsence.NotCaptured : RequestAbsence.Late;
        }

        // What its sender had last ends within the hole: it answers what was lost there.
        var requestWasLost = had > _requesterHoleStart && had <= _requesterHoleEnd;
        return _ledger.WasNeverIdle || requestWasLost || _requestsLost ? RequestAbsence.NotCaptured : RequestAbsence.Unsolicited;
    }

    private void LimitLate(ExchangeRing ring)
    {
        var late = 0;
        for (var at = ring.Count - 1; at >= 0; at--)
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
        var responder = Bench()[Responder];
        ref var pending = ref Bench().Ring[entry];
        if (responder.Entry == entry && !responder.IsInterim && pending.Exchange.Response is { } response)
        {
            responder.Reframe(BodyFraming.Decide(pending.Exchange.Request, response));
        }
    }
}
