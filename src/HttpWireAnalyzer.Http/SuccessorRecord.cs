namespace HttpWireAnalyzer.Http;

/// <summary>What was read of the protocol that followed HTTP/1 on a connection.</summary>
public abstract record SuccessorRecord
{
    private protected SuccessorRecord()
    {
    }

    /// <summary>Adds to the summary what there is to be added.</summary>
    internal virtual void AddTo(ref HttpSummary http)
    {
    }
}
