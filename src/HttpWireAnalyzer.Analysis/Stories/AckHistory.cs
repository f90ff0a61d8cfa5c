using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>How far each end of one connection had acknowledged the other, packet by packet.</summary>
public sealed class AckHistory(int number) : IPacketSink
{
    /// <summary>Advances kept for each end, the latest ones: the end of a connection is what is asked for.</summary>
    private const int MaxAdvances = 4096;

    private readonly Queue<Advance>[] _advances = [new(), new()];
    private readonly long[] _reached = [-1, -1];

    /// <summary>Times when an end sent on as soon as it was acknowledged.</summary>
    public AckWaits Waits { get; } = new();

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (tracked.Connection.Number != number)
        {
            return;
        }

        Waits.Add(segment, tracked);
        if (tracked.Acknowledged < 0)
        {
            return;
        }

        var side = (int)tracked.Sender;
        // A RST is kept even where it says nothing new: what it covers is the question.
        if (tracked.Acknowledged <= _reached[side] && (segment.Header.Flags & TcpFlags.Rst) == 0)
        {
            return;
        }

        _reached[side] = long.Max(_reached[side], tracked.Acknowledged);
        if (_advances[side].Count == MaxAdvances)
        {
            _advances[side].Dequeue();
        }

        _advances[side].Enqueue(new Advance(segment.Packet, tracked.Acknowledged));
    }

    /// <summary>The first packet of <paramref name="side"/> known to acknowledge the other stream up to <paramref name="offset"/>.</summary>
    public PacketRef FirstCovering(Side side, long offset)
    {
        foreach (var advance in _advances[(int)side])
        {
            if (advance.Acknowledged >= offset)
            {
                return advance.Packet;
            }
        }

        return default;
    }

    /// <summary>How far exactly this packet acknowledges; -1 where it does not, or was not kept.</summary>
    public long At(Side side, PacketRef packet)
    {
        foreach (var advance in _advances[(int)side])
        {
            if (advance.Packet == packet)
            {
                return advance.Acknowledged;
            }
        }

        return -1;
    }

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
    }

    private readonly record struct Advance(PacketRef Packet, long Acknowledged);
}
