using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Reads what most connections carry: clean requests without a body, each whole in one chunk, and clean responses whose
/// head is whole in one chunk and whose body has a known length.
/// </summary>
/// <remarks>
/// It decides nothing: framing, pairing and persistence are asked of the rules that the readers ask, and whatever is not
/// plain is left to <see cref="HttpConversation"/>, at any octet. It only does without a reader, because it looks at no
/// octet twice, and without anything on the heap. A body costs one comparison a chunk.
/// </remarks>
internal sealed class StraightRoad(HttpStage stage)
{
    /// <summary>So that the sum of an offset and a length fits into 63 bits.</summary>
    private const long LengthLimit = long.MaxValue / 2;

    /// <summary>More than this on one connection means that something else is to be decided.</summary>
    private readonly int _waitingLimit =
        Math.Min(stage.Limits.RequestsAwaitingLateResponses, stage.Limits.OutstandingRequests);

    /// <summary>
    /// The exchange that is being given on: used again and not cleared, because it is large, and what the road tells of
    /// one exchange it tells of each.
    /// </summary>
    private PendingExchange _over;

    /// <summary>The response that has just begun.</summary>
    private ResponseUnderWay _begun;

    /// <summary>
    /// All of the chunk belongs to the response under way, and does not end it: there is nothing to do but to pass over it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPassOver(in ConversationRecord record, in StreamChunk chunk)
    {
        ref var response = ref stage.UnderWay[record.UnderWay - 1];
        if (chunk.Sender == record.Requester || response.EndOffset <= chunk.EndOffset)
        {
            return false;
        }

        response.Latest = chunk.Contiguous;
        return true;
    }

    /// <summary>Takes what is plain at the chunk's beginning, and says how many octets that was.</summary>
    public int Take(ref ConversationRecord record, in StreamChunk chunk)
    {
        if (!record.IsPlain)
        {
            return 0;
        }

        var taken = record.RequesterKnown && chunk.Sender != record.Requester
            ? TakeResponses(ref record, chunk)
            : TakeRequests(ref record, chunk);
        record.MoveTo(chunk.Sender, chunk.Offset + taken);
        return taken;
    }

    /// <summary>Forgets what waits, which somebody else knows now.</summary>
    public void Clear(ref ConversationRecord record)
    {
        while (record.Waiting > 0)
        {
            RemoveFirst(ref record, ref stage.Waiting[record.FirstWaiting]);
        }

        if (record.UnderWay > 0)
        {
            EndBody(ref record, ref stage.UnderWay[record.UnderWay - 1]);
        }
    }

    private int TakeRequests(ref ConversationRecord record, in StreamChunk chunk)
    {
        var taken = 0;
        while (taken < chunk.Octets.Length && record.Waiting < _waitingLimit
            && stage.Heads.ReadWhole(chunk.Octets[taken..], StreamOf(chunk)) is RequestHead { IsPlain: true } head)
        {
            if (record.Waiting == 0)
            {
                record.Protocol = ApplicationProtocol.Http1;
                record.RequesterKnown = true;
                record.Requester = chunk.Sender;
                record.FirstWaiting = stage.Waiting.Take();
                record.LastWaiting = record.FirstWaiting;
                stage.Sink.OnBusy(chunk.Connection, chunk.Contiguous);
            }
            else
            {
                var next = stage.Waiting.Take();
                stage.Waiting[record.LastWaiting].Next = next;
                record.LastWaiting = next;
            }

            record.Waiting++;
            ref var request = ref stage.Waiting[record.LastWaiting];
            request.Head = head;
            request.Offset = chunk.Offset + taken;
            request.Contiguous = chunk.Contiguous;
            request.Sent = chunk.Packet.Number;
            request.Acknowledged = chunk.Acknowledged;
            taken += head.Octets.Length;
        }

        return taken;
    }

