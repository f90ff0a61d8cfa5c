using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Http;

/// <summary>Where a response belongs.</summary>
/// <param name="Index">Of the exchange in the ring; unless <paramref name="IsAnswer"/>, of a new one to make there.</param>
/// <param name="IsAnswer">A request is there that it can answer.</param>
/// <param name="Skipped">Exchanges from the first unanswered one whose responses must be in what nobody could read before.</param>
internal readonly record struct PairingChoice(int Index, bool IsAnswer, int Skipped);

/// <summary>Chooses the exchange that a response belongs to (RFC 9112 §9.2, §9.3.2).</summary>
/// <remarks>
/// Responses come in the order of requests: the first unanswered one is meant, as long as every octet is there. Two
/// acknowledgments check that, and decide where octets are missing. The response's own segment says how much of the
/// requests its sender had: it cannot answer what it had not got. And a request's segment says how much of the
/// responses its sender had: what lies before that was no answer to it.
/// </remarks>
internal static class ExchangePairing
{
    /// <summary>The exchange for a response whose first octet <paramref name="responder"/> has just read.</summary>
    /// <param name="requested">How far the requests' stream has been read.</param>
    public static PairingChoice Choose(ExchangeRing ring, MessageReader responder, long requested)
    {
        var responderHad = responder.Message.Acknowledged;
        var offset = responder.Message.HeadOffset;
        for (var at = 0; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            if (pending.ResponseBegan || pending.Settled)
            {
                continue;
            }

            if (!pending.HasRequest)
            {
                // 1xx responses came before; the final one belongs to the same request.
                return new PairingChoice(at, true, 0);
            }

            if (!CanAnswer(pending.Exchange.RequestTrace.HeadOffset, pending.RequesterHad, responderHad, offset))
            {
                return new PairingChoice(at, false, 0);
            }

            var skipped = responder.LostPlace || MayHaveAnswerUnread(pending, responder)
                ? CountPassed(ring, at, responderHad, offset)
                : 0;
            return responder.LostPlace && IsPassed(ring, at + skipped, responder, requested)
                ? new PairingChoice(at + skipped + 1, false, skipped + 1)
                : new PairingChoice(at + skipped, true, skipped);
        }

        return new PairingChoice(ring.Count, false, 0);
    }

    /// <summary>The two acknowledgments allow the response at <paramref name="offset"/> to answer the request.</summary>
    /// <param name="requesterHad">Octets of the responses' stream that the requester had acknowledged; -1 unknown.</param>
    /// <param name="responderHad">Octets of the requests' stream that the responder had acknowledged; -1 unknown.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CanAnswer(long requestOffset, long requesterHad, long responderHad, long offset) =>
        (responderHad < 0 || responderHad > requestOffset) && (requesterHad < 0 || requesterHad <= offset);

    /// <summary>Octets that are no message may be an answer that nobody can read, if one could come there.</summary>
    public static bool MayHaveAnswerUnread(in PendingExchange pending, MessageReader responder) => responder.UnreadFrom >= 0
        && CanAnswer(
            pending.Exchange.RequestTrace.HeadOffset, pending.RequesterHad, responder.UnreadAcknowledged, responder.UnreadFrom);

    /// <summary>
    /// The last request that is there had its answer in the hole: what the hole hides begins where that answer began, and the
    /// responder had more by now than this request, and a FIN. The response is for one that is still to come.
    /// </summary>
    private static bool IsPassed(ExchangeRing ring, int at, MessageReader responder, long requested)
    {
        ref var last = ref ring[at];
        return at == ring.Count - 1 && last.RequestEnded
            && last.RequesterHad >= responder.UnreadFrom && last.RequesterHad < responder.Message.HeadOffset
            && responder.Message.Acknowledged > requested + 1;
    }

    /// <summary>
    /// After a hole, or an answer that nobody can read: a client that does not pipeline has the answer to each request before
    /// it sends the next, so the response answers the last request that it can answer. Two requests with the same
    /// acknowledgment were pipelined: then nothing tells how many of their answers are lost, and counting from the first of them is
    /// the best guess.
    /// </summary>
    private static int CountPassed(ExchangeRing ring, int first, long responderHad, long offset)
    {
        var skipped = 0;
        for (var at = first + 1; at < ring.Count; at++)
        {
            ref var next = ref ring[at];
            if (!next.HasRequest || next.ResponseBegan || !CanAnswer(next.Exchange.RequestTrace.HeadOffset, next.RequesterHad, responderHad, offset))
            {
                break;
            }

            if (responderHad < 0)
            {
                return 0;
            }

            if (next.RequesterHad <= ring[at - 1].RequesterHad)
            {
                break;
            }

            skipped++;
        }

        return skipped;
    }

    /// <summary>The exchange of a response that came before its request in the capture; -1 where none waits for it.</summary>
    public static int FindEarlyResponse(ExchangeRing ring, MessageReader requester)
    {
        for (var at = 0; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            if (pending.Absence == RequestAbsence.None)
            {
                continue;
            }

            // Its sender did not have this request, or the client had it already: it answers an earlier one, which was lost.
            var isLate = pending.Absence == RequestAbsence.Late;
            var isEarlier = pending.ResponderHad >= 0 && pending.ResponderHad <= requester.Message.HeadOffset;
            if (isLate && !isEarlier && requester.Message.Acknowledged <= pending.ResponseOffset)
            {
                return at;
            }

            pending.Absence = isLate ? RequestAbsence.NotCaptured : pending.Absence;

            // 1xx alone: its final response, if any, cannot be told from this request's.
            pending.Settled |= !pending.ResponseBegan;
        }

        return -1;
    }
}
