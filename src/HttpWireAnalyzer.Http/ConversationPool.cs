namespace HttpWireAnalyzer.Http;

/// <summary>Conversations and workbenches that nobody uses at the moment.</summary>
internal sealed class ConversationPool(HttpStage stage)
{
    /// <summary>
    /// Beyond these the garbage collector has them: together less than 1 MiB, and a burst of half-read heads does not
    /// stay for ever.
    /// </summary>
    private const int KeptFree = 512;

    private readonly Stack<HttpConversation> _conversations = new();
    private readonly Stack<Workbench> _benches = new();

    public HttpConversation Rent() =>
        _conversations.TryPop(out var free) ? free : new HttpConversation(stage, this);

    public void Return(HttpConversation conversation)
    {
        if (_conversations.Count < KeptFree)
        {
            _conversations.Push(conversation);
        }
    }

    public Workbench RentBench() =>
        _benches.TryPop(out var free) ? free : new Workbench(stage.Limits, stage.Heads);

    public void Return(Workbench bench)
    {
        bench.Clear();
        if (_benches.Count < KeptFree)
        {
            _benches.Push(bench);
        }
    }
}
