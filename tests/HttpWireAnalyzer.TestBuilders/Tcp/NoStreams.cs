using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.TestBuilders.Tcp;

/// <summary>Takes all that tracking gives and keeps nothing: to measure what tracking itself costs.</summary>
public sealed class NoStreams : IStreamSink
{
    public void OnOpened(in ConnectionOpening opening)
    {
    }

    public void OnChunk(in StreamChunk chunk)
    {
    }

    public void OnGap(in StreamGap gap)
    {
    }

    public void OnEnd(in StreamEnd end)
    {
    }

    public void OnStateChange(in TcpStateChange change)
    {
    }

    public void OnRemark(in TcpRemark remark)
    {
    }

    public void OnClosed(in TcpSummary summary)
    {
    }
}
