namespace HttpWireAnalyzer.Http;

/// <summary>The protocols that are read after HTTP/1.</summary>
internal sealed class Successors : ISuccession
{
    public ISuccessor? Begin(in ProtocolSwitch change) => null;
}
