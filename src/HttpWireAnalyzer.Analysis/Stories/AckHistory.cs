using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What only the packets of one connection tell: how far each end had acknowledged the other, packet by packet.</summary>
public sealed class AckHistory(int number) : IPacketSink
{
    /// <summary>Advances kept for each end, the latest ones: the end of a connection is what is asked for.</summary>
    private const int MaxAdvances = 4096;

    /// <summary>ICMP errors whose reporter is kept; a connection with more has made its point.</summary>
    private const int MaxReporters = 256;

    private (Endpoint One, Endpoint Other)? _ends;
    private readonly Dictionary<long, Address> _reporters = [];
    private readonly PacketRef[] _lastOctets = new PacketRef[2];
    private readonly long[] _sent = new long[2];
    private readonly Queue<Advance>[] _advances = [new(), new()];
    private readonly long[] _reached = [-1, -1];

    /// <summary>How far the advances that are not kept any more had come.</summary>
    private readonly long[] _forgotten = [-1, -1];

    /// <summary>Times when an end sent on as soon as it was acknowledged.</summary>
    public AckWaits Waits { get; } = new();

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (tracked.Connection.Number != number)
        {
            return;
        }

        _ends ??= (segment.Source, segment.Destination);
        Waits.Add(segment, tracked);
        NoteOctets(segment, tracked);
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
            _forgotten[side] = long.Max(_forgotten[side], _advances[side].Dequeue().Acknowledged);
        }

        _advances[side].Enqueue(new Advance(segment.Packet, tracked.Acknowledged));
    }

    /// <summary>The packet that brought the last new octets of that side; none where it sent none.</summary>
    public PacketRef LastOctets(Side side) => _lastOctets[(int)side];

    /// <summary>Who sent the ICMP error in this packet; null where it is not known.</summary>
    public Address? ReporterOf(PacketRef packet) =>
        _reporters.TryGetValue(packet.Number, out var reporter) ? reporter : null;

    private void NoteOctets(in TcpSegment segment, in TrackedSegment tracked)
    {
        var side = (int)tracked.Sender;
        var end = tracked.Offset + segment.PayloadLengthOnWire;
        if (tracked.Offset >= 0 && segment.PayloadLengthOnWire > 0 && end > _sent[side])
        {
            _sent[side] = end;
            _lastOctets[side] = segment.Packet;
        }
    }

    /// <summary>
    /// The first packet of <paramref name="side"/> to acknowledge the other stream up to <paramref name="offset"/>; none where
    /// there is none, or it was not kept.
    /// </summary>
    public PacketRef FirstCovering(Side side, long offset)
    {
        if (offset <= _forgotten[(int)side])
        {
            return default;
        }

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
        if (_ends is { } ends && _reporters.Count < MaxReporters
            && (ends == (error.QuotedSource, error.QuotedDestination) || ends == (error.QuotedDestination, error.QuotedSource)))
        {
            _reporters[error.Packet.Number] = error.Reporter;
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    private readonly record struct Advance(PacketRef Packet, long Acknowledged);
}
