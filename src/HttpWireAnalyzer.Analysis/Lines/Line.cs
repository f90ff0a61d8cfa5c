using System.Diagnostics;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Track and Message for one share of the connections. It knows of no other line.</summary>
internal sealed class Line
{
    private readonly EventRecorder _recorder = new(new EventLog());
    private readonly ConnectionTracker _tracker;

    public Line(AnalysisOptions options) =>
        _tracker = new ConnectionTracker(new HttpConversations(_recorder, options.Http), options.Tracker);

    public long LateSegments => _tracker.LateSegments;

    public long Evicted => _tracker.Evicted;

    /// <summary>Takes one stretch of the capture through; what it gives goes to <paramref name="log"/>.</summary>
    public void Work(SegmentStretch stretch, EventLog log)
    {
        _recorder.Log = log;
        var prepared = _tracker.IsSpread ? ConnectionTracker.PreparedAhead : stretch.Count;
        for (var i = 0; i < stretch.Count; i++)
        {
            if (i + prepared < stretch.Count && stretch.KindOf(i + prepared) == ItemKind.Segment)
            {
                _tracker.Prepare(stretch.KeyOf(i + prepared));
            }

            var packet = stretch.PacketOf(i);
            switch (stretch.KindOf(i))
            {
                case ItemKind.Segment:
                    _recorder.Now = Occasion.Packet(packet.Number);
                    _tracker.OnSegment(stretch.SegmentAt(i));
                    break;
                case ItemKind.IcmpError:
                    _recorder.Now = Occasion.Packet(packet.Number);
                    _tracker.OnIcmpError(stretch.ErrorAt(i));
                    break;
                case ItemKind.Tick:
                    _recorder.Now = Occasion.Tick(packet.Number);
                    _tracker.Advance(packet.Time, stretch.BegunBefore(i));
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (stretch.IsLast)
        {
            _recorder.Now = Occasion.End;
            _tracker.Finish();
        }
    }
}
