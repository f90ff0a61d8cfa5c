using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// Lets the packets of the connections through that the first pass accepted, and the ICMP errors that quote them. It
/// is given as both taps: whose an error is, tracking says before the packet comes.
/// </summary>
public sealed class PacketsOfConnections(ConnectionTruths truths, IPacketSink next) : IPacketSink, IStreamSink
{
    private PacketRef _quoting;

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (truths.Accepts(tracked.Connection.Number))
        {
            next.OnTracked(segment, tracked);
        }
    }

    public void OnRemark(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.IcmpError && truths.Accepts(remark.Connection.Number))
        {
            _quoting = remark.Packet;
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        if (error.Packet == _quoting)
        {
            next.OnIcmpError(error);
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
    }

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

    public void OnClosed(in TcpSummary summary)
    {
    }
}
