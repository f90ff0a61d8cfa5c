using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>What follows HTTP/1.</summary>
internal sealed partial class HttpConversation
{
    /// <summary>Reads both streams since they left HTTP; null where nobody knows the protocol.</summary>
    private ISuccessor? _successor;

    public ConnectionId Connection => _id;

    /// <summary>Octets beyond HTTP.</summary>
    public void GiveOn(in StreamChunk chunk) => _successor?.Read(chunk);

    /// <summary>The exchange's response is 101: the rest of both streams is the other protocol's.</summary>
    private void SwitchBy(int entry, ApplicationProtocol protocol)
    {
        ref var pending = ref Bench().Ring[entry];

        // A request that is late, or lost, leaves no place where its stream changes.
        var requestIsWhole = pending.HasRequest && pending.RequestEnded && pending.RequestFate == MessageFate.Whole;
        ProtocolSwitch change = new()
        {
            Connection = _id,
            Protocol = protocol,
            Requester = _requester,
            Request = pending.Exchange.Request,
            RequestTrace = pending.Exchange.RequestTrace,
            Exchanges = _ledger.Given + entry + 1,
            TunnelDepth = _tunnelDepth,
            Response = pending.Exchange.Response,
            RequesterFrom = requestIsWhole ? pending.Exchange.RequestTrace.EndOffset : -1,
            ResponderFrom = pending.Exchange.ResponseTrace.EndOffset,
            Packet = pending.Exchange.ResponseTrace.End,
        };

        // What follows may have exchanges of its own at once: this one is told of before them.
        GiveOver(Bench());
        HandOver(change);
    }

    /// <summary>RFC 9113 §3.4: after the client's preface the server speaks HTTP/2 too, and says so in binary.</summary>
    private void SwitchByPreface(MessageReader sender) => HandOver(new ProtocolSwitch
    {
        Connection = _id,
        Protocol = ApplicationProtocol.Http2,
        Requester = sender.Side,
        Exchanges = _ledger.Given,
        TunnelDepth = _tunnelDepth,
        RequesterFrom = sender.Message.HeadOffset,
        ResponderFrom = Bench()[sender.Side.Other()].BeyondMessages,
        Packet = sender.Packet,
    });

    private void HandOver(in ProtocolSwitch change)
    {
        _successor = stage.Succession.Begin(change);
        var bench = Bench();
        bench.Client.LeaveHttp();
        bench.Server.LeaveHttp();
    }

    private SuccessorRecord? EndSuccessor(in TcpSummary tcp)
    {
        var record = _successor?.Close(tcp);
        _successor = null;
        return record;
    }
}
