namespace HttpWireAnalyzer.Http;

/// <summary>Where responses go.</summary>
internal sealed partial class HttpConversation
{
    private BodyFraming OnInterim(MessageReader reader, ResponseHead response)
    {
        int at = Place(reader);
        reader.Entry = at;
        ref PendingExchange pending = ref Bench().Ring[at];
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
        int at = Place(reader);
        reader.Entry = at;
        ref PendingExchange pending = ref Bench().Ring[at];
        BodyFraming framing = BodyFraming.Decide(pending.Exchange.Request, response);
        pending.Begin(response, reader.Message.StartSent);
        pending.Exchange.ResponseTrace = reader.Message.HeadTrace(framing);
        if (pending.Absence == RequestAbsence.Unsolicited)
        {
            HttpAnomalies kind = isBehindHello ? HttpAnomalies.HttpAnswerToTls : HttpAnomalies.UnsolicitedResponse;
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
        MessageReader requester = Bench()[_requester];
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
        ExchangeRing ring = Bench().Ring;
        PairingChoice choice = ExchangePairing.Choose(ring, responder, Bench()[_requester].Position);
        for (int at = choice.Index - choice.Skipped; at < choice.Index; at++)
        {
            ring[at].ResponseInHole = responder.LostPlace;
            ring[at].ResponseUnread = !responder.LostPlace;
            ring[at].Settled = ring[at].RequestEnded;
        }

        responder.FindPlace();

        if (choice.IsAnswer)
        {
            ref PendingExchange known = ref ring[choice.Index];
            known.Exchange.Pairing = LessSure(known.Exchange.Pairing, _confidence);
            NoteResponder(ref known, responder);
            return choice.Index;
        }

        RequestAbsence absence = AbsenceFor(responder);
        Bench().MoveEntries(choice.Index, by: 1);
        ref PendingExchange made = ref ring.Insert(choice.Index);
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
        Workbench bench = Bench();
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

        MessageReader requester = Bench()[_requester];
        long had = responder.Message.Acknowledged;

        // Its sender had octets that have not come, or the beginning of a head that is not whole.
        bool covered = had > requester.Position || (requester.IsInHead && (had < 0 || had > requester.Message.HeadOffset));
        if (covered || (had < 0 && requester.Position == 0))
        {
            return HasEnded(_requester) ? RequestAbsence.NotCaptured : RequestAbsence.Late;
        }

        // What its sender had last ends within the hole: it answers what was lost there.
        bool requestWasLost = had > _requesterHoleStart && had <= _requesterHoleEnd;
        return _ledger.WasNeverIdle || requestWasLost || _requestsLost ? RequestAbsence.NotCaptured : RequestAbsence.Unsolicited;
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
        if (responder.Entry == entry && !responder.IsInterim && pending.Exchange.Response is { } response)
        {
            responder.Reframe(BodyFraming.Decide(pending.Exchange.Request, response));
        }
    }
}
