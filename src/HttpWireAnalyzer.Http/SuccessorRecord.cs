namespace HttpWireAnalyzer.Http;

/// <summary>What was read of the protocol that followed HTTP/1 on a connection.</summary>
public abstract record SuccessorRecord
{
    private protected SuccessorRecord()
    {
    }

    /// <summary>The summary with what this adds to it.</summary>
    internal virtual HttpSummary AddTo(in HttpSummary http) => http;
}
