using System.Diagnostics;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Decode, Track and Message for one share of the connections. It knows of no other line.</summary>
internal sealed class Line
{
    /// <summary>
    /// Packets from the fetching of one to its use. Another processor has read them, whose cache is some 300 ns away.
    /// </summary>
    private const int FetchedAhead = 2 * ConnectionTracker.PreparedAhead;

    /// <summary>Octets fetched of a packet: its headers, and where the payload begins. The processor sees the rest coming.</summary>
    private const int FetchedOctets = 128;

    private readonly EventRecorder? _recorder;
    private readonly ConnectionTracker _tracker;
    private readonly FrameDecoder _decoder;

    /// <summary>One of several, whose events are brought together.</summary>
    /// <param name="recorder">Takes what it says, and is told what each was said on.</param>
    public Line(AnalysisOptions options, EventRecorder recorder)
        : this(options, (IExchangeSink)recorder) => _recorder = recorder;

    /// <summary>The only one.</summary>
    public Line(AnalysisOptions options, IExchangeSink sink)
    {
        _tracker = new ConnectionTracker(new HttpConversations(sink, options.Http), options.Tracker);
        _decoder = new FrameDecoder(_tracker, options.Decoder);
    }

    /// <summary>What was decoded here, which is not all that it was given.</summary>
    public DecodeCounts Counts => _decoder.Counts;

    public long LateSegments => _tracker.LateSegments;

    public long Evicted => _tracker.Evicted;

    /// <summary>Takes its part of a stretch of the capture through.</summary>
    public void Work(Stretch stretch, StretchPart part)
    {
        for (var i = 0; i < part.Count; i++)
        {
            Fetch(stretch, part, i + FetchedAhead);
            Prepare(stretch, part, i + ConnectionTracker.PreparedAhead);
            ref readonly var item = ref part[i];
            switch (item.Kind)
            {
                case ItemKind.Packet:
                    var batch = stretch[item.Batch];
                    ref readonly var record = ref batch[item.At];
                    On(Occasion.Packet(record.Packet.Number));
                    _decoder.Decode(record, batch.OctetsOf(record));
                    break;
                case ItemKind.Segment:
                    var segment = part.Segments.At(item.At, stretch);
                    On(Occasion.Packet(segment.Packet.Number));
                    _tracker.OnSegment(segment);
                    break;
                case ItemKind.IcmpError:
                    var error = part.Errors[item.At];
                    On(Occasion.Packet(error.Packet.Number));
                    _tracker.OnIcmpError(error);
                    break;
                case ItemKind.Tick:
                    var tick = part.Ticks[item.At];
                    On(Occasion.Tick(tick.Before.Number));
                    _tracker.Advance(tick.Time, tick.Begun);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (stretch.IsLast)
        {
            On(Occasion.End);
            _tracker.Finish();
        }

        _recorder?.EndStretch();
    }

    private void On(Occasion occasion)
    {
        if (_recorder is { } recorder)
        {
            recorder.Now = occasion;
        }
    }

    private static void Fetch(Stretch stretch, StretchPart part, int index)
    {
        if (index >= part.Count)
        {
            return;
        }

        var item = part[index];
        if (item.Kind == ItemKind.Packet)
        {
            var batch = stretch[item.Batch];
            ref readonly var record = ref batch[item.At];
            CacheLines.Prefetch(
                batch.Buffer.Octets.AsSpan(record.Offset, int.Min(record.CapturedLength, FetchedOctets)));
        }
        else if (item.Kind == ItemKind.Segment)
        {
            part.Segments.Fetch(item.At, stretch, FetchedOctets);
        }
    }

    private void Prepare(Stretch stretch, StretchPart part, int index)
    {
        if (_tracker.IsSpread && index < part.Count && TryGuessHash(stretch, part, part[index], out var hash))
        {
            _tracker.Prepare(hash);
        }
    }

    private static bool TryGuessHash(Stretch stretch, StretchPart part, StretchItem item, out uint hash)
    {
        hash = 0;
        switch (item.Kind)
        {
            case ItemKind.Packet:
                var batch = stretch[item.Batch];
                ref readonly var record = ref batch[item.At];
                return FrameDecoder.TryGuessHash(record, batch.OctetsOf(record), out hash);
            case ItemKind.Segment:
                hash = part.Segments.KeyOf(item.At).Hash;
                return true;
            default:
                return false;
        }
    }
}
