namespace HttpWireAnalyzer.Http;

/// <summary>What ends without its other half: a switch of protocols, the end of a stream.</summary>
internal sealed partial class HttpConversation
{
    private void Switch(int entry, BodyRule rule)
    {
        var bench = Bench();
        ref var pending = ref bench.Ring[entry];
        if (rule == BodyRule.Upgraded || _tunnelDepth >= _limits.TunnelDepth)
        {
            var protocol = pending.Exchange.Response?.Upgrade ?? pending.Exchange.Request?.Upgrade;
            var next = rule == BodyRule.Upgraded ? UpgradeName.Read(protocol) : ApplicationProtocol.Other;
            NoteSwitch(next);

            // Octets behind the request belong to the new protocol, whatever they looked like.
            while (bench.Ring.Count > entry + 1)
            {
                bench.Ring.RemoveLast();
            }

            pending.Settled = true;
            SwitchBy(entry, next);
            return;
        }

        // RFC 9110 §9.3.6: everything after the heads is the tunnel's. What is in it is found out like at the start.
        _tunnelDepth++;
        if (_cameEarly != ApplicationProtocol.Unknown)
        {
            NoteSwitch(_cameEarly);
        }

        for (var at = entry + 1; at < bench.Ring.Count; at++)
        {
            bench.Ring[at].Exchange.TunnelDepth = _tunnelDepth;
        }

        _requesterKnown = bench.Ring.Count > entry + 1;
    }

    /// <summary>The octets that the responder's stream ended with may be the first of the answers that are due.</summary>
    private void NoteUnreadAnswer(MessageReader responder)
    {
        var ring = Bench().Ring;
        for (var at = 0; at < ring.Count && !responder.LostPlace; at++)
        {
            ref var pending = ref ring[at];
            if (pending.HasRequest && !pending.ResponseBegan && !pending.Settled)
            {
                pending.ResponseUnread = ExchangePairing.MayHaveAnswerUnread(pending, responder);
                return;
            }
        }
    }

    /// <summary>The responder's stream is over: what has no answer by now gets none.</summary>
    private void SettleUnanswered()
    {
        var ring = Bench().Ring;
        var position = Bench()[Responder].Position;
        for (var at = 0; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            if (!pending.HasRequest || pending.ResponseBegan)
            {
                continue;
            }

            // Octets of the answer were there: in a hole, or acknowledged by the next request.
            var wentOn = at + 1 < ring.Count && ring[at + 1].RequesterHad > Math.Max(position, pending.RequesterHad);
            pending.ResponseInHole |= pending.RequesterHad >= 0
                && (wentOn || _responderHoleEnd > pending.RequesterHad);
            NoteEndOfAnswers(ref pending);
            pending.Settled = pending.RequestEnded;
        }
    }

    /// <summary>The requester's stream is over: requests that were awaited do not come.</summary>
    private void SettleLate()
    {
        var ring = Bench().Ring;
        for (var at = 0; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            if (pending.Absence == RequestAbsence.Late)
            {
                pending.Absence = RequestAbsence.NotCaptured;
            }

            pending.Settled |= pending.Absence != RequestAbsence.None && !pending.ResponseBegan && HasEnded(Responder);
        }
    }
}
