using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Lets what was told be seen soon, and once a second says what was captured and what was lost.</summary>
/// <param name="flush">Writes out what was told.</param>
/// <param name="onLoss">Told once a second in which more was lost.</param>
/// <param name="line">Where a line may be written over and over; null where none is wanted.</param>
internal sealed class LiveWatch(LiveSource source, Action flush, Action<LiveCounters>? onLoss, TextWriter? line)
    : IAnalysisProgress
{
    /// <summary>A write for each packet would cost more than the packet; a person sees nothing shorter.</summary>
    private static readonly TimeSpan BetweenFlushes = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, LiveCounters> _told = [];
    private TimeSpan _nextFlush;
    private TimeSpan _nextLook = BetweenLooks;
    private bool _shown;

    public void OnProgress(long packets, long octets)
    {
        var now = _clock.Elapsed;
        if (now >= _nextFlush)
        {
            Clear();
            flush();
            _nextFlush = now + BetweenFlushes;
        }

        if (now >= _nextLook)
        {
            _nextLook = now + BetweenLooks;
            Look(packets, octets, now);
        }
    }

    /// <summary>Takes the line away, before something else is written.</summary>
    public void Clear()
    {
        if (_shown)
        {
            _shown = false;
            line!.Write("\r\e[K");
        }
    }

    private void Look(long packets, long octets, TimeSpan now)
    {
        foreach (var counters in source.Counters)
        {
            if (onLoss is not null && LossOf(counters) != LossOf(_told.GetValueOrDefault(counters.Interface)))
            {
                onLoss(counters);
            }

            _told[counters.Interface] = counters;
        }

        if (line is null)
        {
            return;
        }

        var lost = source.Counters.Sum(each => each.DroppedByKernel + each.DroppedByInterface);
        var shed = source.Counters.Aggregate(default(ShedCounts), (sum, each) => sum.Plus(each.Shed));
        _shown = true;
        line.Write(
            $"\r{Quantity.Duration((long)now.TotalNanoseconds)}  {Quantity.Count(packets)} packets, {Quantity.Octets(octets)}"
            + $"  {Quantity.Count(lost)} lost{(shed == default ? "" : $", {Quantity.Octets(shed.Octets)} given up")}\e[K");
    }

    private static (long, long, ShedCounts) LossOf(LiveCounters? counters) => counters is null
        ? default
        : (counters.DroppedByKernel, counters.DroppedByInterface, counters.Shed);
}
