using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Gives each packet to the line that has its connection: by a hash of the 4-tuple, either way round. What a glance
/// does not tell the 4-tuple of is decoded here.
/// </summary>
internal sealed class Dispatcher : ISegmentSink
{
    private readonly FrameDecoder _decoder;
    private readonly int _lines;
    private Stretch _stretch;
    private bool _isAhead;
    private long _begun;

    public Dispatcher(AnalysisOptions options, int lines, Stretch first)
    {
        _decoder = new FrameDecoder(this, options.Decoder);
        _lines = lines;
        _stretch = first;
    }

    /// <summary>What was decoded here.</summary>
    public DecodeCounts Counts => _decoder.Counts;

    /// <summary>Another stretch of the capture begins.</summary>
    /// <param name="isAhead">The lines have enough to do: what they would decode is decoded here.</param>
    public void Begin(Stretch stretch, bool isAhead)
    {
        _stretch = stretch;
        _isAhead = isAhead;
    }

    /// <summary>Packets of the batch that is filled now.</summary>
    public void Take(int first, int end)
    {
        var batch = _stretch[_stretch.Last];
        for (var i = first; i < end; i++)
        {
            ref readonly var record = ref batch[i];
            var octets = batch.OctetsOf(record);
            if (!_isAhead && FrameDecoder.TryPeek(record, octets, out var key, out var flags))
            {
                _begun += (flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn ? 1 : 0;
                PartOf(key).Add(_stretch.Last, i);
            }
            else
            {
                _decoder.Decode(record, octets);
            }
        }
    }

    /// <summary>A tick comes to every line.</summary>
    public void Tick(Timestamp tick, PacketRef before)
    {
        foreach (var part in _stretch.Parts)
        {
            part.Add(new StretchTick(tick, before, _begun + _decoder.Counts.Syns));
        }
    }

    public void OnSegment(in TcpSegment segment) =>
        PartOf(segment.Key).Add(segment, _stretch, _stretch.Last);

    public void OnIcmpError(in IcmpError error) =>
        PartOf(new TupleKey(error.QuotedSource, error.QuotedDestination)).Add(error);

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    private StretchPart PartOf(in TupleKey key) =>
        _stretch.Parts[_lines == 1 ? 0 : ConnectionTracker.ShareOf(key, _lines)];
}