    private int TakeResponses(ref ConversationRecord record, in StreamChunk chunk)
    {
        var position = chunk.Offset;
        var end = position + chunk.Octets.Length;
        if (record.UnderWay > 0)
        {
            ref var known = ref stage.UnderWay[record.UnderWay - 1];
            position = known.EndOffset;
            Give(ref record, known, chunk);
            EndBody(ref record, ref known);
        }

        while (position < end && record.Waiting > 0)
        {
            if (!TryBegin(record, chunk, position))
            {
                break;
            }

            if (_begun.EndOffset > end)
            {
                record.UnderWay = stage.UnderWay.Take() + 1;
                stage.UnderWay[record.UnderWay - 1] = _begun;
                return chunk.Octets.Length;
            }

            position = _begun.EndOffset;
            Give(ref record, _begun, chunk);
        }

        return (int)(position - chunk.Offset);
    }

    /// <summary>A plain response begins at the position, and answers the request that is due.</summary>
    private bool TryBegin(in ConversationRecord record, in StreamChunk chunk, long position)
    {
        ref var request = ref stage.Waiting[record.FirstWaiting];
        if (!ExchangePairing.CanAnswer(request.Offset, request.Acknowledged, chunk.Acknowledged, position)
            || stage.Heads.ReadWhole(chunk.Octets[(int)(position - chunk.Offset)..], StreamOf(chunk))
                is not ResponseHead { IsPlain: true } head)
        {
            return false;
        }

        var framing = request.Head.RulesOf(head).Framing;
        if (framing.Rule is not (BodyRule.ContentLength or BodyRule.NoBodyByStatusOrHead)
            || framing.Length > LengthLimit - position
            || (record.Waiting > 1 && framing.Rule == BodyRule.NoBodyByStatusOrHead && head.ContentLength > 0))
        {
            // The last: its sender may send the body all the same, and the next answer behind it.
            return false;
        }

        _begun.Head = head;
        _begun.Offset = position;
        _begun.Contiguous = chunk.Contiguous;
        _begun.Latest = chunk.Contiguous;
        _begun.Sent = chunk.Packet.Number;
        _begun.Acknowledged = chunk.Acknowledged;
        _begun.Framing = framing;
        return true;
    }

    private void Give(ref ConversationRecord record, in ResponseUnderWay response, in StreamChunk last)
    {
        ref var request = ref stage.Waiting[record.FirstWaiting];
        _over.Exchange.Anomalies = HttpAnomalies.None;
        _over.Exchange.Persistence = request.Head.RulesOf(response.Head).Persistence;
        request.Tell(ref _over, record.Confidence);
        response.TellWhole(ref _over, last.Contiguous, last.Packet);
        RemoveFirst(ref record, ref request);

        // Both messages are whole, and the response's head says where it ends.
        _over.Exchange.End = ExchangeEnd.Complete;
        if (record.Waiting > 0 && stage.Waiting[record.FirstWaiting].Contiguous.Number > ExchangeLedger.EndedBy(_over).Number)
        {
            // Where the answer waited behind octets that were doubted, the next request was read before it, and sent behind it.
            record.Ledger.GiveDecided(ref _over, last.Connection, record.Requester, 0, stage);
            stage.Sink.OnBusy(last.Connection, stage.Waiting[record.FirstWaiting].Contiguous);
            return;
        }

        record.Ledger.GiveDecided(ref _over, last.Connection, record.Requester, record.Waiting, stage);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RemoveFirst(ref ConversationRecord record, ref WaitingRequest request)
    {
        var first = record.FirstWaiting;
        record.FirstWaiting = request.Next;
        record.Waiting--;
        request.Head = null!;
        stage.Waiting.GiveBack(first);
    }

    private void EndBody(ref ConversationRecord record, ref ResponseUnderWay response)
    {
        response.Head = null!;
        stage.UnderWay.GiveBack(record.UnderWay - 1);
        record.UnderWay = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int StreamOf(in StreamChunk chunk) => (chunk.Connection.Slot * 2) + (int)chunk.Sender;
}
