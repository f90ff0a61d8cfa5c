using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>Gives the octets of one connection, in the order in which they became readable, to a format.</summary>
/// <param name="number">The connection's number.</param>
/// <param name="side">Only what this side sent; null for both.</param>
public sealed class StreamFollower(int number, Side? side, IOctetSink format) : IStreamSink
{
    /// <summary>The capture has such a connection.</summary>
    public bool Found { get; private set; }

    /// <summary>How many connections the capture has.</summary>
    public int Connections { get; private set; }

    public void OnOpened(in ConnectionOpening opening)
    {
        Connections++;
        Found |= opening.Connection.Number == number;
    }

    public void OnChunk(in StreamChunk chunk)
    {
        if (chunk.Connection.Number == number && chunk.Sender == (side ?? chunk.Sender))
        {
            format.OnOctets(chunk.Sender, chunk.Offset, chunk.Contiguous, chunk.Octets);
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (gap.Connection.Number == number && gap.Sender == (side ?? gap.Sender))
        {
            format.OnGap(gap);
        }
    }

    public void OnEnd(in StreamEnd end)
    {
    }

    public void OnStateChange(in TcpStateChange change)
    {
    }

    public uint StateInputs => 0;

    public void OnRemark(in TcpRemark remark)
    {
    }

    public void OnClosed(in TcpSummary summary)
    {
        if (summary.Connection.Number == number)
        {
            format.End();
        }
    }
}

/// <summary>Takes the octets of one connection.</summary>
public interface IOctetSink
{
    void OnOctets(Side sender, long offset, PacketRef packet, ReadOnlySpan<byte> octets);

    void OnGap(in StreamGap gap);

    void End();
}
