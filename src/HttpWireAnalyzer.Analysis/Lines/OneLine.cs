using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>The line on its own: each stage calls the next, directly.</summary>
internal sealed class OneLine : IEntrance
{
    private readonly ConnectionTracker _tracker;
    private readonly FrameDecoder _decoder;
    private readonly IAnalysisProgress? _progress;

    public OneLine(IExchangeSink sink, AnalysisOptions options, AnalysisTaps taps)
    {
        _progress = taps.Progress;
        var conversations = new HttpConversations(sink, options.Http);
        IStreamSink streams = taps.Streams is null ? conversations : new StreamTee(taps.Streams, conversations);
        _tracker = new ConnectionTracker(streams, options.Tracker, taps.Packets);
        _decoder = new FrameDecoder(
            taps.Packets is null ? _tracker : new SegmentTee(_tracker, taps.Packets), options.Decoder);
    }

    public PacketBatch Batch { get; } = new();

    public DecodeCounts Counts => _decoder.Counts;

    public long LateSegments => _tracker.LateSegments;

    public long Evicted => _tracker.Evicted;

    public void Take(int first, int end)
    {
        var batch = Batch;
        var prepared = _tracker.IsSpread ? ConnectionTracker.PreparedAhead : batch.Count;
        for (var i = first; i < end; i++)
        {
            if (i + prepared < batch.Count)
            {
                Prepare(batch, batch[i + prepared]);
            }

            ref readonly var record = ref batch[i];
            _decoder.Decode(record, batch.OctetsOf(record));
        }
    }

    public void Tick(Timestamp tick, PacketRef before) => _tracker.Advance(tick, _decoder.Counts.Syns);

    public void AfterBatch(long packets, long octets) => _progress?.OnProgress(packets, octets);

    public void Finish() => _tracker.Finish();

    public void Dispose()
    {
    }

    private void Prepare(PacketBatch batch, in PacketRecord record)
    {
        if (FrameDecoder.TryGuessHash(record, batch.OctetsOf(record), out var hash))
        {
            _tracker.Prepare(hash);
        }
    }
}
