using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// The Message stage: streams in, exchanges out. Holds one conversation for each connection; what tracking says is
/// passed on in its place.
/// </summary>
public sealed class HttpConversations : IStreamSink
{
    private readonly IExchangeSink _sink;
    private readonly WorkbenchPool _pool;

    /// <summary>By slot; a conversation is used again for the slot's next connection.</summary>
    private HttpConversation?[] _conversations = new HttpConversation?[64];

    public HttpConversations(IExchangeSink sink, HttpLimits limits)
    {
        _sink = sink;
        _pool = new WorkbenchPool(limits, new HeadCache(limits));
    }

    public void OnOpened(in ConnectionOpening opening)
    {
        int slot = opening.Connection.Slot;
        if (slot >= _conversations.Length)
        {
            Array.Resize(ref _conversations, Math.Max(slot + 1, _conversations.Length * 2));
        }

        HttpConversation conversation = _conversations[slot] ??= new HttpConversation(_sink, _pool);
        conversation.Open(opening);
        _sink.OnOpened(opening);
    }

    public void OnChunk(in StreamChunk chunk) => Of(chunk.Connection).Read(chunk);

    public void OnGap(in StreamGap gap)
    {
        _sink.OnGap(gap);
        Of(gap.Connection).Skip(gap);
    }

    public void OnEnd(in StreamEnd end) => Of(end.Connection).End(end);

    public void OnStateChange(in TcpStateChange change) => _sink.OnStateChange(change);

    public void OnRemark(in TcpRemark remark) => _sink.OnTcpRemark(remark);

    public void OnClosed(in TcpSummary summary) => _sink.OnClosed(summary, Of(summary.Connection).Close(summary));

    private HttpConversation Of(ConnectionId connection) => _conversations[connection.Slot]!;
}
