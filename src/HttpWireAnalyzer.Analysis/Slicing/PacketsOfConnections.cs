using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Slicing;

/// <summary>
/// Lets the packets of the chosen connections through, and the ICMP errors that quote them. It is given as both taps:
/// whose an error is, tracking says before the packet comes.
/// </summary>
/// <param name="isChosen">Of a connection, by its number.</param>
public sealed class PacketsOfConnections(Predicate<int> isChosen, IPacketSink next) : IPacketSink, IStreamSink
{
    private PacketRef _quoting;

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (isChosen(tracked.Connection.Number))
        {
            next.OnTracked(segment, tracked);
        }
    }

    public void OnRemark(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.IcmpError && isChosen(remark.Connection.Number))
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

    public void OnUndecodable(in UndecodablePacket packet)
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

    public uint StateInputs => 0;

    public void OnClosed(in TcpSummary summary)
    {
    }
}
