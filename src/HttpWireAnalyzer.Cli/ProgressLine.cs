using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>One line on standard error that says how far a long file has been read.</summary>
internal sealed class ProgressLine(TextWriter error, IReadProgress? source) : IAnalysisProgress
{
    private const int BarWidth = 30;

    /// <summary>A run shorter than this shows nothing.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Delay;
    private bool _shown;

    public void OnProgress(long packets, long octets)
    {
        var now = _clock.Elapsed;
        if (now < _next)
        {
            return;
        }

        _next = now + Interval;
        _shown = true;
        error.Write($"\r{Bar()}{Quantity.Count(packets)} packets, {Quantity.Octets(octets)}\e[K");
    }

    public void Clear()
    {
        if (_shown)
        {
            _shown = false;
            error.Write("\r\e[K");
        }
    }

    private string Bar()
    {
        if (source is not { OctetsInAll: > 0 and var all } reading)
        {
            return "";
        }

        var share = double.Clamp((double)reading.OctetsRead / all, 0, 1);
        var filled = (int)(share * BarWidth);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {share * 100:0} %  ");
    }
}
