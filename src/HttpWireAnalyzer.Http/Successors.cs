using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;

namespace HttpWireAnalyzer.Http;

/// <summary>The protocols that are read after HTTP/1.</summary>
internal sealed class Successors(IExchangeSink sink, HttpLimits limits) : ISuccession
{
    public ISuccessor? Begin(in ProtocolSwitch change) => change.Protocol switch
    {
        ApplicationProtocol.Http2 => new Http2Conversation(change, sink, limits),
        ApplicationProtocol.WebSocket => new WebSocketConversation(change, limits),
        _ => null,
    };
}
