using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Two sinks in place of one: the first has seen an event before the second does.</summary>
internal sealed class StreamTee(IStreamSink first, IStreamSink second) : IStreamSink
{
    public void OnOpened(in ConnectionOpening opening)
    {
        first.OnOpened(opening);
        second.OnOpened(opening);
    }

    public void OnChunk(in StreamChunk chunk)
    {
        first.OnChunk(chunk);
        second.OnChunk(chunk);
    }

    public void OnGap(in StreamGap gap)
    {
        first.OnGap(gap);
        second.OnGap(gap);
    }

    public void OnEnd(in StreamEnd end)
    {
        first.OnEnd(end);
        second.OnEnd(end);
    }

    public void OnStateChange(in TcpStateChange change)
    {
        first.OnStateChange(change);
        second.OnStateChange(change);
    }

    public uint StateInputs => first.StateInputs | second.StateInputs;

    public void OnRemark(in TcpRemark remark)
    {
        first.OnRemark(remark);
        second.OnRemark(remark);
    }

    public void OnClosed(in TcpSummary summary)
    {
        first.OnClosed(summary);
        second.OnClosed(summary);
    }
}
