using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Gives each segment to the line that has its connection: by a hash of the 4-tuple, either way round.</summary>
internal sealed class Dispatcher(SegmentStretch[] stretches) : ISegmentSink
{
    /// <summary>Octets given to the fullest of the lines since <see cref="Begin"/>.</summary>
    public int FullestOctets { get; private set; }

    /// <summary>A new stretch of the capture begins, in cleared stretches.</summary>
    public void Begin() => FullestOctets = 0;

    public void OnSegment(in TcpSegment segment)
    {
        var stretch = StretchOf(segment.Key);
        stretch.Add(segment);
        FullestOctets = int.Max(FullestOctets, stretch.OctetCount);
    }

    public void OnIcmpError(in IcmpError error) => StretchOf(new TupleKey(error.QuotedSource, error.QuotedDestination)).Add(error);

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
    }

    /// <summary>A tick comes to every line.</summary>
    public void Tick(Timestamp tick, PacketRef before, long begun)
    {
        foreach (var stretch in stretches)
        {
            stretch.AddTick(tick, before, begun);
        }
    }

    private SegmentStretch StretchOf(in TupleKey key) =>
        stretches[ConnectionTracker.ShareOf(key, stretches.Length)];
}
