using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>From a record and back to it.</summary>
internal sealed partial class HttpConversation
{
    /// <summary>The record can hold all that is to be kept.</summary>
    public bool CanRest =>
        _bench is null && _successor is null && _dropped == 0 && _responderHoleEnd == 0 && _requesterHoleEnd == 0
        && _client.State != ReaderState.Hunt && _server.State != ReaderState.Hunt;

    /// <summary>Takes everything from the record, which is not to be used until <see cref="Rest"/>.</summary>
    public void TakeOver(in ConversationRecord record, ConnectionId connection)
    {
        _id = connection;
        _ledger = record.Ledger;
        _client = new ReaderPlace(record.ClientPosition, record.ClientState, 0, default);
        _server = new ReaderPlace(record.ServerPosition, record.ServerState, 0, default);
        _requesterKnown = record.RequesterKnown;
        _requester = record.Requester;
        _protocol = record.Protocol;
        _switchedTo = record.SwitchedTo;
        _cameEarly = record.CameEarly;
        _tunnelDepth = record.TunnelDepth;
        _confidence = record.Confidence;
        _requestsLost = record.RequestsLost;
        _dropped = 0;
        _responderHoleEnd = 0;
        _requesterHoleStart = 0;
        _requesterHoleEnd = 0;
        _clientEnd = record.EndOf(Side.Client);
        _serverEnd = record.EndOf(Side.Server);
        _endPacket = record.EndPacket;
        if (record.Waiting > 0)
        {
            TakeWaiting(record);
        }
    }

    /// <summary>A stream that is joined in the middle is one with a hole before it.</summary>
    public void BeginMidstream(PacketRef first)
    {
        _client = new ReaderPlace(0, ReaderState.Hunt, 0, first);
        _server = _client;
    }

    public void Rest(ref ConversationRecord record)
    {
        record.Ledger = _ledger;
        record.ClientPosition = _client.Position;
        record.ServerPosition = _server.Position;
        record.ClientState = _client.State;
        record.ServerState = _server.State;
        record.RequesterKnown = _requesterKnown;
        record.Requester = _requester;
        record.Protocol = _protocol;
        record.SwitchedTo = _switchedTo;
        record.CameEarly = _cameEarly;
        record.TunnelDepth = _tunnelDepth;
        record.Confidence = _confidence;
        record.RequestsLost = _requestsLost;
        record.NoteEnd(Side.Client, _clientEnd);
        record.NoteEnd(Side.Server, _serverEnd);
        record.EndPacket = _endPacket;
        _ledger = default;
    }

    /// <summary>What waits goes on to wait in the ring, as if its readers had been here all the time.</summary>
    private void TakeWaiting(in ConversationRecord record)
    {
        var bench = Bench();
        var at = record.FirstWaiting;
        for (var count = 0; count < record.Waiting; count++)
        {
            ref var request = ref stage.Waiting[at];
            request.Tell(ref bench.Ring.Insert(count), record.Confidence);
            at = request.Next;
        }

        if (record.UnderWay > 0)
        {
            ref var response = ref stage.UnderWay[record.UnderWay - 1];
            response.Tell(ref bench.Ring[0]);
            bench[Responder].BeginWithin(response);
        }
    }
}
