using System.Diagnostics;

namespace HttpWireAnalyzer.Screen;

/// <summary>Whether the terminal still owes an answer. It is asked on one thread, and answers on another.</summary>
internal sealed class AwaitedAnswer
{
    /// <summary>After that an answer is no more expected, though it is still taken for one.</summary>
    private static readonly TimeSpan DueFor = TimeSpan.FromSeconds(2);

    /// <summary>The terminal is not given back sooner: who has it then would take the answer for keys.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private long? _asked;

    public bool IsDue
    {
        get
        {
            lock (_gate)
            {
                return _asked is { } asked && Stopwatch.GetElapsedTime(asked) < DueFor;
            }
        }
    }

    public void Ask()
    {
        lock (_gate)
        {
            _asked = Stopwatch.GetTimestamp();
        }
    }

    public void Arrive()
    {
        lock (_gate)
        {
            _asked = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for it, where it was asked for a moment ago.</summary>
    public void Await()
    {
        lock (_gate)
        {
            while (_asked is { } asked && MostWait - Stopwatch.GetElapsedTime(asked) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, left);
            }
        }
    }
}
