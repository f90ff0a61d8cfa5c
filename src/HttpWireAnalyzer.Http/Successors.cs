using HttpWireAnalyzer.Http.WebSocket;

namespace HttpWireAnalyzer.Http;

/// <summary>The protocols that are read after HTTP/1.</summary>
internal sealed class Successors(HttpLimits limits) : ISuccession
{
    public ISuccessor? Begin(in ProtocolSwitch change) => change.Protocol switch
    {
        ApplicationProtocol.WebSocket => new WebSocketConversation(change, limits),
        _ => null,
    };
}
