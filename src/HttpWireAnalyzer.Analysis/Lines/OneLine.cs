using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>The line on its own: each stage calls the next, directly.</summary>
internal sealed class OneLine : IEntrance
{
    private readonly ConnectionTracker _tracker;

    public OneLine(IExchangeSink sink, AnalysisOptions options, AnalysisTaps taps)
    {
        var conversations = new HttpConversations(sink, options.Http);
        IStreamSink streams = taps.Streams is null ? conversations : new StreamTee(taps.Streams, conversations);
        _tracker = new ConnectionTracker(streams, options.Tracker, taps.Packets);
        Segments = taps.Packets is null ? _tracker : new SegmentTee(_tracker, taps.Packets);
    }

    public ISegmentSink Segments { get; }

    public bool LooksAhead => _tracker.IsSpread;

    public long LateSegments => _tracker.LateSegments;

    public long Evicted => _tracker.Evicted;

    public void Prepare(in TupleKey key) => _tracker.Prepare(key);

    public void Tick(Timestamp tick, PacketRef before, long begun) => _tracker.Advance(tick, begun);

    public void AfterBatch()
    {
    }

    public void Finish() => _tracker.Finish();

    public void Dispose()
    {
    }
}
