using System.Runtime.ExceptionServices;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Http;

// Threads are kept out of the stages (style rule 5). This one runs the whole line, for whoever has other things to do.
#pragma warning disable RS0030

namespace HttpWireAnalyzer.Analysis.Live;

/// <summary>
/// A capture that runs beside what is watched: started before it, stopped after it, with all packets in between.
/// </summary>
public sealed class LiveCapture : IDisposable
{
    private readonly LiveSource _source;
    private readonly Thread _thread;
    private CaptureTotals? _totals;
    private ExceptionDispatchInfo? _failure;

    private LiveCapture(LiveSource source, IExchangeSink sink, AnalysisOptions options, AnalysisTaps taps)
    {
        _source = source;
        _thread = new Thread(() => Run(sink, options, taps)) { IsBackground = true, Name = "analysis" };
        _thread.Start();
    }

    /// <summary>Packets are captured when this returns.</summary>
    /// <param name="sink">Called on another thread, until <see cref="Stop"/> has returned.</param>
    /// <exception cref="LiveCaptureException">An interface cannot be captured on.</exception>
    /// <exception cref="Capture.CaptureFilterException">libpcap does not accept the filter.</exception>
    public static LiveCapture Start(
        LiveOptions live, IExchangeSink sink, AnalysisOptions? options = null, AnalysisTaps? taps = null) =>
        new(LiveSource.Open(live), sink, options ?? new AnalysisOptions(), taps ?? AnalysisTaps.None);

    /// <summary>Ends the capture, and returns once all that was captured is analysed and told.</summary>
    public LiveResult Stop()
    {
        _source.Stop();
        _thread.Join();
        _failure?.Throw();
        return new LiveResult(_totals!, _source.Counters);
    }

    /// <summary>Ends the capture; what was not read by then is lost.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _thread.Join();
    }

    private void Run(IExchangeSink sink, AnalysisOptions options, AnalysisTaps taps)
    {
        try
        {
            _totals = AnalysisPipeline.Run(_source, sink, options, taps, CancellationToken.None);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            _source.Stop();
        }
    }
}

/// <summary>A capture that has ended.</summary>
/// <param name="Interfaces">What became of the packets of each interface: exact.</param>
public sealed record LiveResult(CaptureTotals Totals, IReadOnlyList<LiveCounters> Interfaces);
